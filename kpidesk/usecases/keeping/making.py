"""Backups made by the program itself: before what may go wrong, every half hour, on closing."""

from __future__ import annotations

import logging
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kpidesk.core.errors import KpiDeskError
from kpidesk.store import audit
from kpidesk.store.backup import durable, sync_folder
from kpidesk.store.errors import DamagedFileError, StoreError
from kpidesk.store.file import SUFFIX
from kpidesk.store.keeping.catalog import Kept, Reason, read_catalog, write_catalog
from kpidesk.store.keeping.checking import hash_of
from kpidesk.store.keeping.rotation import superfluous
from kpidesk.usecases.keeping.places import Keeper
from kpidesk.usecases.session import Company

__all__ = ["Reason", "close_company", "keep", "keep_before", "newest_kept", "set_places"]
_log = logging.getLogger(__name__)


def set_places(company: Company, first: Path, second: Path | None = None) -> None:
    """From now on backups of the company go there; a second place that is the first is none."""
    with company.file.transaction() as connection:  # of the whole file, whoever is signed in
        key = audit.birth(connection)
    if second is not None and second.absolute() == first.absolute():
        second = None
    before = company.keeper
    keeper = Keeper(first, second, key, company.path.stem)
    if before is not None and before.first == first and before.second == second:
        keeper.writes = before.writes
    else:
        keeper.writes = _known_writes(company, keeper)
    company.keeper = keeper


def keep_before(company: Company, reason: Reason) -> Path | None:
    """A backup before something that may go wrong; one that fails is remembered, and told.

    Nothing is done where nobody set a place, or where all is as in the last backup.
    """
    if company.keeper is None or company.file.is_together:
        return None
    try:
        return keep(company, reason)
    except (KpiDeskError, OSError) as problem:
        company.keeper.problem = str(problem)
        _log.warning("a backup could not be made: %s", type(problem).__name__)
        return None


def keep(company: Company, reason: Reason) -> Path | None:
    """A checked copy into both places, older ones rotated away; None when nothing has changed.

    A KpiDeskError or OSError says why it could not be made. What is wrong with the second place
    is only remembered: it may be a stick that is not plugged in.
    """
    keeper = company.keeper
    if keeper is None:
        return None
    writes = company.file.writes
    folder = keeper.folder(keeper.first)
    if writes == keeper.writes and reason is not Reason.BY_HAND:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    moment = company.file.clock()
    name = _free_name(folder, f"{moment.astimezone():%Y%m%d-%H%M%S}_{reason}")
    copied = company.file.back_up(folder / name)
    kept = Kept(
        name, moment, reason, copied.size, copied.sha256, copied.version, copied.sequence,
        copied.hash, str(company.path.absolute()),
    )  # fmt: skip
    _note(folder, kept, moment)
    keeper.writes, keeper.problem = writes, ""
    if keeper.second is not None:
        keeper.second_problem = _copy_on(folder, keeper, kept, moment)
    return folder / name


def close_company(company: Company) -> None:
    """A backup if something was changed since the last one; then the file is let go."""
    try:
        with suppress(StoreError):  # a full disk must not keep anybody from closing
            company.file.seal()
        keep_before(company, Reason.CLOSING)
    finally:
        company.close()


def newest_kept(company: Company) -> Path:
    """The newest backup in the first place; that place when there is none."""
    if company.keeper is None:
        return company.path
    folder = company.keeper.folder(company.keeper.first)
    there = [one for one in read_catalog(folder) if (folder / one.name).is_file()]
    return folder / there[-1].name if there else folder


def _copy_on(folder: Path, keeper: Keeper, kept: Kept, moment: datetime) -> str:
    """Bring a backup, which is closed and checked, to the second place; why that failed."""
    if keeper.second is None or not keeper.second.is_dir():
        return f"现在连不上第二备份位置“{keeper.second}”"
    target = keeper.folder(keeper.second)
    draft = target / f"{kept.name}.part"
    try:
        target.mkdir(exist_ok=True)
        shutil.copyfile(folder / kept.name, draft)
        durable(draft)
        if hash_of(draft) != kept.sha256:
            raise DamagedFileError(draft, "写到第二备份位置的内容与原来的不同")
        draft.replace(target / kept.name)
        sync_folder(target)
        _note(target, kept, moment)
    except (OSError, KpiDeskError) as problem:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return f"写到第二备份位置“{keeper.second}”没有成功：{_why(problem)}"
    return ""


def _note(folder: Path, kept: Kept, now: datetime) -> None:
    """Put a backup on the list of its folder, and let those go that nobody needs any more."""
    listed = [one for one in read_catalog(folder) if (folder / one.name).is_file()]
    listed = [one for one in listed if one.name != kept.name] + [kept]
    gone = {one.name for one in superfluous(listed, now)}
    for name in gone:
        with suppress(OSError):
            (folder / name).unlink()
    write_catalog(folder, [one for one in listed if one.name not in gone])


def _free_name(folder: Path, stem: str) -> str:
    """A name that no backup has: two may be made within one second."""
    names = (f"{stem}{more}{SUFFIX}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(one for one in names if not (folder / one).exists())


def _known_writes(company: Company, keeper: Keeper) -> int:
    """What has been written if the newest backup holds the file as it was opened, else -1."""
    folder = keeper.folder(keeper.first)
    there = [one for one in read_catalog(folder) if (folder / one.name).is_file()]
    # Of a file that was not closed, nobody knows what else was written after the last backup.
    if not there or there[-1].reason is not Reason.CLOSING or not company.file.was_sealed:
        return -1
    with company.file.transaction() as connection:
        head = audit.head(connection)
        untouched = company.file.is_untouched(connection)
    is_same = (there[-1].sequence, there[-1].hash) == (head.sequence, head.hash)
    return company.file.writes if is_same and untouched else -1


def _why(problem: Exception) -> str:
    return (problem.strerror or str(problem)) if isinstance(problem, OSError) else str(problem)
