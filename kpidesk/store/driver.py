"""SQLite as we open it: Python's own for plain files, the one with a cipher for encrypted ones."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path, PurePath
from types import ModuleType
from typing import Final, cast

from kpidesk.store.secret import Secret
from kpidesk.store.slots import LENGTH, PLACE

RESERVED: Final = 80
"""Bytes that the cipher keeps at the end of each page; in a plain file there are none."""
PAGE: Final = 4096
_CIPHER: Final = "sqlcipher3.dbapi2"
_LARGEST_VALUE: Final = 100 << 20
"""Bytes: nothing that we store comes near; a planted larger value is refused by SQLite."""
_CIPHER_SETTINGS: Final = (
    "cipher_compatibility = 4",  # page size, algorithms: those of today, whatever comes
    f"cipher_page_size = {PAGE}",
    # All of the first page that SQLite's own header and our slots need. What else of the page is
    # in there is empty: see DECISIONS.md.
    f"cipher_plaintext_header_size = {PLACE + LENGTH}",
)


def module(secret: Secret | None) -> ModuleType:
    """The module to open a file with."""
    if secret is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return cast("ModuleType", dbapi2)


def errors() -> tuple[type[Exception], ...]:
    """What the modules raise, as far as they are loaded."""
    loaded = sys.modules.get(_CIPHER)
    return (sqlite3.Error,) if loaded is None else (sqlite3.Error, loaded.Error)


def uri_of(path: PurePath, options: str) -> str:
    """A path as SQLite takes it with options; the server of a share may not stand as its host."""
    text = path.as_uri()
    if not text.startswith("file:///"):  # a share of Windows: file://server/share/…
        text = text.replace("file://", "file:////", 1)
    return f"{text}?{options}"


def open_raw(
    place: Path | str, secret: Secret | None = None, *, wait: float = 5.0
) -> sqlite3.Connection:
    """A connection to a path or a file: URI, without our settings.

    The cipher's connections have the methods of SQLite's own but for limits.
    """
    connection = cast(
        "sqlite3.Connection",
        module(secret).connect(
            place,
            uri=isinstance(place, str),
            isolation_level=None,  # SQLAlchemy says BEGIN, not the driver
            check_same_thread=False,
            timeout=wait,
        ),
    )
    try:
        if secret is None:
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
        else:
            use_key(connection, secret)
    except BaseException:
        connection.close()
        raise
    return connection


def use_key(connection: sqlite3.Connection, secret: Secret, schema: str = "main") -> None:
    """Say by which key a database is read and written; must be the first thing said to it."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to the console otherwise
    if schema == "main":
        connection.execute(f'PRAGMA key = "{secret.key}"')
    for setting in _CIPHER_SETTINGS:
        connection.execute(f"PRAGMA {schema}.{setting}")


def cipher_problem(connection: sqlite3.Connection) -> str:
    """The first page that is not as the cipher wrote it; empty when all are."""
    row = connection.execute("PRAGMA cipher_integrity_check").fetchone()
    return str(row[0]) if row else ""
