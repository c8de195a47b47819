"""Journals beside a company file that are not its own: they must not be played into it.

Nothing in a journal says which file it belongs to. One that a synced folder or another program left
there replaces pages of ours with its own as soon as the file is opened.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from kpidesk.store.errors import DamagedFileError, StoreError
from kpidesk.store.keeping.checking import check_copy
from kpidesk.store.secret import Secret

T = TypeVar("T")
_log = logging.getLogger(__name__)
_JOURNAL: Final = "-journal"
_WAL: Final = "-wal"
_FOUND: Final = ".found"
_ASIDE: Final = ".foreign"
_MODES: Final = slice(18, 20)
_BY_JOURNAL: Final = b"\1\1"


def without_foreign_journals(path: Path, secret: Secret | None, opened: Callable[[], T]) -> T:
    """Open a file; when a journal beside it spoils it, do so without, and put that aside.

    Where the file is damaged either way, both are put back as they were found. Without room for
    the copies the file is opened all the same, as SQLite would.
    """
    _set_wal_aside(path)
    kept = _keep(path)
    try:
        try:
            return opened()
        except DamagedFileError:
            if kept is None or not _put_back(path, kept, secret):
                raise
        return opened()
    finally:
        _drop(kept)


def _set_wal_aside(path: Path) -> None:
    """A file in the mode of the other kind of journal (ours) has no log of that kind.

    SQLite would play it in all the same.
    """
    log = path.with_name(f"{path.name}{_WAL}")
    with suppress(OSError):
        if log.stat().st_size and _modes(path) == _BY_JOURNAL:
            _move_aside(log)


def _modes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MODES.stop)[_MODES]


def _keep(path: Path) -> Path | None:
    """Copies of the file and its journal as they are now; None where there is no journal."""
    journal = path.with_name(f"{path.name}{_JOURNAL}")
    kept = path.with_name(f"{path.name}{_FOUND}")
    _drop(kept)  # of a program that was killed meanwhile
    try:
        if not journal.stat().st_size:
            return None
        _copy(path, kept)
        _copy(journal, kept.with_name(f"{kept.name}{_JOURNAL}"))
    except OSError:
        _drop(kept)
        return None
    return kept


def _put_back(path: Path, kept: Path, secret: Secret | None) -> bool:
    """Whether the file was whole without its journal, which lies aside now."""
    try:
        check_copy(kept, None, secret)
    except StoreError:
        is_foreign = False
    else:
        is_foreign = True
    journal = path.with_name(f"{path.name}{_JOURNAL}")
    try:
        kept.replace(path)  # what lies beside it was played in, and is empty
        kept.with_name(f"{kept.name}{_JOURNAL}").replace(journal)
        if is_foreign:
            _move_aside(journal)
    except OSError:
        return False
    return is_foreign


def _move_aside(journal: Path) -> None:
    journal.replace(journal.with_name(f"{journal.name}{_ASIDE}"))
    _log.warning("a journal that is not the file's own was moved aside")


def _copy(of: Path, to: Path) -> None:
    handle = os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with of.open("rb") as source, os.fdopen(handle, "wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _drop(kept: Path | None) -> None:
    if kept is not None:
        for one in (kept, kept.with_name(f"{kept.name}{_JOURNAL}")):
            with suppress(OSError):
                one.unlink(missing_ok=True)
