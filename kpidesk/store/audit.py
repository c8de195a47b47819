"""The audit log: who did what, when and why, each line chained to the one before by its hash.

Whoever owns the file can rewrite all of it; a cut or rewritten log is found against the head that
was printed on contracts and reports, and is written into backups.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, select, update

from kpidesk.codec import content_hash
from kpidesk.store.rows import AUDIT, AnyRow
from kpidesk.store.types import moment_text

_BEGINNING: Final = "0" * 64
_HEAD_LETTERS: Final = 8
_AS_WRITTEN: Final = (
    "SELECT sequence, previous, hash, at, actor, action, object, before, after, reason, role"
    " FROM audit ORDER BY sequence"
)
"""The texts themselves: to make values of them takes ten times as long as to hash them."""
ANONYMISED: Final = "person.anonymise"
"""The action of a line that says in which lines words about a person were taken out."""
_ANONYMISED_BY: Final = (
    "SELECT sequence, CAST(after AS BLOB) FROM audit WHERE action = ? ORDER BY sequence"
)
"""As bytes: a damaged text would be refused as one."""
_INSERT: Final = (
    "INSERT INTO audit (sequence, at, actor, action, object, before, after, reason, previous, hash,"
    " role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
"""The texts themselves, here too: an import writes thousands of lines."""
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done. `before` and `after` are canonical JSON, or None."""

    at: datetime
    actor: str
    action: str
    object: str
    before: str | None = None
    after: str | None = None
    reason: str = ""
    role: str = ""
    """In which role (core.users); empty where nobody signs in."""


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the log ends: all that came before is fixed by these two."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        """As printed on paper: 128-1a2b3c4d."""
        return f"{self.sequence}-{self.hash[:_HEAD_LETTERS]}"


def append(connection: Connection, line: AuditLine) -> AuditHead:
    """Write a line, in the transaction of what it tells about."""
    return append_all(connection, [line])


def append_all(connection: Connection, lines: Sequence[AuditLine]) -> AuditHead:
    """Write many lines in their order; the end of the log after them."""
    last = head(connection)
    rows = []
    for line in lines:
        sequence = last.sequence + 1
        digest = _digest(sequence, last.hash, line)
        texts = (moment_text(line.at), line.actor, line.action, line.object)
        told = (line.before, line.after, line.reason)
        rows.append((sequence, *texts, *told, last.hash, digest, line.role))
        last = AuditHead(sequence, digest)
    if rows:
        connection.exec_driver_sql(_INSERT, rows)
    return last


def head(connection: Connection) -> AuditHead:
    """The end of the log; sequence 0 when nothing is written yet."""
    return _last(connection, select(AUDIT.c.sequence, AUDIT.c.hash))


def birth(connection: Connection) -> str:
    """The hash of the first line: what a company is known by, whatever its file is called."""
    query = select(AUDIT.c.hash).where(AUDIT.c.sequence == 1)
    return str(connection.execute(query).scalar() or _BEGINNING)


def head_about(connection: Connection, about: str, actions: Collection[str]) -> AuditHead:
    """The last line that tells of some actions on one object; sequence 0 when there is none."""
    lines = select(AUDIT.c.sequence, AUDIT.c.hash)
    return _last(connection, lines.where(AUDIT.c.object == about, AUDIT.c.action.in_(actions)))


def _last(connection: Connection, lines: Select[int, str]) -> AuditHead:
    row = connection.execute(lines.order_by(AUDIT.c.sequence.desc()).limit(1)).first()
    return AuditHead(row[0], row[1]) if row else AuditHead(0, _BEGINNING)


def read(connection: Connection, about: str | None = None) -> Iterator[tuple[int, AuditLine]]:
    """The lines with their sequence, oldest first; only those about one object when asked."""
    query = select(AUDIT).order_by(AUDIT.c.sequence)
    for row in connection.execute(query if about is None else query.where(AUDIT.c.object == about)):
        yield row.sequence, _line(row)


def last_about(connection: Connection, about: str, action: str) -> AuditLine | None:
    """The last line that tells of an action on one object."""
    query = select(AUDIT).where(AUDIT.c.object == about, AUDIT.c.action == action)
    row = connection.execute(query.order_by(AUDIT.c.sequence.desc()).limit(1)).first()
    return _line(row) if row else None


def read_under(connection: Connection, prefix: str) -> Iterator[tuple[int, AuditLine]]:
    """The lines about objects whose names begin alike, with their sequence, oldest first."""
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    query = select(AUDIT).where(AUDIT.c.object >= prefix, AUDIT.c.object < after)
    for row in connection.execute(query.order_by(AUDIT.c.sequence)):
        yield row.sequence, _line(row)


def line_at(connection: Connection, sequence: int) -> AuditLine | None:
    """The line with a number."""
    row = connection.execute(select(AUDIT).where(AUDIT.c.sequence == sequence)).first()
    return _line(row) if row else None


def hash_at(connection: Connection, sequence: int) -> str | None:
    """The hash of the line with a number."""
    query = select(AUDIT.c.hash).where(AUDIT.c.sequence == sequence)
    return connection.execute(query).scalar()


def sequences(
    connection: Connection, objects: Collection[str], actions: Collection[str] = ()
) -> dict[str, list[int]]:
    """At which places the log tells of objects (by some actions), so that all have an order."""
    query = select(AUDIT.c.object, AUDIT.c.sequence).where(AUDIT.c.object.in_(objects))
    if actions:
        query = query.where(AUDIT.c.action.in_(actions))
    found: dict[str, list[int]] = {}
    for about, sequence in connection.execute(query.order_by(AUDIT.c.sequence)).all():
        found.setdefault(about, []).append(sequence)
    return found


def first_broken(connection: Connection, expected: AuditHead | None = None) -> int | None:
    """The sequence at which the log stops being what was written, or None when it is whole.

    `expected` is a head that was noted elsewhere: it must still be part of the log.
    """
    last = AuditHead(0, _BEGINNING)
    met = expected is None or expected.sequence == 0
    rewritten = rewritten_lines(connection)
    for number, previous, kept, *rest, role in connection.exec_driver_sql(_AS_WRITTEN):
        sequence = last.sequence + 1
        parts = [previous, number, *rest, *filter(None, [role])]
        digest = content_hash(_JSON.encode(parts))
        if (number, previous) != (sequence, last.hash):
            return sequence
        if digest != rewritten.get(number, kept):
            return sequence
        last = AuditHead(sequence, kept)
        if expected and expected.sequence == sequence:
            if expected != last:
                return sequence
            met = True
    return None if met else last.sequence + 1


def rewrite(
    connection: Connection, sequence: int, before: str | None, after: str | None, reason: str
) -> str:
    """Put other words into a line, which keeps its hash; the digest of what it says now.

    Only where the guard of the log was lifted, and a line of `ANONYMISED` tells the digest.
    """
    which = AUDIT.c.sequence == sequence
    connection.execute(
        update(AUDIT).where(which), {"before": before, "after": after, "reason": reason}
    )
    row = connection.execute(select(AUDIT).where(which)).one()
    return _digest(sequence, row.previous, _line(row))


def rewritten_lines(connection: Connection) -> dict[int, str]:
    """Of each line that no longer says what it was written with: the digest of what it says now.

    A line that claims this is in the chain itself, and only for lines before it.
    """
    return {
        line: digest
        for sequence, after in connection.exec_driver_sql(_ANONYMISED_BY, (ANONYMISED,))
        for line, digest in _rewritten_by(after).items()
        if line < sequence
    }


def _rewritten_by(after: bytes | None) -> dict[int, str]:
    """The lines that one such line names; none where it was damaged, which its hash tells."""
    try:
        lines = json.loads(after or b"")["rewritten"]
        return {int(line): str(digest) for line, digest in lines.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def _line(row: AnyRow) -> AuditLine:
    return AuditLine(
        row.at, row.actor, row.action, row.object, row.before, row.after, row.reason, row.role
    )


def _digest(sequence: int, previous: str, line: AuditLine) -> str:
    """The hash of a line: of everything in it, and of the hash before it.

    Lines of early files have no role, and it adds nothing to theirs.
    """
    parts = [
        previous, sequence, moment_text(line.at), line.actor, line.action, line.object,
        line.before, line.after, line.reason, *filter(None, [line.role]),
    ]  # fmt: skip
    return content_hash(_JSON.encode(parts))
