"""A backup brought back in place of the file: checked first, put there in one step."""

from __future__ import annotations

import shutil
import time
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.store import audit
from kpidesk.store.backup import durable, sync_folder
from kpidesk.store.errors import DamagedFileError, StorageFailedError
from kpidesk.store.file import CompanyFile, now_utc
from kpidesk.store.held import is_held
from kpidesk.store.keeping.checking import check_copy, hash_of, open_copy
from kpidesk.store.recoding import recode_closed, remove_drafts, restore_draft, write_slots
from kpidesk.store.secret import Secret
from kpidesk.usecases.company import open_company
from kpidesk.usecases.keeping.comparing import check_same_company, key_for
from kpidesk.usecases.keeping.listing import BackupRow
from kpidesk.usecases.keeping.making import Reason, keep, set_places
from kpidesk.usecases.locking.opening import Unlock
from kpidesk.usecases.session import Company, Work, checked_actor, reason_given

_TRIES: Final = 20
_PAUSE: Final = 0.5


class NotReopenedError(KpiDeskError):
    """The backup is in its place, but could not be opened there."""

    def __init__(self, why: str) -> None:
        super().__init__(f"备份已经恢复好，但没能马上打开，请用“文件 → 打开”再打开一次。{why}")


def restore(
    company: Company,
    backup: BackupRow,
    *,
    reason: str,
    actor: str,
    today: date,
    unlock: Unlock | None = None,
) -> Company:
    """Put a backup in place of the open file, which is kept as a backup first.

    What comes back is locked as the file is now, whatever the backup is: plain like it, or
    encrypted by the same secret and opened by the same passwords. `unlock` opens a backup that is
    encrypted by another secret.

    The company handed in is closed then; the one returned is open. When anything fails, the file
    is as it was, and is open again.
    """
    company.admit()
    why = reason_given(reason, "恢复备份")
    officer = checked_actor(company.user.name if company.user else actor)
    keeper = company.keeper
    if keeper is None:
        msg = "还没有设置备份位置，请先在“设置”里选择，再恢复备份"
        raise NotAllowedError(msg)
    path, secret = company.path, company.file.secret
    key = _check(company, backup, unlock)
    # First of all: the backup made next may rotate the chosen one away.
    draft = _draft(path, backup)
    try:
        _lock_alike(draft, company.file, key)
        CompanyFile.open(draft, secret=secret, is_draft=True).close()  # an older one is upgraded
        keeper.writes = -1  # what is there now is kept in any case
        before = keep(company, Reason.RESTORE)
        with company.read() as connection:
            left = audit.head(connection)
    except BaseException:
        remove_drafts(path)
        raise
    try:
        company.close()
        _take_place(draft, path)
    except BaseException:
        remove_drafts(path)
        again = open_company(path, secret=secret)
        set_places(again, keeper.first, keeper.second)
        company.take_over(again)
        raise
    try:
        opened = open_company(path, secret=secret)
        set_places(opened, keeper.first, keeper.second)
    except KpiDeskError as problem:
        raise NotReopenedError(str(problem)) from problem
    # Nobody is signed in to the file that was brought back; who may restore was asked above.
    with opened.file.transaction() as connection:
        work = Work(opened, connection, officer, company.user)
        said = {
            "backup": backup.path.name,
            "on": str(today),
            "left": str(left),
            "kept_as": before.name if before else "",
        }
        work.log("company.restore", "company", before={"head": str(left)}, after=said, reason=why)
    return opened


def recover(path: Path, backup: BackupRow, *, moment: datetime | None = None) -> Path | None:
    """Put a backup where a file lies that cannot be opened (or lay); where that one is now.

    It is renamed, never deleted. Whoever opens the file next calls `note_recovery`.
    """
    check_copy(backup.path, backup.kept)
    if path.exists() and is_held(path):
        msg = "文件正开着，不能替换"
        raise NotAllowedError(msg)
    draft = _draft(path, backup)
    damaged = _set_aside(path, moment or now_utc())
    try:
        _take_place(draft, path)
    except BaseException:
        remove_drafts(path)
        if damaged is not None:
            damaged.replace(path)
        raise
    return damaged


def note_recovery(
    company: Company, backup: BackupRow, damaged: Path | None, *, actor: str, today: date
) -> None:
    """The line of the log that tells of it."""
    with company.change(actor) as work:
        said = {
            "backup": backup.path.name,
            "on": str(today),
            "damaged": damaged.name if damaged else "",
        }
        work.log("company.recover", "company", after=said, reason="公司文件打不开，用备份恢复")


def _check(company: Company, backup: BackupRow, unlock: Unlock | None) -> Secret | None:
    """What opens the backup, once it is whole and of this company."""
    check_copy(backup.path, backup.kept, company.file.secret)
    key = key_for(company.file, backup, unlock)
    with closing(open_copy(backup.path, key)) as then, company.read() as connection:
        if (now := connection.connection.driver_connection) is not None:
            check_same_company(now, then, backup.path)
    return key


def _draft(path: Path, backup: BackupRow) -> Path:
    """A copy of the backup beside the file, on the disk and the same to the last byte."""
    draft = restore_draft(path)
    try:
        shutil.copyfile(backup.path, draft)
        durable(draft)
        if hash_of(draft) != hash_of(backup.path):
            raise DamagedFileError(backup.path, "复制时内容变了")
    except OSError as problem:
        remove_drafts(path)
        raise StorageFailedError(path, problem.strerror or str(problem)) from problem
    except KpiDeskError:
        remove_drafts(path)
        raise
    return draft


def _lock_alike(draft: Path, file: CompanyFile, key: Secret | None) -> None:
    """Encrypt the draft, which `key` opens, as the file is, or leave it plain like that."""
    if key != file.secret:
        recode_closed(draft, file.secret, file.slots, old=key)
    elif file.slots is not None:
        write_slots(draft, file.slots)


def _take_place(draft: Path, path: Path) -> None:
    """The one step. A journal of the file before would be played into the new one: it goes first.

    On Windows somebody who looks at a file (against viruses, say) holds it for a moment.
    """
    for attempt in range(_TRIES):
        try:
            with suppress(FileNotFoundError):
                _journal(path).unlink()
            draft.replace(path)
            sync_folder(path.parent)
        except PermissionError as problem:
            if attempt == _TRIES - 1:
                raise StorageFailedError(path, problem.strerror or str(problem)) from problem
            time.sleep(_PAUSE)
        else:
            return


def _set_aside(path: Path, moment: datetime) -> Path | None:
    """Rename the damaged file and its journal; None when there is nothing."""
    if not path.exists():
        return None
    stem = f"{path.stem}_损坏_{moment.astimezone():%Y%m%d-%H%M%S}"
    damaged = path.with_name(f"{stem}{path.suffix}")
    with suppress(FileNotFoundError):
        _journal(path).replace(_journal(damaged))
    path.replace(damaged)
    return damaged


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
