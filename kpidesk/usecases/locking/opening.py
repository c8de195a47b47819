"""What somebody types to open an encrypted file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpidesk.store.errors import StoreError
from kpidesk.store.header import read_header
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.secret import Secret
from kpidesk.store.unlocking import by_code, by_password, is_encrypted


def needs_password(path: Path) -> bool:
    """Whether a closed file is encrypted; a StoreError says why it cannot be opened at all."""
    return is_encrypted(path)


def seems_encrypted(path: Path) -> bool:
    """The same of a file that may be damaged or gone: as far as can be seen."""
    try:
        return read_header(path, known=HEAD, to_write=False).is_encrypted
    except StoreError:
        return False


def asks_name(path: Path) -> bool:
    """Whether somebody but the company has a password of their own that opens a closed file."""
    slots = read_header(path, known=HEAD, to_write=False).slots
    return slots is not None and slots.has_names


@dataclass(frozen=True, slots=True, repr=False)
class Unlock:
    """A password, with the name of the user whose it is (none: the company's), or the code."""

    password: str = ""
    name: str = ""
    code: str = ""

    def secret(self, path: Path, clock: Callable[[], datetime]) -> Secret | None:
        """The secret of a closed file; None when it is not encrypted."""
        if self.code:
            return by_code(path, self.code)
        return by_password(path, self.password, name=self.name, clock=clock)

    def __repr__(self) -> str:
        return "Unlock(…)"
