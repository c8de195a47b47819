"""A file that cannot be opened, or not as one would like: what can be done about it."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from kpidesk.store.errors import (
    DamagedFileError,
    FileInUseError,
    MissingFileError,
    NoPermissionError,
    ReadOnlyFileError,
)
from kpidesk.store.file import CompanyFile, now_utc
from kpidesk.store.place import PlaceKind, place_of
from kpidesk.usecases.company import company_in
from kpidesk.usecases.locking.opening import Unlock
from kpidesk.usecases.session import Company

_SAFE_WAY = (
    "公司文件请放在这台电脑自己的文件夹里，再把那里设为“第二备份位置”，每次备份都会自动复制过去。"
)


class Trouble(Enum):
    """What kind of trouble an error is, by what can be done about it."""

    DAMAGED = auto()
    """A backup may be brought back."""
    MISSING = auto()
    """The same, if it does not turn up."""
    TAKEN = auto()
    """Somebody else works on it, or it may not be written: it can be looked at."""
    OTHER = auto()


def trouble_of(problem: BaseException) -> Trouble:
    """What can be done about an error on opening."""
    match problem:
        case DamagedFileError():
            return Trouble.DAMAGED
        case MissingFileError():
            return Trouble.MISSING
        case FileInUseError() | ReadOnlyFileError() | NoPermissionError():
            return Trouble.TAKEN
        case _:
            return Trouble.OTHER


def open_for_reading(path: Path, unlock: Unlock | None = None) -> Company:
    """The company as it is this moment; every change is refused."""
    secret = None if unlock is None else unlock.secret(path, now_utc)
    return company_in(CompanyFile.open_for_reading(path, secret=secret), path)


def place_warning(path: Path) -> str:
    """What may happen to a file where it lies; empty where nothing speaks against the place."""
    place = place_of(path)
    match place.kind:
        case PlaceKind.NETWORK:
            return (
                "公司文件放在网络位置上：网络一断，正在保存的内容可能丢失，两台电脑也可能互相覆盖。"
                + _SAFE_WAY
            )
        case PlaceKind.SYNCED:
            return (
                f"公司文件放在{place.name}的同步文件夹里：同步程序会在写到一半时复制它，"
                f"别的电脑上可能得到损坏或过时的文件。{_SAFE_WAY}"
            )
        case PlaceKind.HERE:
            return ""
