"""Figures and dated lines of pay, from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, assert_never

from sqlalchemy import Connection

from kpidesk.core.event_kinds import EventField, EventFieldKind, EventKind
from kpidesk.core.facts import EventValue, Facts, FactValue
from kpidesk.core.names import KnownFact, known_facts
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.record import Cell
from kpidesk.core.people import Person
from kpidesk.core.period import CYCLE, Period
from kpidesk.exchange.workbook.found import RawValue
from kpidesk.exchange.workbook.values import day_of, flag_of, number_of, percent_of, text_of
from kpidesk.store.pay_facts import facts_of, lines_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.importing.figures import FiguresReceiver
from kpidesk.usecases.importing.plan import Action, ImportColumn, Option, Stamp, Way
from kpidesk.usecases.importing.roster import NAME_COLUMN, NUMBER_COLUMN, Roster
from kpidesk.usecases.importing.sift import Sift
from kpidesk.usecases.importing.table import Table
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.entering import NewFact, NewLine, enter_facts, enter_lines
from kpidesk.usecases.pay.gathering import ref_of
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company

_FIELD: Final = "field:"
_NEEDS_REASON: Final = (
    "有数据落在已经结算的期间，属于更正：请在“更正理由”里写明理由，差额会在下一期补发或扣回"
)


def _is_entered(group: PayGroup, known: KnownFact) -> bool:
    """Whether a figure is entered by hand: neither agreed in contracts nor a score."""
    spec = group.scheme.fact(known.name)
    return spec is not None and not spec.plan


def _periods(asked: Asked) -> list[str]:
    keys = {
        CYCLE if days == asked.group.cycle.period else days.key
        for (of_team, _), wanted in asked.wanted.items()
        if not of_team
        for days in wanted
    }
    return sorted(keys, key=lambda key: (key == CYCLE, key))


def _roster(group: PayGroup, everybody: Iterable[Person]) -> Roster:
    return Roster((one.person for one in group.people), everybody, f"“{group.scheme.title}”的人员")


class PayFigures(FiguresReceiver):
    """Figures of a pay group."""

    def __init__(
        self, company: Company, connection: Connection, group: PayGroup, everybody: Iterable[Person]
    ) -> None:
        """Looks at what stands there."""
        known = [one for one in known_facts(group.scheme).values() if _is_entered(group, one)]
        super().__init__(
            _roster(group, everybody),
            known,
            _periods(Asked.of(group, Facts())),
            group.cycle.period,
            examples=("120000", "85000.50"),
        )
        self._group = group
        self._closed = frozenset(
            one.settlement.period for one in runs_of(company, connection, group)
        )
        self._standing: dict[tuple[int, str, str], FactValue] = {}
        for one in facts_of(connection, group.scheme.id):
            key = one.key
            is_here = key.period != CYCLE or key.starts_on == group.cycle.period.start
            if key.person is not None and one.value is not None and is_here:
                self._standing[int(key.person), key.name, key.period] = one.value
        self._asked = Asked.of(group, Facts())

    def standing(self) -> Mapping[tuple[int, str, str], FactValue]:
        """What was entered."""
        return self._standing

    def problem_of(self, person: Person, known: KnownFact, period: str) -> str:
        """Only figures of somebody's role, for the periods that they are asked for."""
        subject = self._group.subject_on(person.id, self._start(period))
        member = self._group.member(subject or "")
        if known.roles and (member is None or member.contract.role not in known.roles):
            return f"{person.name}的岗位角色没有“{known.label}”这一项"
        return self._period_problem(person, known, period)

    def _period_problem(self, person: Person, known: KnownFact, period: str) -> str:
        start = self._start(period)
        subject = self._group.subject_on(person.id, start)
        if subject is not None and self._asked.wants(subject, known.name, period, start):
            return ""
        return f"{person.name}的“{known.label}”没有{self.reader.names[period][0]}这一期，请核对期间"

    def _start(self, period: str) -> date:
        return self._group.cycle.period.start if period == CYCLE else Period.parse(period).start

    def reasonless(self) -> str:
        """What to ask for where settled periods are touched; empty where none is."""
        closed = [
            one.days
            for one in self._group.periods()
            if one.key in self._closed and one.key != CYCLE
        ]
        for one in self.figures:
            if one.period == CYCLE:
                if CYCLE in self._closed:
                    return _NEEDS_REASON
            elif any(days.overlap(Period.parse(one.period)) for days in closed):
                return _NEEDS_REASON
        return ""

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """All figures in one go."""
        progress.step(0, 1, f"正在写入 {len(self.figures)} 个数据")
        facts = [
            NewFact(one.person.id, one.known.name, one.period, one.value, one.source)
            for one in self.figures
        ]
        return enter_facts(
            company,
            ref_of(self._group),
            facts=facts,
            reason=stamp.reason,
            actor=stamp.actor,
            today=stamp.today,
        ).changes


