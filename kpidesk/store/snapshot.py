"""A copy to look at, of a file that somebody else is working on or that cannot be written.

The writer holds the file alone, so SQLite itself cannot be asked. Between two transactions its
journal is empty and the file whole: such a moment is waited for, and the copy is checked.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from kpidesk.store.errors import (
    DamagedFileError,
    FileInUseError,
    NoPermissionError,
    StorageFailedError,
)
from kpidesk.store.keeping.checking import check_copy
from kpidesk.store.secret import Secret

_PREFIX: Final = "kpidesk-look-"
_TRIES: Final = 20
_PAUSE: Final = 0.1
_LEFT_OVER: Final = 24 * 3600


def take_snapshot(path: Path, secret: Secret | None) -> Path:
    """A checked copy in a folder of its own, which only this user may read."""
    _clear_left_over()
    target = Path(tempfile.mkdtemp(prefix=_PREFIX)) / path.name
    try:
        _copy(path, target, secret)
        target.chmod(0o600)
    except PermissionError as problem:
        remove_snapshot(target)
        raise NoPermissionError(path) from problem
    except OSError as problem:
        remove_snapshot(target)
        raise StorageFailedError(path, problem.strerror or str(problem)) from problem
    except BaseException:
        remove_snapshot(target)
        raise
    return target


def _copy(path: Path, target: Path, secret: Secret | None) -> None:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        before = _state(path)
        shutil.copyfile(path, target)
        if before is not None and before == _state(path) and _is_whole(target, secret):
            return
    raise FileInUseError(path, "正在写入，请稍后再试")


def remove_snapshot(copy: Path) -> None:
    """Take the copy and its folder away."""
    shutil.rmtree(copy.parent, ignore_errors=True)


def _state(path: Path) -> tuple[int, int] | None:
    """What changes with every transaction; None while one is being written."""
    journal = path.with_name(f"{path.name}-journal")
    with suppress(FileNotFoundError):
        if journal.stat().st_size:
            return None
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _is_whole(copy: Path, secret: Secret | None) -> bool:
    """Whether the copy is sound; one that was torn by a write is taken again."""
    try:
        check_copy(copy, None, secret)
    except DamagedFileError:
        return False
    return True


def _clear_left_over() -> None:
    """Copies of a program that was killed."""
    now = time.time()
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if now - folder.stat().st_mtime > _LEFT_OVER:
                shutil.rmtree(folder, ignore_errors=True)
