"""Whole copies of the live file, checked before they may replace anything."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kpidesk.store.driver import cipher_problem, open_raw
from kpidesk.store.errors import (
    DamagedFileError,
    DiskFullError,
    FileExistsAlreadyError,
    MissingFileError,
    NoPermissionError,
    StorageFailedError,
    translated,
)
from kpidesk.store.secret import Secret

_HEAD: Final = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
_COUNTS: Final = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


@dataclass(frozen=True, slots=True)
class Copied:
    """A checked copy: its size and hash, its version, and where its operation log ends."""

    size: int
    sha256: str
    version: int
    sequence: int
    hash: str


def back_up(engine: Engine, path: Path, destination: Path, secret: Secret | None = None) -> Copied:
    """Copy the live file to `destination`, which it replaces only when the copy is sound.

    The copy of an encrypted file is encrypted, and opened by what opens the file.

    Never copies bytes: a copy made beside SQLite can be torn, and opening the live file a second
    time would drop the lock that holds other windows off.
    """
    if destination.exists() and destination.samefile(path):
        # The file would live on under no name, and all later saves would go into it.
        raise FileExistsAlreadyError(destination)
    draft = destination.with_name(f"{destination.name}.part")
    try:
        with translated(destination):
            draft.unlink(missing_ok=True)
            copied = _write(engine, path, draft, secret)
            draft.replace(destination)
            sync_folder(destination.parent)
            return copied
    except MissingFileError as error:  # what cannot be made is not there either
        if not destination.parent.is_dir():
            raise
        raise NoPermissionError(destination) from error
    except PermissionError as error:
        raise NoPermissionError(destination) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(destination) from error
        raise StorageFailedError(destination, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _write(engine: Engine, path: Path, draft: Path, secret: Secret | None) -> Copied:
    copy = open_raw(draft, secret)
    try:
        with engine.connect() as connection:
            live = connection.connection.driver_connection
            if live is None:
                msg = "the connection has been closed"
                raise RuntimeError(msg)
            live.backup(copy)
            expected = _figures(live)
        copy.execute("PRAGMA journal_mode=DELETE")
        check_whole(copy, path)
        if secret is not None and (problem := cipher_problem(copy)):
            raise DamagedFileError(path, f"备份的内容与校验值不符：{problem}")
        # A copy that met a full disk can open as a valid, empty database.
        if _figures(copy) != expected:
            raise DamagedFileError(path, "备份与原文件的记录数不一致")
    finally:
        copy.close()
    durable(draft)
    with draft.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = file_digest(file, "sha256").hexdigest()
    sequence, last = expected.head
    return Copied(size, digest, expected.version, sequence, last)


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is broken or in which records point to nothing."""
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise DamagedFileError(path, f"完整性检查未通过：{problems[0]}")
    if orphan := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedFileError(path, f"表 {orphan[0]} 中有记录指向不存在的内容")


@dataclass(frozen=True, slots=True)
class _Figures:
    """What a copy must agree in: rows of every table, end of the audit log, version."""

    rows: dict[str, int]
    head: tuple[int, str]
    version: int


def _figures(connection: sqlite3.Connection) -> _Figures:
    tables = [row[0] for row in connection.execute(_COUNTS)]
    rows = {
        one: connection.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0]  # noqa: S608 - names from the schema
        for one in tables
    }
    head = None
    if "audit" in rows:
        head = connection.execute(_HEAD).fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return _Figures(rows, head or (0, ""), version)


def durable(path: Path) -> None:
    """Make what was written to a file survive a power cut; nobody else on the computer reads it."""
    with suppress(OSError):  # a stick may know no owners
        path.chmod(0o600)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def before_upgrade(path: Path, version: int, moment: datetime) -> Path:
    """Where the copy of an older file goes, which is made before it is upgraded."""
    return path.with_name(f"{path.stem}_升级前_v{version}_{moment:%Y%m%d-%H%M%S}{path.suffix}")


def sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can do that (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
