"""The contract of the new post, drawn up with what the one before leaves."""

from __future__ import annotations

from datetime import date, timedelta

from kpidesk.core.agreed import asked_targets
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.handover import LeftOver, left_over
from kpidesk.core.people import Person
from kpidesk.core.period import Grain, Period
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.settings import Ref, SettingValue
from kpidesk.usecases.contracts import draw_up, earlier_settings
from kpidesk.usecases.contracts.listing import details_of, terms_on
from kpidesk.usecases.cycles import cycles_in, fitting_length
from kpidesk.usecases.moving.move import Drafted, Move, NewContract, Then
from kpidesk.usecases.schemes import bound, current_scheme
from kpidesk.usecases.session import Company


def draft_next(
    company: Company, person: Person, move: Move, new: NewContract, *, actor: str, today: date
) -> Drafted:
    """The contract of the new post, with the targets and parameters that were asked for."""
    day = move.day
    if new.last_day < day:
        msg = f"新责任书的期满日({new.last_day})早于换签日({day})，请改正"
        raise InvalidValueError(msg)
    term = Period(day, new.last_day + timedelta(days=1))
    with company.read() as connection:
        lender = new.indicator_scheme
        other = current_scheme(company, connection, lender) if lender else None
        scheme = bound(current_scheme(company, connection, new.scheme), other)
    old = next((id_ for id_, then in move.contracts if then in (Then.END, Then.JUDGE)), None)
    left: tuple[LeftOver, ...] = ()
    settings: dict[str, SettingValue] = {}
    with company.read() as connection:
        terms = None
        if old is not None:
            terms = terms_on(company, connection, old, day - timedelta(days=1)).contract
    if terms is not None and terms.scheme == new.scheme:
        settings = dict(terms.settings)
    else:
        known = earlier_settings(
            company, people=[person.id], scheme=scheme, role=new.role, before=day
        )
        settings = {one.name: one.value for one in known}
    if not new.in_part:
        settings = _fitting(scheme, settings, term)
    asked = asked_targets(scheme, new.role, settings)
    if terms is not None and new.takes_over:
        left = tuple(left_over(terms, term, asked))
    made = draw_up(
        company,
        people=[person.id],
        scheme=new.scheme,
        role=new.role,
        term=term,
        settings=settings,
        indicator_scheme=new.indicator_scheme,
        targets=[one.target for one in left],
        in_part=new.in_part,
        actor=actor,
        today=today,
    )
    with company.read() as connection:
        contract = details_of(company, connection, made.ids[0]).contract
    taken = {one.target.fact: one for one in left}
    targets = tuple(taken.get(one.fact, LeftOver(one, "目标计划")) for one in contract.targets)
    said = {one.fact for one in contract.targets}
    chain = scheme.span is Span.CHAIN and day != Period.containing(day, Grain.QUARTER).start
    return Drafted(
        contract.id,
        contract.number,
        scheme.title,
        next(one.title for one in scheme.roles if one.name == new.role),
        term,
        cycles_in(scheme, settings, term, in_part=new.in_part) if scheme.is_scored else (),
        targets,
        tuple(one.label for one in asked if one.name not in said and not one.optional),
        "这个方案按季核算，换签日最好是季度的第一天" if chain else "",
    )


def _fitting(
    scheme: Scheme, settings: dict[str, SettingValue], term: Period
) -> dict[str, SettingValue]:
    """The settings, with another length of the cycle where the term holds none of theirs."""
    try:
        cycles_in(scheme, settings, term)
    except InvalidValueError:
        length = scheme.cycle.parameter if isinstance(scheme.cycle, Ref) else ""
        others = {name: value for name, value in settings.items() if name != length}
        return {**others, **fitting_length(scheme, term)}
    return settings
