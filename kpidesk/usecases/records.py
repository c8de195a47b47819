"""操作记录: the lines of the log with what they are about, for reading, for Excel and for paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, case, func, select

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.names import known_facts, known_team_facts
from kpidesk.store import audit
from kpidesk.store.rows import (
    APPRAISALS,
    AUDIT,
    BATCHES,
    CONTRACTS,
    DEPARTMENTS,
    PAY_RUNS,
    PEOPLE,
    REVIEW_STEPS,
    SCANS,
    SCHEMES,
    AnyRow,
)
from kpidesk.store.schemes import load_scheme
from kpidesk.usecases.session import Company

_LONGEST: Final = 6000
"""Letters of a value that is shown; whole schemes are longer, and are read where they belong."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of the log; `about` and `person` are words, as far as they are known."""

    sequence: int
    at: datetime
    actor: str
    role: str
    action: str
    about: str
    person: str
    before: str | None
    after: str | None
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class Records:
    """Lines, the newest first; whether the chain is whole; names of facts in their schemes' words.

    `broken` is the number of the first line that is not what was written.
    """

    rows: tuple[RecordRow, ...]
    total: int
    head: str
    broken: int | None
    words: Mapping[str, str]


@dataclass(slots=True)
class _Names:
    """What objects are called: made once for all lines."""

    people: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, tuple[str, str]] = field(default_factory=dict)
    sheets: dict[str, tuple[str, str]] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    others: dict[str, dict[str, str]] = field(default_factory=dict)


def list_records(
    company: Company, *, since: datetime | None = None, until: datetime | None = None
) -> Records:
    """The lines of a time, `until` excluded; the whole chain is followed each time."""
    with company.read() as connection:
        names = _names(connection)
        long = func.length(func.coalesce(AUDIT.c.after, "")) > _LONGEST
        columns = [
            AUDIT.c.sequence, AUDIT.c.at, AUDIT.c.actor, AUDIT.c.role, AUDIT.c.action,
            AUDIT.c.object, case((long, None), else_=AUDIT.c.before).label("before"),
            case((long, None), else_=AUDIT.c.after).label("after"), AUDIT.c.reason, AUDIT.c.hash,
        ]  # fmt: skip
        query = select(*columns).order_by(AUDIT.c.sequence.desc())
        if since is not None:
            query = query.where(AUDIT.c.at >= since)
        if until is not None:
            query = query.where(AUDIT.c.at < until)
        rows = tuple(_row(names, one) for one in connection.execute(query))
        head = audit.head(connection)
        return Records(
            rows,
            head.sequence,
            str(head),
            audit.first_broken(connection),
            _words(connection, company.path),
        )


def records_pdf(
    company: Company,
    *,
    lines: Sequence[str],
    columns: Sequence[str],
    shares: Sequence[int],
    rows: Sequence[Sequence[str]],
) -> bytes:
    """Lines as they are seen, on paper, with where the log ends."""
    from kpidesk.documents.table_report import TableReport, table_report_pdf

    with company.read() as connection:
        head = audit.head(connection)
    return table_report_pdf(
        TableReport(
            title="操作记录",
            company=company.name,
            label=f"审计号 {head}",
            lines=lines,
            columns=columns,
            shares=shares,
            rows=rows,
            note=f"日志到第 {head.sequence} 条为止，审计号 {head}。",
            wide=True,
        )
    )


def _row(names: _Names, line: AnyRow) -> RecordRow:
    about, person = _about(names, line.object)
    return RecordRow(
        line.sequence, line.at, line.actor, line.role, line.action, about, person, line.before,
        line.after, line.reason, line.hash,
    )  # fmt: skip


