"""Entering figures and dated lines for pay. After a settlement a change needs its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.facts import TEAM, Facts, FactValue
from kpidesk.core.figure import Origin
from kpidesk.core.inputs import value_problem
from kpidesk.core.names import KnownFact, known_facts, known_team_facts
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.record import Cell, LedgerLine
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.store.pay_facts import (
    FactKey,
    PayFact,
    PayLine,
    Stated,
    add_fact,
    add_line,
    facts_of,
    lines_of,
)
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.cells import check_cells, kind_of
from kpidesk.usecases.pay.gathering import GroupRef, all_groups, ref_of
from kpidesk.usecases.pay.limits import on_sheets, settled_over
from kpidesk.usecases.session import Company, Work, found, reason_given


@dataclass(frozen=True, slots=True)
class NewFact:
    """A figure to enter; `person` None is the team, a value of None takes the figure back.

    `part` says of which part of the cycle it is, where somebody is paid in parts and the days of
    the figure lie in more than one.
    """

    person: PersonId | None
    name: str
    period: str
    value: FactValue | None
    source: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Entered:
    """What was changed, and what stood there before: entering that again undoes it."""

    changes: Changes
    before: tuple[NewFact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure as the log keeps it; `starts_on` tells the cycle of one year from another's."""

    name: str
    value: FactValue
    period: str
    starts_on: date
    entered_by: str
    entered_on: date
    source: str


@dataclass(frozen=True, slots=True)
class NewLine:
    """A dated line to write down; `replaces` is the one in whose place it comes."""

    person: PersonId | None
    kind: str
    on: date
    cells: tuple[Cell, ...]
    shares: tuple[tuple[PersonId, Decimal], ...] = ()
    source: str = ""
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class LineEntered:
    """A line that was written, struck out or put right; `line` None when it was struck out."""

    changes: Changes
    line: PayLine | None


def enter_facts(
    company: Company,
    ref: GroupRef,
    *,
    facts: Sequence[NewFact],
    reason: str = "",
    actor: str,
    today: date,
) -> Entered:
    """Write figures down, all or none. Of a settled period only with a reason: a correction."""
    with company.change(actor) as work:
        group = _group(work, ref)
        standing = {one.key: one for one in facts_of(work.connection, group.scheme.id)}
        closed, asked = _closed(work, group), Asked.of(group, Facts())
        before: list[NewFact] = []
        for one in facts:
            known = _known(group, one)
            days, starts_on = _days(asked, known, one)
            if one.value is not None and (problem := value_problem(known, one.value)):
                raise InvalidValueError(problem)
            key = FactKey(group.scheme.id, one.person, one.name, one.period, starts_on)
            old = standing.get(key)
            if (old.value if old else None, old.stated.source if old else "") == (
                one.value,
                one.source.strip(),
            ):
                continue
            why = _why(reason, known.label, days, closed, group)
            stated = Stated(work.actor, today, one.source.strip(), why)
            made = PayFact(key, one.value, stated)
            add_fact(work.connection, made)
            source = old.stated.source if old else ""
            before.append(replace(one, value=old.value if old else None, source=source))
            work.log(
                "pay.enter",
                _about(group, one.person),
                before=_entry(old),
                after=_entry(made),
                reason=why,
            )
    return Entered(Changes.PAY if before else Changes.NONE, tuple(before))


def enter_line(
    company: Company,
    ref: GroupRef,
    *,
    person: PersonId | None,
    kind: str,
    on: date,
    cells: Sequence[Cell],
    shares: Sequence[tuple[PersonId, Decimal]] = (),
    source: str = "",
    replaces: int | None = None,
    reason: str = "",
    actor: str,
    today: date,
) -> LineEntered:
    """Write a dated line down, or another in its place (`replaces`)."""
    line = NewLine(person, kind, on, tuple(cells), tuple(shares), source, replaces)
    with company.change(actor) as work:
        group = _group(work, ref)
        made = _write_line(work, group, _closed(work, group), line, reason=reason, today=today)
    return LineEntered(Changes.PAY, made)


def enter_lines(
    company: Company,
    ref: GroupRef,
    *,
    lines: Sequence[NewLine],
    reason: str = "",
    actor: str,
    today: date,
) -> Changes:
    """Write many dated lines down, all or none."""
    with company.change(actor) as work:
        group = _group(work, ref)
        closed = _closed(work, group)
        for line in lines:
            _write_line(work, group, closed, line, reason=reason, today=today)
    return Changes.PAY if lines else Changes.NONE