class PayLines:
    """Dated lines of one kind of a pay group."""

    items: tuple[Option, ...] = ()
    periods: tuple[Option, ...] = ()

    def __init__(
        self,
        company: Company,
        connection: Connection,
        group: PayGroup,
        kind: EventKind,
        everybody: Iterable[Person],
    ) -> None:
        """Looks at what stands there."""
        self.roster = _roster(group, everybody)
        self._group, self._kind = group, kind
        self._lines: list[NewLine] = []
        self._closed = [
            one.days
            for one in group.periods()
            if one.key in {run.settlement.period for run in runs_of(company, connection, group)}
        ]
        self._standing = {
            (one.person, one.body.on, one.body.cells)
            for one in lines_of(connection, group.scheme.id)
            if one.body is not None and one.body.kind == kind.name
        }

    @property
    def columns(self) -> tuple[ImportColumn, ...]:
        """Who, when, and the fields of the kind."""
        return (
            NUMBER_COLUMN,
            NAME_COLUMN,
            ImportColumn(
                "on",
                "日期",
                ("到账日期", "回款日期", "时间", "发生日期", "签约日期"),
                required=True,
                hint="例如 2026-01-05",
                example=("2026-01-05", "2026-01-20"),
            ),
            *(_field_column(one) for one in self._kind.fields),
            ImportColumn("source", "资料来源", ("来源", "出处", "依据", "凭证号"), hint="可不填"),
        )

    def read(self, table: Table, sift: Sift) -> None:
        """Every row a line; one that stands there already is asked about."""
        seen: dict[tuple[object, ...], int] = {}
        for row in table.rows():
            if sift.skips(row):
                continue
            person = self.roster.find(table, row, sift)
            before = len(sift.problems)
            on = sift.take(table, row, "on", day_of, "日期")
            cells = [self._cell(table, row, one, sift) for one in self._kind.fields]
            source = sift.take(table, row, "source", text_of) or ""
            if person is None or on is None or len(sift.problems) > before:
                continue
            place = table.place(row, "on")
            if not self._group.cycle.period.start <= on < self._group.cycle.period.end:
                days = self._group.cycle.period
                said = f"日期 {on} 不在考核周期({days.start} 至 {days.last_day})内"
                sift.refuse(place, said)
                continue
            held = tuple(one for one in cells if one is not None)
            key = (person.id, on, held)
            if sift.decided(place, Way.ADD) is None:
                if key in self._standing:
                    sift.refuse(place, "同一个人、同一天、同样内容的一笔已经录入过", Way.ADD)
                    continue
                if key in seen:
                    said = f"与第 {seen[key] + 1} 行完全相同，可能重复"
                    sift.refuse(place, said, Way.ADD)
                    continue
            seen.setdefault(key, row)
            self._lines.append(
                NewLine(person.id, self._kind.name, on, held, (), source or table.file)
            )
            sift.note_action(row, Action.NEW)

    def _cell(self, table: Table, row: int, one: EventField, sift: Sift) -> Cell | None:
        key = f"{_FIELD}{one.name}"
        is_percent = table.sheet.shows_percent(table.place(row, key))
        value = sift.take(
            table,
            row,
            key,
            lambda raw: _field_value(raw, one, is_percent=is_percent),
            "" if one.optional else one.label,
        )
        return None if value is None else Cell.of(one.name, value)

    def reasonless(self) -> str:
        """What to ask for where settled periods are touched; empty where none is."""
        touched = any(one.on in days for one in self._lines for days in self._closed)
        return _NEEDS_REASON if touched else ""

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """All lines in one go."""
        progress.step(0, 1, f"正在写入 {len(self._lines)} 笔")
        return enter_lines(
            company,
            ref_of(self._group),
            lines=self._lines,
            reason=stamp.reason,
            actor=stamp.actor,
            today=stamp.today,
        )


def _field_column(one: EventField) -> ImportColumn:
    examples = {
        EventFieldKind.NUMBER: ("120000", "85000.50"),
        EventFieldKind.TEXT: ("甲公司", "乙公司"),
        EventFieldKind.FLAG: ("是", "否"),
        EventFieldKind.DATE: ("2026-01-05", "2026-01-20"),
    }
    is_flag = one.kind is EventFieldKind.FLAG
    return ImportColumn(
        f"{_FIELD}{one.name}",
        f"{one.label}（{one.unit}）" if one.unit else one.label,
        (one.label, one.name),
        required=not one.optional,
        example=examples[one.kind],
        choices=("是", "否") if is_flag else (),
        is_number=one.kind is EventFieldKind.NUMBER,
    )


def _field_value(raw: RawValue, one: EventField, *, is_percent: bool | None) -> EventValue:
    match one.kind:
        case EventFieldKind.NUMBER:
            percent = one.unit == "%"
            return percent_of(raw, is_percent=is_percent) if percent else number_of(raw)
        case EventFieldKind.TEXT:
            return text_of(raw)
        case EventFieldKind.FLAG:
            return flag_of(raw)
        case EventFieldKind.DATE:
            return day_of(raw)
        case _:
            assert_never(one.kind)