def _about(names: _Names, about: str) -> tuple[str, str]:
    """What an object is called, and whose it is."""
    kind, _, key = about.partition(":")
    match kind:
        case "person":
            name = names.people.get(key, "")
            return name or f"人员 {key}", name
        case "contract":
            return names.contracts.get(key, (f"责任书 {key}", ""))
        case "appraisal":
            return names.sheets.get(key, (f"评分表 {key}", ""))
        case "step":
            sheet = names.steps.get(key, "")
            return names.sheets.get(sheet, (f"第 {key} 条审批记录", ""))
        case "pay" | "incident":
            scheme, _, person = key.partition(":")
            name = "团队" if person == "team" else names.people.get(person, "")
            title = names.others["scheme"].get(scheme, "") if kind == "pay" else "关键事件"
            return f"{title} {name}".strip(), name
        case "scheme":
            return names.others["scheme"].get(key.partition("@")[0], key), ""
        case "paper":
            return key.rpartition(":")[2], ""
        case "company":
            return "公司", ""
        case "legal" | "settings" | "targets" if not key:
            return {"legal": "法定参数", "settings": "设置", "targets": "目标"}[kind], ""
        case _:
            return names.others.get(kind, {}).get(key, f"{_KINDS.get(kind, '')} {key}".strip()), ""


_KINDS: Final = {
    "scheme_draft": "方案草稿",
    "targets": "目标计划",
    "batch": "审批批次",
    "scan_page": "扫描页",
    "import": "",
    "user": "用户",
}


def _names(connection: Connection) -> _Names:
    names = _Names()
    for id_, name in connection.execute(select(PEOPLE.c.id, PEOPLE.c.name)):
        names.people[str(id_)] = name
    contracts = select(CONTRACTS.c.id, CONTRACTS.c.number, CONTRACTS.c.person_name)
    for id_, number, person in connection.execute(contracts):
        names.contracts[str(id_)] = (f"责任书 {number} {person}", person)
    sheets = select(APPRAISALS.c.id, APPRAISALS.c.person_id, APPRAISALS.c.cycle_start)
    for id_, person, start in connection.execute(sheets):
        name = names.people.get(str(person), "")
        names.sheets[str(id_)] = (f"评分表 {name} {start:%Y-%m} 起", name)
    steps = select(REVIEW_STEPS.c.id, REVIEW_STEPS.c.appraisal_id)
    for id_, sheet in connection.execute(steps.where(REVIEW_STEPS.c.appraisal_id.is_not(None))):
        names.steps[str(id_)] = str(sheet)
    told: dict[str, tuple[object, Callable[..., str]]] = {
        "department": (select(DEPARTMENTS.c.id, DEPARTMENTS.c.name), lambda name: f"部门 {name}"),
        "scheme": (select(SCHEMES.c.id, SCHEMES.c.title), str),
        "scan": (select(SCANS.c.id, SCANS.c.name), lambda name: f"扫描件 {name}"),
        "batch": (
            select(BATCHES.c.id, BATCHES.c.cycle_start, BATCHES.c.id),
            lambda start, number: f"第 {number} 批 {start:%Y-%m} 起",
        ),
        "pay_run": (
            select(PAY_RUNS.c.id, PAY_RUNS.c.period, PAY_RUNS.c.id),
            lambda period, number: f"第 {number} 次结算 {period}",
        ),
    }
    for kind, (query, said) in told.items():
        rows = connection.execute(query)  # type: ignore[call-overload]  # selects of different columns
        names.others[kind] = {str(id_): said(*rest) for id_, *rest in rows}
    return names


def _words(connection: Connection, path: Path) -> dict[str, str]:
    """Names of figures as the schemes of the file call them."""
    words: dict[str, str] = {}
    for id_, version in connection.execute(select(SCHEMES.c.id, SCHEMES.c.version)).all():
        try:
            loaded = load_scheme(connection, id_, version, path)
        except KpiDeskError:  # it is named by the check of the file
            continue
        if loaded is not None:
            scheme, _ = loaded
            known = known_team_facts(scheme) | known_facts(scheme)
            words |= {name: one.label for name, one in known.items()}
    return words