def _write_line(
    work: Work,
    group: PayGroup,
    closed: frozenset[str],
    new: NewLine,
    *,
    reason: str,
    today: date,
) -> PayLine:
    known = kind_of(group, new.kind)
    check_cells(known, new.cells)
    old = _standing_line(work, group, new.replaces)
    why = _why(reason, known.label, _day(new.on), closed, group)
    if old is not None and old.body is not None:
        why = why or _why(reason, known.label, _day(old.body.on), closed, group)
    parts = tuple((str(who), part) for who, part in new.shares)
    body = LedgerLine("", new.kind, new.on, new.cells, parts)
    stated = Stated(work.actor, today, new.source.strip(), why)
    line = add_line(
        work.connection,
        PayLine(0, group.scheme.id, new.person, body, stated),
        replaces=new.replaces,
    )
    work.log(
        "pay.line",
        _about(group, new.person),
        before=old.body if old else None,
        after=replace(body, origin=Origin(stated.source, stated.by, stated.on)),
        as_type=LedgerLine,
        reason=why,
    )
    return line


def strike_line(
    company: Company, ref: GroupRef, line: int, *, reason: str = "", actor: str, today: date
) -> LineEntered:
    """Strike a dated line out; it stays on record."""
    with company.change(actor) as work:
        group = _group(work, ref)
        old = found(_standing_line(work, group, line), "这一笔")
        body = found(old.body, "这一笔")
        label = kind_of(group, body.kind).label
        why = _why(reason, label, _day(body.on), _closed(work, group), group)
        stated = Stated(work.actor, today, "", why)
        add_line(work.connection, PayLine(0, old.scheme, old.person, None, stated), replaces=line)
        work.log("pay.line", _about(group, old.person), before=body, reason=why)
    return LineEntered(Changes.PAY, None)


def _group(work: Work, ref: GroupRef) -> PayGroup:
    groups = all_groups(work.company, work.connection)
    return found(next((one for one in groups if ref_of(one) == ref), None), "这一组薪酬")


def _closed(work: Work, group: PayGroup) -> frozenset[str]:
    runs = runs_of(work.company, work.connection, group)
    return frozenset(one.settlement.period for one in runs)


def _known(group: PayGroup, one: NewFact) -> KnownFact:
    names = known_team_facts(group.scheme) if one.person is None else known_facts(group.scheme)
    known = names.get(one.name)
    if known is None or (one.person is not None and group.subject_of(one.person) is None):
        msg = f"方案“{group.scheme.title}”没有这个人的数据项“{one.name}”，请核对"
        raise InvalidValueError(msg)
    spec = group.scheme.fact(one.name) if one.person is not None else None
    if spec is not None and spec.plan:
        msg = f"“{known.label}”由责任书约定，不能在这里填写；变更目标请用补充协议"
        raise NotAllowedError(msg)
    if one.person is not None and one.name in on_sheets(group.scheme):
        msg = f"“{known.label}”填在评分表上，定分以后薪酬从那里取用；请到“实绩”或“评分”页填写"
        raise NotAllowedError(msg)
    return known


def _days(asked: Asked, known: KnownFact, one: NewFact) -> tuple[Period, date]:
    """The days of a figure, and from which it is kept; refused where no figure is of them."""
    group = asked.group
    days = group.cycle.period if one.period == CYCLE else Period.parse(one.period)
    parts = group.parts_of(one.person) if one.person is not None else ()
    member = next((part for part in parts if part.part == one.part), None)
    subject = member.subject if member else TEAM
    starts_on = member.starts_on(days) if member else days.start
    if not asked.wants(subject, one.name, one.period, starts_on):
        msg = f"“{known.label}”没有期间“{plain_periods(one.period)}”的值，请核对期间"
        raise InvalidValueError(msg)
    return days, starts_on


def _why(reason: str, label: str, days: Period, closed: frozenset[str], group: PayGroup) -> str:
    """The reason of a change; asked for where a settled period rests on what is changed."""
    if not settled_over(group, closed, days):
        return reason.strip()
    return reason_given(reason, f"“{label}”所在的期间已经结算，更正")


def _standing_line(work: Work, group: PayGroup, line: int | None) -> PayLine | None:
    if line is None:
        return None
    lines = lines_of(work.connection, group.scheme.id)
    return found(next((one for one in lines if one.id == line), None), "这一笔")


def _day(on: date) -> Period:
    return Period(on, date.fromordinal(on.toordinal() + 1))


def _about(group: PayGroup, person: PersonId | None) -> str:
    return f"pay:{group.scheme.id}:{'team' if person is None else person}"


def _entry(standing: PayFact | None) -> _Told | None:
    """A figure as the log keeps it, with who entered it; None where none stands."""
    if standing is None or standing.value is None:
        return None
    key, stated = standing.key, standing.stated
    return _Told(
        key.name, standing.value, key.period, key.starts_on, stated.by, stated.on, stated.source
    )
