"""The seal of a closed file: a digest of all its tables, to notice what was changed meanwhile.

What is kept for good has hashes and the log of its own. This finds the rest too: a person's post, a
draft, an open sheet. It is broken in the transaction of the first change after opening and made
anew on closing; a file that was not closed has none, and nothing can be said then. Whoever changes
a file with another program can make it anew, so it is a proof against accidents only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from kpidesk.store.rows import AUDIT, METADATA, SETTINGS

_KEY: Final = "seal"
_PASSING: Final = ("'seal'", "'holder'", "'opening'")
_LARGE: Final = frozenset({("papers", "pdf"), ("scans", "content"), ("attachments", "content")})
"""Columns whose rows have a hash of them: reading them all would take as long as the disk."""
_SCHEMA: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
SCHEMA: Final = "(schema)"
_KEPT: Final = select(SETTINGS.c.value).where(SETTINGS.c.key == _KEY)


def make_seal(connection: Connection) -> None:
    """Seal the file as it is now."""
    break_seal(connection)
    text = json.dumps(_digests(connection), sort_keys=True)
    connection.execute(insert(SETTINGS), {"key": _KEY, "value": text})


def break_seal(connection: Connection) -> None:
    """What follows changes the file."""
    connection.execute(delete(SETTINGS).where(SETTINGS.c.key == _KEY))


def is_sealed(connection: Connection) -> bool:
    """Whether the file was closed after its last change."""
    return connection.execute(_KEPT).scalar() is not None


def broken_tables(connection: Connection) -> tuple[str, ...] | None:
    """The tables that are not as they were sealed; None when there is no seal."""
    text = connection.execute(_KEPT).scalar()
    if text is None:
        return None
    try:
        kept = json.loads(str(text))
    except ValueError:
        return (SETTINGS.name,)
    if not isinstance(kept, dict):
        return (SETTINGS.name,)
    now = _digests(connection)
    return tuple(sorted(one for one in kept.keys() | now.keys() if kept.get(one) != now.get(one)))


def _digests(connection: Connection) -> dict[str, str]:
    return {name: _digest(rows) for name, rows in _tables(connection)}


def _tables(connection: Connection) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """Every table but the log, which is chained; texts as the bytes that lie in the file."""
    yield SCHEMA, iter(map(tuple, connection.exec_driver_sql(_SCHEMA)))
    for table in METADATA.sorted_tables:
        if table is AUDIT:
            continue
        names = [one.name for one in table.columns if (table.name, one.name) not in _LARGE]
        columns = ", ".join(f"CAST({one} AS BLOB)" for one in names)
        order = ", ".join(one.name for one in table.primary_key.columns)
        where = f"WHERE key NOT IN ({', '.join(_PASSING)})" if table is SETTINGS else ""
        query = f"SELECT {columns} FROM {table.name} {where} ORDER BY {order}"  # noqa: S608 - our own names
        yield table.name, iter(map(tuple, connection.exec_driver_sql(query)))


def _digest(rows: Iterator[tuple[object, ...]]) -> str:
    digest = sha256()
    for row in rows:
        for value in row:
            said = value.encode() if isinstance(value, str) else value
            if isinstance(said, bytes):
                digest.update(b"%d:" % len(said))
                digest.update(said)
            else:
                digest.update(b"-")
        digest.update(b";")
    return digest.hexdigest()
