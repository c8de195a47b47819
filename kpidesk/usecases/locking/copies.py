"""Earlier copies of the file that are not encrypted: found, encrypted like it, or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.store.driver import errors, open_raw
from kpidesk.store.file import SUFFIX
from kpidesk.store.header import read_header
from kpidesk.store.keeping.catalog import read_catalog, write_catalog
from kpidesk.store.keeping.checking import hash_of
from kpidesk.store.migrations.ladder import HEAD
from kpidesk.store.recoding import recode_closed
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

_BIRTH: Final = "SELECT hash FROM audit WHERE sequence = 1"


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A copy that everybody can read."""

    path: Path
    written: datetime
    size: int


def plain_copies(company: Company, folders: Sequence[Path] = ()) -> tuple[PlainCopy, ...]:
    """Copies of this company that are not encrypted: beside it, among the backups, in folders."""
    with company.read() as connection:
        birth = connection.exec_driver_sql(_BIRTH).scalar()
    found = []
    keeper = company.keeper
    places = () if keeper is None else (keeper.first, keeper.second)
    kept = tuple(keeper.folder(one) for one in places if keeper is not None and one is not None)
    for folder in dict.fromkeys((company.path.parent, *kept, *folders)):
        with suppress(OSError):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                if not path.samefile(company.path) and _birth(path) == birth:
                    told = path.stat()
                    moment = datetime.fromtimestamp(told.st_mtime).astimezone()
                    found.append(PlainCopy(path, moment, told.st_size))
    return tuple(found)


def encrypt_copies(
    company: Company, paths: Sequence[Path], *, progress: Progress | None = None
) -> dict[Path, str]:
    """Encrypt copies so that they open like the file; what did not succeed, with its reason."""
    company.admit()
    file = company.file
    if file.secret is None or file.slots is None:
        msg = "公司文件没有加密，旧备份也就不必加密"
        raise NotAllowedError(msg)
    watched = progress or Unwatched()
    failed: dict[Path, str] = {}
    for done, path in enumerate(paths):
        watched.step(done, len(paths), f"正在加密旧备份 {done + 1}/{len(paths)}")
        if watched.cancelled:
            break
        try:
            recode_closed(path, file.secret, file.slots)
            _list_anew(path)
        except (KpiDeskError, OSError) as problem:
            failed[path] = str(problem)
    watched.step(len(paths), len(paths))
    return failed


def delete_copies(paths: Sequence[Path]) -> dict[Path, str]:
    """Delete copies; what did not succeed, each with its reason."""
    failed: dict[Path, str] = {}
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            failed[path] = problem.strerror or str(problem)
    return failed


def _list_anew(path: Path) -> None:
    """The list of backups knows each by its bytes, which are others now."""
    known = read_catalog(path.parent)
    if all(one.name != path.name for one in known):
        return
    size, sha256 = path.stat().st_size, hash_of(path)
    write_catalog(
        path.parent,
        (replace(one, size=size, sha256=sha256) if one.name == path.name else one for one in known),
    )


def _birth(path: Path) -> str | None:
    """By what its company is known; None when it is encrypted, or no company file."""
    try:
        if read_header(path, known=HEAD).is_encrypted:
            return None
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(open_raw(uri)) as connection:
            row = connection.execute(_BIRTH).fetchone()
    except (KpiDeskError, OSError):
        return None
    except errors():
        return None
    return str(row[0]) if row else None
