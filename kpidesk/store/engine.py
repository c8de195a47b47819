"""The one connection to a company file: exclusive, durable, with real transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from kpidesk.store.driver import module, open_raw, uri_of
from kpidesk.store.errors import StorageFailedError, translated
from kpidesk.store.secret import Secret

_WAIT: Final = 2.0
"""Seconds to wait for another window's lock before saying so."""

_CHANGES: Final = frozenset(
    {
        sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE,
        sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_DROP_VIEW, sqlite3.SQLITE_ALTER_TABLE,
    }
)  # fmt: skip
_SETTINGS: Final[tuple[tuple[str, str, int | str], ...]] = (
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
)


def connect(path: Path, secret: Secret | None = None) -> sqlite3.Connection:
    """Open an existing file and hold it alone; raises an error of SQLite's, never creates."""
    connection = open_raw(uri_of(path.resolve(), "mode=rw"), secret, wait=_WAIT)
    try:
        for name, value, expected in _SETTINGS:
            _set(connection, path, name, value, expected)
        # The lock of EXCLUSIVE is taken at the first write only; we want it now.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, secret: Secret | None = None) -> Engine:
    """An engine of one connection, already open; errors are those of `kpidesk.store.errors`."""
    engine = create_engine(
        "sqlite://",
        module=module(secret),
        hide_parameters=True,  # names and figures stay out of messages and logs
        creator=lambda: connect(path, secret),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=5,
    )
    event.listen(engine, "begin", _begin_immediately)
    try:
        with translated(path):
            engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return engine


def give_room_back(engine: Engine) -> None:
    """Let the disk have what is free in a plain file.

    Of an encrypted one this would write the first page anew, which has the slots of the passwords.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            return
        # It builds the new file in an attached one.
        driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        try:
            driver.execute("VACUUM")
        finally:
            driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def refuse_changes(connection: Connection) -> None:
    """From now on SQLite itself refuses whatever changes the file.

    Not by the pragma for it: that refuses our transactions, too.
    """
    driver = connection.connection.driver_connection
    if driver is None:
        msg = "the connection has been closed"
        raise RuntimeError(msg)
    driver.set_authorizer(_looked_at)


def _looked_at(action: int, _1: object, _2: object, database: object, _4: object) -> int:
    changes = action in _CHANGES and database != "temp"
    return sqlite3.SQLITE_DENY if changes else sqlite3.SQLITE_OK


def create_empty(path: Path) -> None:
    """Make a file of zero bytes where there is nothing yet; FileExistsError else."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def remove_half_made(path: Path) -> None:
    """Take away what a failed creation has left."""
    for leftover in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            leftover.unlink()


def _set(
    connection: sqlite3.Connection, path: Path, name: str, value: str, expected: int | str
) -> None:
    """Set a pragma and read it back: SQLite ignores what it cannot do without a word."""
    connection.execute(f"PRAGMA {name}={value}")
    (got,) = connection.execute(f"PRAGMA {name}").fetchone() or (None,)
    # A library built without memory mapping has nothing to tell of it.
    if got != expected and (name, got) != ("mmap_size", None):
        raise StorageFailedError(path, f"{name}={got}")


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
