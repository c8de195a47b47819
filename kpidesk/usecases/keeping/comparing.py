"""What would be otherwise after a backup is brought back: what is lost, what returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from kpidesk.core.errors import NotAllowedError
from kpidesk.store.errors import translated
from kpidesk.store.file import CompanyFile
from kpidesk.store.keeping.checking import check_copy, key_of, open_copy
from kpidesk.store.secret import Secret
from kpidesk.usecases.keeping.listing import BackupRow
from kpidesk.usecases.locking.opening import Unlock
from kpidesk.usecases.session import Company

_UNTOLD: Final = frozenset({"content", "pdf", "failures", "blocked_until"})
"""Columns that are long, or say nothing of what somebody did."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing: its table, what a row is known by, and how it is called on the screen."""

    name: str
    table: str
    key: str
    label: str
    """SQL for the words, within the table `t`."""
    where: str = ""


_PERSON: Final = "(SELECT name FROM people WHERE id = t.person_id)"
_OF_SHEET: Final = (
    "(SELECT p.name || ' ' || a.cycle_start FROM appraisals a JOIN people p ON p.id = a.person_id"
    " WHERE a.id = t.appraisal_id)"
)
KINDS: Final = (
    Kind("人员", "people", "id", "t.name || '（' || t.number || '）'"),
    Kind("部门", "departments", "id", "t.name"),
    Kind("责任书", "contracts", "id", "t.number || ' ' || t.person_name"),
    Kind("目标计划", "target_plans", "id", "t.fact || ' ' || t.period_start"),
    Kind("评分表", "appraisals", "id", f"{_PERSON} || ' ' || t.cycle_start"),
    Kind("评分和实绩", "appraisal_entries", "appraisal_id, name, period", _OF_SHEET),
    Kind("定分记录", "results", "appraisal_id, number", f"{_OF_SHEET} || ' ' || t.number"),
    Kind("审批批次", "batches", "id", "'第 ' || t.id || ' 批'"),
    Kind("薪酬数据", "pay_facts", "id", f"coalesce({_PERSON}, '团队') || ' ' || t.period"),
    Kind("薪酬结算", "pay_runs", "id", "t.period || ' ' || t.settled_on"),
    Kind("扫描件", "scans", "id", "t.name"),
    Kind("用户", "users", "id", "t.name"),
    Kind(
        "设置",
        "settings",
        "key",
        "CASE t.key WHEN 'company' THEN '公司信息' WHEN 'legal' THEN '法定参数' ELSE '其他' END",
        "WHERE t.key NOT IN ('seal', 'holder', 'opening')",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one sort of thing: what is there only now, only in the backup, or is otherwise there."""

    name: str
    now: int
    then: int
    lost: tuple[str, ...]
    back: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def is_any(self) -> bool:
        """Whether there is any difference."""
        return bool(self.lost or self.back or self.changed)


@dataclass(frozen=True, slots=True)
class LostLine:
    """Something that was done after the backup."""

    sequence: int
    at: str
    actor: str
    action: str
    object: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup held against the open file."""

    backup: BackupRow
    differences: tuple[Difference, ...]
    lost_lines: tuple[LostLine, ...]
    """What was done since, newest first, at most some hundreds."""
    lost_count: int
    is_earlier: bool
    """Whether the file's log continues that of the backup; else each has what the other lacks."""
    is_plain: bool
    """Whether everybody can read the backup."""
    has_own_key: bool
    """Whether it is encrypted by another secret than the file, or the file is not at all."""


def compare(company: Company, backup: BackupRow, unlock: Unlock | None = None) -> Comparison:
    """Check the backup, then hold it against the open file; another company's is refused.

    One that is encrypted by another secret asks for what opens it: PasswordNeededError.
    """
    company.admit()
    check_copy(backup.path, backup.kept, company.file.secret)
    key = key_for(company.file, backup, unlock)
    with (
        translated(backup.path),
        closing(open_copy(backup.path, key)) as then,
        company.read() as connection,
    ):
        now = connection.connection.driver_connection
        if now is None:
            msg = "the connection has been closed"
            raise RuntimeError(msg)
        check_same_company(now, then, backup.path)
        differences = tuple(
            _difference(kind, now, then) for kind in KINDS if _has(then, kind) and _has(now, kind)
        )
        sequence, hash_ = _head(then)
        at = now.execute("SELECT hash FROM audit WHERE sequence = ?", [sequence]).fetchone()
        lines = now.execute(
            "SELECT sequence, at, actor, action, object FROM audit WHERE sequence > ?"
            " ORDER BY sequence DESC LIMIT 300",
            [sequence],
        ).fetchall()
        (last,) = now.execute("SELECT coalesce(max(sequence), 0) FROM audit").fetchone()
    return Comparison(
        backup,
        differences,
        tuple(LostLine(*line) for line in lines),
        max(last - sequence, 0),
        at is not None and at[0] == hash_,
        is_plain=key is None,
        has_own_key=key is not None and key != company.file.secret,
    )


def key_for(file: CompanyFile, backup: BackupRow, unlock: Unlock | None) -> Secret | None:
    """What opens a backup: nothing, the secret of the open file, or what was typed for it."""
    if unlock is not None:
        return unlock.secret(backup.path, file.clock)
    return key_of(backup.path, file.secret)


def check_same_company(now: sqlite3.Connection, then: sqlite3.Connection, path: Path) -> None:
    """Refuse a backup of another company: their logs begin otherwise."""
    first = "SELECT hash FROM audit WHERE sequence = 1"
    if now.execute(first).fetchone() != then.execute(first).fetchone():
        msg = (
            f"“{path.name}”是另一家公司的备份，不能用来恢复这个公司文件；"
            "要看它的内容，请用“文件 → 打开”"
        )
        raise NotAllowedError(msg)


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    query = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _has(connection: sqlite3.Connection, kind: Kind) -> bool:
    """An older backup lacks tables that came later."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, [kind.table]).fetchone() is not None


def _columns(connection: sqlite3.Connection, kind: Kind) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({kind.table})")}


def _difference(kind: Kind, now: sqlite3.Connection, then: sqlite3.Connection) -> Difference:
    shared = _columns(now, kind) & _columns(then, kind) - _UNTOLD
    here, there = (dict(_rows(one, kind, sorted(shared))) for one in (now, then))
    lost = tuple(here[key][0] for key in here.keys() - there.keys())
    back = tuple(there[key][0] for key in there.keys() - here.keys())
    both = here.keys() & there.keys()
    changed = tuple(here[key][0] for key in both if here[key][1] != there[key][1])
    return Difference(kind.name, len(here), len(there), *map(_distinct, (lost, back, changed)))


def _distinct(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(labels))


def _rows(
    connection: sqlite3.Connection, kind: Kind, columns: list[str]
) -> Iterator[tuple[tuple[object, ...], tuple[str, bytes]]]:
    """Each row by its key: its words, and a digest of all of it."""
    keys = kind.key.split(", ")
    chosen = ", ".join([*(f"t.{one}" for one in keys), *(f"t.{one}" for one in columns)])
    query = f"SELECT {kind.label}, {chosen} FROM {kind.table} t {kind.where}"  # noqa: S608 - our own words
    for label, *values in connection.execute(query):
        digest = sha256(repr(values).encode()).digest()
        yield tuple(values[: len(keys)]), (str(label or ""), digest)
