"""Whole copies of the live file, checked before they may replace anything."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from kpidesk.store.driver import cipher_problem, open_raw
from kpidesk.store.errors import (
    DamagedFileError,
    DiskFullError,
    FileExistsAlreadyError,
    NoPermissionError,
    StorageFailedError,
    translated,
)
from kpidesk.store.secret import Secret

_COUNTS: Final = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
_ROOM: Final = 1 << 20


def back_up(engine: Engine, path: Path, destination: Path, secret: Secret | None = None) -> None:
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
            _write(engine, path, draft, secret)
            draft.replace(destination)
            sync_folder(destination.parent)
    except PermissionError as error:
        raise NoPermissionError(destination) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError(destination) from error
        raise StorageFailedError(destination, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _write(engine: Engine, path: Path, draft: Path, secret: Secret | None) -> None:
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
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that is broken or in which records point to nothing."""
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise DamagedFileError(path, f"完整性检查未通过：{problems[0]}")
    if orphan := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedFileError(path, f"表 {orphan[0]} 中有记录指向不存在的内容")


def _figures(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What a copy must agree in: rows of every table, end of the audit log, version."""
    tables = [row[0] for row in connection.execute(_COUNTS)]
    counts = [connection.execute(f'SELECT count(*) FROM "{one}"').fetchone()[0] for one in tables]  # noqa: S608 - names from the schema
    heads = [
        connection.execute("SELECT sequence, hash FROM audit ORDER BY sequence DESC").fetchone()
        for one in tables
        if one == "audit"
    ]
    version = connection.execute("PRAGMA user_version").fetchone()
    return (tables, counts, heads, version)


def sync_folder(folder: Path) -> None:
    """Make the new name durable where the system can do that (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
