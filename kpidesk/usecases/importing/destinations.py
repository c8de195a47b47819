"""Where rows of a file can go to in this company, and what receives them there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.codec import content_hash
from kpidesk.core.contract import ContractState
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.store.contract_lists import contract_rows
from kpidesk.store.people import people as everybody_in
from kpidesk.store.sheet_lists import appraisal_rows
from kpidesk.store.targets import PlanKey
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.importing.figures import FiguresReceiver
from kpidesk.usecases.importing.people import PeopleReceiver
from kpidesk.usecases.importing.periods import period_names
from kpidesk.usecases.importing.plan import Destination, Kind
from kpidesk.usecases.importing.to_pay import PayFigures, PayLines
from kpidesk.usecases.importing.to_plans import PlanFigures
from kpidesk.usecases.importing.to_sheets import SheetFigures
from kpidesk.usecases.importing.to_targets import TargetFigures
from kpidesk.usecases.pay.gathering import all_groups
from kpidesk.usecases.session import Company, NotFoundError
from kpidesk.usecases.targets.choosing import list_choices, months_of
from kpidesk.usecases.targets.loading import views_of

AnyReceiver = PeopleReceiver | PayFigures | PayLines | PlanFigures | SheetFigures | TargetFigures
_REGISTER = Destination(Kind.PEOPLE, "people", "人员名册")
_PLAN = "plan:"


def list_destinations(company: Company, kind: Kind, *, today: date) -> tuple[Destination, ...]:
    """Where rows of a kind can go to; none where contracts or sheets are still missing."""
    plans = tuple(_plans(company, today)) if kind is Kind.TARGETS else ()
    with company.read() as connection:
        return (*plans, *_destinations(company, connection, kind))


def _destinations(company: Company, connection: Connection, kind: Kind) -> Iterator[Destination]:
    match kind:
        case Kind.PEOPLE:
            yield _REGISTER
        case Kind.TARGETS:
            yield from _drafts(company, connection)
        case Kind.ACTUALS:
            yield from _pay(company, connection, kind)
            yield from _sheets(company, connection, kind)
        case Kind.LINES:
            yield from _pay(company, connection, kind)
        case Kind.SCORES:
            yield from _sheets(company, connection, kind)


def receiver(company: Company, connection: Connection, destination: Destination) -> AnyReceiver:
    """What takes the rows of a destination, knowing what stands there now."""
    if destination.kind is Kind.PEOPLE:
        return PeopleReceiver(connection)
    people = {one.id: one for one, _ in everybody_in(connection)}
    made = _figures(company, connection, destination, people)
    if made is None:
        msg = f"“{destination.title}”刚被改动过，请重新选择导入到哪里"
        raise NotFoundError(msg)
    return made


def _figures(
    company: Company,
    connection: Connection,
    destination: Destination,
    people: dict[PersonId, Person],
) -> AnyReceiver | None:
    key, title = destination.key, destination.title
    if destination.kind is Kind.TARGETS:
        if destination.plan is not None and key.startswith(_PLAN):
            every = views_of(company, connection, destination.plan)
            return PlanFigures(every, people)
        drafts = _by_draft(company, connection).get(key)
        return TargetFigures(drafts, people, title) if drafts else None
    for group in all_groups(company, connection):
        name = _pay_key(group)
        if key == name:
            return PayFigures(company, connection, group, people.values())
        for kind in group.scheme.events:
            if key == f"{name}:{kind.name}":
                return PayLines(company, connection, group, kind, people.values())
    views = _by_sheet(company, connection).get(key)
    scores = destination.kind is Kind.SCORES
    return SheetFigures(views, people, title, scores=scores) if views else None


def _pay(company: Company, connection: Connection, kind: Kind) -> Iterator[Destination]:
    for group in all_groups(company, connection):
        cycle = group.cycle.period
        name = _pay_key(group)
        title = f"{group.scheme.title}　{_said(cycle)}　{len(group.people)} 人"
        if kind is Kind.ACTUALS:
            yield Destination(kind, name, f"薪酬数据：{title}", cycle)
            continue
        for event in group.scheme.events:
            yield Destination(kind, f"{name}:{event.name}", f"{event.label}：{title}", cycle)


def _sheets(company: Company, connection: Connection, kind: Kind) -> Iterator[Destination]:
    for key, views in _by_sheet(company, connection).items():
        first = views[0]
        title = f"{first.scheme.title}　{_said(first.appraisal.cycle)}　{len(views)} 人"
        said = title if kind is Kind.SCORES else f"评分表数据：{title}"
        yield Destination(kind, key, said, first.appraisal.cycle)


def _plans(company: Company, today: date) -> Iterator[Destination]:
    """The plans that are not over, of schemes by which somebody is appraised."""
    for one in list_choices(company, today=today):
        if not one.fits:
            continue
        first = one.indicators[0]
        for period in sorted(one.periods, key=lambda period: (period != one.usual, period)):
            if period.end <= today:
                continue
            key = PlanKey(one.scheme, one.indicator_scheme, first.fact, period)
            name = f"{_PLAN}{one.scheme}:{one.indicator_scheme}:{_days(period)}"
            title = f"目标计划：{one.title}　{_said(period)}"
            yield Destination(Kind.TARGETS, name, title, period, key)


def _drafts(company: Company, connection: Connection) -> Iterator[Destination]:
    for key, drafts in _by_draft(company, connection).items():
        first = drafts[0]
        contract = first.contract
        title = f"责任书草稿：{first.scheme.title}　{_said(contract.term)}　{len(drafts)} 份"
        fact = first.scheme.agreed(contract.role)[0].name
        term = months_of(contract.term)
        year = Period.containing(term.start, Grain.YEAR)
        period = year if year.covers(term) else term
        plan = PlanKey(contract.scheme, contract.indicator_scheme, fact, period)
        yield Destination(Kind.TARGETS, key, title, contract.term, plan)


def _by_sheet(company: Company, connection: Connection) -> dict[str, list[SheetView]]:
    """The sheets by scheme and cycle, one of a person in each."""
    sheets: dict[str, list[SheetView]] = {}
    for row in appraisal_rows(connection):
        view = view_of(company, connection, row[0])
        scheme, cycle = view.scheme, view.appraisal.cycle
        base = f"sheets:{scheme.id}:{scheme.version}:{_days(cycle)}"
        key, number = base, 1
        while any(one.appraisal.person == view.appraisal.person for one in sheets.get(key, ())):
            number += 1
            key = f"{base}:{number}"
        sheets.setdefault(key, []).append(view)
    return dict(sorted(sheets.items(), key=lambda one: one[1][0].appraisal.cycle, reverse=True))


def _by_draft(company: Company, connection: Connection) -> dict[str, list[ContractDetails]]:
    """The drafts by scheme, role and term, one of a person in each."""
    drafts: dict[str, list[ContractDetails]] = {}
    for row in contract_rows(connection):
        if ContractState(row.state) is not ContractState.DRAFT:
            continue
        details = details_of(company, connection, row[0])
        one = details.contract
        base = f"targets:{one.scheme}:{one.scheme_version}:{one.role}:{_days(one.term)}"
        key, number = base, 1
        while any(x.contract.party_b.person == one.party_b.person for x in drafts.get(key, ())):
            number += 1
            key = f"{base}:{number}"
        if details.scheme.agreed(one.role):
            drafts.setdefault(key, []).append(details)
    return drafts


def _pay_key(group: PayGroup) -> str:
    scheme, settings = group.scheme, content_hash(repr(group.settings))
    return f"pay:{scheme.id}:{scheme.version}:{_days(group.cycle.period)}:{settings[:8]}"


def _days(period: Period) -> str:
    return f"{period.start}~{period.last_day}"


def _said(period: Period) -> str:
    key = period.key
    plain = "…" not in key
    return period_names(key)[0] if plain else f"{period.start} 至 {period.last_day}"


def plan_of(made: AnyReceiver, into: Destination) -> PlanKey | None:
    """The plan that shows what was imported; where it is of several, the first of them."""
    if into.plan is None or not isinstance(made, FiguresReceiver) or not made.figures:
        return None
    return replace(into.plan, fact=made.figures[0].known.name)
