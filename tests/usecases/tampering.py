"""A company file with something of every kind in it, and a byte changed behind its back."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kpidesk.usecases.verifying import Part, Proof, verify_file

COLUMNS = {
    ("contracts", "terms"): {Part.TERMS},
    ("contracts", "sha256"): {Part.TERMS},
    ("contracts", "person_name"): {Part.REGISTER},
    ("contracts", "number"): {Part.REGISTER},
    ("contracts", "signed_on"): {Part.REGISTER},
    ("papers", "pdf"): {Part.PAPER},
    ("papers", "sha256"): {Part.PAPER},
    ("frozen", "body"): {Part.TERMS},
    ("frozen", "sha256"): {Part.TERMS},
    ("frozen", "previous"): {Part.SEAL},
    ("frozen", "seal"): {Part.SEAL},
    ("copy_steps", "state"): {Part.COPY},
    ("pay_runs", "body"): {Part.PAY},
    ("schemes", "body"): {Part.SCHEME},
    ("schemes", "title"): {Part.SCHEME},
    ("results", "body"): {Part.RESULT},
    ("results", "total"): {Part.RESULT},
    ("results", "sha256"): {Part.RESULT},
    ("results", "scored_by"): {Part.RESULT},
    ("results", "scored_on"): {Part.RESULT},
    ("appraisal_entries", "value"): {Part.SHEET},
    ("scans", "content"): {Part.SCAN},
    ("scans", "sha256"): {Part.SCAN},
    ("audit", "after"): {Part.AUDIT},
    ("audit", "hash"): {Part.AUDIT},
    ("audit", "previous"): {Part.AUDIT},
    ("audit", "actor"): {Part.AUDIT},
    ("audit", "at"): {Part.AUDIT},
}
"""Where a byte is changed, and the part that must be named for it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One byte of one value: where, and what it was and became."""

    table: str
    column: str
    rowid: int
    offset: int
    before: int
    after: int


def random_changes(path: Path, count: int, seed: int) -> Iterator[Change]:
    """So many changes, each kind in turn, in rows that hold something."""
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    rows = {one: _rows(path, *one) for one in COLUMNS}
    kinds = [one for one in COLUMNS if rows[one]]
    with closing(sqlite3.connect(path)) as tool:
        for number in range(count):
            table, column = kinds[number % len(kinds)]
            rowid = chance.choice(rows[table, column])
            (value,) = tool.execute(
                f"SELECT CAST({column} AS BLOB) FROM {table} WHERE rowid = ?",  # noqa: S608 - our own words
                (rowid,),
            ).fetchone()
            offset = chance.randrange(len(value))
            after = chance.choice([one for one in range(256) if one != value[offset]])
            yield Change(table, column, rowid, offset, value[offset], after)


def kinds_in(path: Path) -> set[tuple[str, str]]:
    """The kinds of values that a file holds."""
    return {one for one in COLUMNS if _rows(path, *one)}


def _rows(path: Path, table: str, column: str) -> list[int]:
    with closing(sqlite3.connect(path)) as tool:
        found = tool.execute(
            f"SELECT rowid FROM {table}"  # noqa: S608 - our own words
            f" WHERE length({column}) > 0 {_WHERE.get(table, '')}"
        )
        return [row[0] for row in found]


_WHERE = {
    # The steps before the last one stand in the log only.
    "copy_steps": "AND number = (SELECT max(number) FROM copy_steps o"
    " WHERE (o.contract_id, o.revision, o.copy) ="
    " (copy_steps.contract_id, copy_steps.revision, copy_steps.copy))",
    "appraisal_entries": "AND appraisal_id IN (SELECT id FROM appraisals WHERE state = 'scored')",
}


def put(path: Path, change: Change, byte: int) -> None:
    """Write one byte into the file, past every guard."""
    with closing(sqlite3.connect(path)) as tool:
        is_indexed = tool.execute(_INDEXED, (change.table, change.column)).fetchone()
    if is_indexed:
        _put_into_index_too(path, change, byte)
        return
    with closing(sqlite3.connect(path)) as tool:
        with tool.blobopen(change.table, change.column, change.rowid) as blob:
            blob[change.offset] = byte
        tool.commit()


_INDEXED = "SELECT 1 FROM pragma_index_list(?) i, pragma_index_info(i.name) c WHERE c.name = ?"


def _put_into_index_too(path: Path, change: Change, byte: int) -> None:
    """SQLite lets nobody write single bytes of a column that has an index."""
    table, column = change.table, change.column
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("BEGIN")
        kept = tool.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            tool.execute(f"DROP TRIGGER {name}")
        (value,) = tool.execute(
            f"SELECT CAST({column} AS BLOB) FROM {table} WHERE rowid = ?",  # noqa: S608 - our own words
            (change.rowid,),
        ).fetchone()
        changed = value[: change.offset] + bytes([byte]) + value[change.offset + 1 :]
        tool.execute(
            f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?",  # noqa: S608 - our own words
            (changed, change.rowid),
        )
        for _, sql in kept:
            tool.execute(sql)
        tool.execute("COMMIT")


def proof_of(path: Path, change: Change) -> Proof:
    """What is found with a byte changed; the file is afterwards as it was."""
    put(path, change, change.after)
    try:
        return verify_file(path)
    finally:
        put(path, change, change.before)


def complaint(path: Path, change: Change) -> str:
    """What is wrong with how a change was found; empty when its part was named, and only it."""
    try:
        proof = proof_of(path, change)
    except sqlite3.IntegrityError:  # another row has that very value already
        return ""
    number = _number_of(path, change)
    if not all(number in one.text for one in proof.broken if one.part is not Part.FILE):
        return f"{change}: not named {number}"
    found = {one.part for one in proof.broken}
    # A date may become one that the file's own checks refuse when it is opened.
    if found == COLUMNS[change.table, change.column] or found == {Part.FILE}:
        return ""
    return f"{change}: {[one.text for one in proof.broken]}"


_CONTRACT = {
    "contracts": "id",
    "papers": "contract_id",
    "frozen": "contract_id",
    "copy_steps": "contract_id",
    "scans": "(SELECT p.document_id FROM scan_pages p WHERE p.scan_id = scans.id LIMIT 1)",
    "results": "(SELECT contract_id FROM appraisals a WHERE a.id = appraisal_id)",
    "appraisal_entries": "(SELECT contract_id FROM appraisals a WHERE a.id = appraisal_id)",
}


def _number_of(path: Path, change: Change) -> str:
    """The number of the contract to which a changed row belongs; empty for what has none."""
    if (contract := _CONTRACT.get(change.table)) is None:
        return ""
    with closing(sqlite3.connect(path)) as tool:
        named = tool.execute(
            f"SELECT number FROM contracts WHERE id ="  # noqa: S608 - our own words
            f" (SELECT {contract} FROM {change.table} WHERE rowid = ?)",
            (change.rowid,),
        ).fetchone()
    # A scan may lie in the tray, filed with nobody.
    return str(named[0]) if named else ""
