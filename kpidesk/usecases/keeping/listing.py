"""The backups that there are: of the open company, or of a file that cannot be opened any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path

from kpidesk.core.errors import KpiDeskError
from kpidesk.store.errors import PasswordNeededError
from kpidesk.store.file import SUFFIX, now_utc
from kpidesk.store.keeping.catalog import Kept, Reason, read_catalog
from kpidesk.store.keeping.checking import check_copy
from kpidesk.store.secret import Secret
from kpidesk.usecases.keeping.places import Keeper, Place
from kpidesk.usecases.locking.opening import seems_encrypted
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

REMIND_AFTER = timedelta(days=7)


class Soundness(Enum):
    """What is known of a backup."""

    AS_WRITTEN = auto()
    """It was checked when it was written, and is as long as then."""
    CHECKED = auto()
    """Just now every byte was the one that was written, and all of it fits together."""
    BROKEN = auto()
    UNKNOWN = auto()
    """Nobody has noted what it should be."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup that lies somewhere; `kept` is what was noted of it, if it was."""

    path: Path
    at: datetime
    reason: str
    size: int
    place: Place
    soundness: Soundness
    kept: Kept | None = None
    problem: str = ""
    is_encrypted: bool = False

    @property
    def head(self) -> str:
        """The number of its log, if it was noted."""
        return self.kept.head if self.kept else ""


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """How the second place stands: when a backup last reached it, and what is wrong with it."""

    folder: Path | None
    last: datetime | None
    problem: str

    def is_overdue(self, now: datetime) -> bool:
        """Whether nothing has reached it for a week."""
        return self.folder is not None and (self.last is None or now - self.last > REMIND_AFTER)


def list_backups(company: Company) -> tuple[BackupRow, ...]:
    """Every backup of the company that can be reached now, newest first."""
    rows = list(_beside(company.path))
    if company.keeper is not None:
        rows += _in_places(company.keeper)
    return _newest_first(rows, company.file.clock())


def second_place(company: Company) -> SecondPlace:
    """How the second place stands."""
    keeper = company.keeper
    if keeper is None or keeper.second is None:
        return SecondPlace(None, None, "")
    if not keeper.second.is_dir():
        return SecondPlace(keeper.second, None, f"现在连不上“{keeper.second}”")
    there = read_catalog(keeper.folder(keeper.second))
    return SecondPlace(keeper.second, there[-1].at if there else None, keeper.second_problem)


def backups_of(path: Path, places: tuple[Path | None, Path | None]) -> tuple[BackupRow, ...]:
    """The backups that were made of a file which cannot be opened, newest first."""
    rows = list(_beside(path))
    origin = str(path.absolute())
    for folder, place in zip(places, (Place.FIRST, Place.SECOND), strict=True):
        for inner in _folders(folder):
            kept = [one for one in read_catalog(inner) if one.origin == origin]
            rows += _rows(inner, kept, place)
    return _newest_first(rows, now_utc())


def _newest_first(rows: Iterable[BackupRow], now: datetime) -> tuple[BackupRow, ...]:
    """Those of days to come, made while the clock was wrong, are at least not the newest."""
    tomorrow = now + timedelta(days=1)
    return tuple(sorted(rows, key=lambda one: (one.at <= tomorrow, one.at), reverse=True))


def check_backup(row: BackupRow, secret: Secret | None = None) -> BackupRow:
    """Read all of it: whether it is what was written, and fits together."""
    try:
        check_copy(row.path, row.kept, secret)
    except PasswordNeededError:
        return _with(row, Soundness.UNKNOWN, "它另有密码，查看差别时输入它就会核验")
    except (KpiDeskError, OSError) as problem:
        return _with(row, Soundness.BROKEN, str(problem))
    return _with(row, Soundness.CHECKED)


def check_backups(
    company: Company, rows: tuple[BackupRow, ...], progress: Progress | None = None
) -> tuple[BackupRow, ...]:
    """The same of several of an open company; those after a cancel stay as they were."""
    watched = progress or Unwatched()
    checked = list(rows)
    for number, row in enumerate(rows):
        watched.step(number, len(rows), f"正在核验 {row.path.name}")
        if watched.cancelled:
            break
        checked[number] = check_backup(row, company.file.secret)
    watched.step(len(rows), len(rows))
    return tuple(checked)


def newest_sound(rows: tuple[BackupRow, ...], progress: Progress | None = None) -> BackupRow | None:
    """The newest one that is whole, looked at byte by byte; None after a cancel too."""
    watched = progress or Unwatched()
    for number, row in enumerate(rows):
        watched.step(number, len(rows), f"正在核验 {row.path.name}")
        if watched.cancelled:
            break
        if (checked := check_backup(row)).soundness is Soundness.CHECKED:
            return checked
    return None


def heads_noted(company: Company) -> tuple[Kept, ...]:
    """Where the log ended in each backup: the log of today must still contain these lines."""
    if company.keeper is None:
        return ()
    places = (one for one in (company.keeper.first, company.keeper.second) if one is not None)
    return tuple(kept for one in places for kept in read_catalog(company.keeper.folder(one)))


def _in_places(keeper: Keeper) -> Iterator[BackupRow]:
    for folder, place in ((keeper.first, Place.FIRST), (keeper.second, Place.SECOND)):
        if folder is not None:
            inner = keeper.folder(folder)
            yield from _rows(inner, list(read_catalog(inner)), place)


def _rows(folder: Path, listed: list[Kept], place: Place) -> Iterator[BackupRow]:
    known = {one.name: one for one in listed}
    for path in _files(folder):
        if (kept := known.get(path.name)) is None:
            continue
        size = path.stat().st_size
        whole = size == kept.size
        sound = Soundness.AS_WRITTEN if whole else Soundness.BROKEN
        said = "" if whole else "大小与备份时不同"
        yield BackupRow(
            path, kept.at, kept.reason, size, place, sound, kept, said, seems_encrypted(path)
        )


def _beside(path: Path) -> Iterator[BackupRow]:
    """Copies that were made beside the file: before an upgrade, or where no place was set."""
    for reason in (Reason.UPGRADE, Reason.IMPORT):
        for one in _files(path.parent):
            if one.name.startswith(f"{path.stem}_{reason}_"):
                found = one.stat()
                at = datetime.fromtimestamp(found.st_mtime, UTC)
                yield BackupRow(
                    one, at, reason, found.st_size, Place.BESIDE, Soundness.UNKNOWN,
                    is_encrypted=seems_encrypted(one),
                )  # fmt: skip


def _files(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            names = [one.name for one in found if one.is_file() and one.name.endswith(SUFFIX)]
    except OSError:
        return []
    return [folder / one for one in sorted(names)]


def _folders(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.is_dir())


def _with(row: BackupRow, soundness: Soundness, problem: str = "") -> BackupRow:
    return replace(row, soundness=soundness, problem=problem)
