"""The figures that are entered for pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.exact import round_half_up
from kpidesk.core.facts import TEAM
from kpidesk.core.figure import NO_ORIGIN, Figure
from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.payroll.inputs import Asked, PayField
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period
from kpidesk.usecases.actuals.book import Actual, BookRef, InPay, Item, Need, team_item
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.gathering import GroupRef, all_groups, gather, ref_of
from kpidesk.usecases.pay.limits import on_sheets, settled_over
from kpidesk.usecases.session import Company

_PLACES: Final = 2


def groups_of(company: Company, connection: Connection, ref: BookRef) -> Iterator[PayGroup]:
    """The pay groups of a book."""
    for group in all_groups(company, connection):
        if (group.scheme.id, group.cycle.period.start.year) == (ref.scheme, ref.year):
            yield group


def read_pay(
    company: Company, connection: Connection, ref: BookRef, only: frozenset[PersonId | None] | None
) -> Iterator[tuple[Item, Actual]]:
    """Each figure that a settlement of the year asks for; those of some people, or of all."""
    for group in groups_of(company, connection, ref):
        closed = frozenset(one.settlement.period for one in runs_of(company, connection, group))
        sheets, periods = on_sheets(group.scheme), group.periods()
        over: dict[Period, bool] = {}  # asked once for each period, not for each person
        asked = Asked.of(group, gather(company, connection, group).facts)
        whose: list[tuple[PersonId | None, str]] = [
            (one.person.id, one.subject) for one in group.members
        ]
        # Of days that lie in two parts of a person, the figure of the first part stands here.
        told: set[tuple[PersonId | None, str, str]] = set()
        for person, subject in (*whose, (None, TEAM)):
            if only is not None and person not in only:
                continue
            for period in periods:
                for one in asked.fields(period, subject):
                    item = _item(one, person)
                    if one.agreed or (person, item.name, one.period) in told or item.name in sheets:
                        continue
                    told.add((person, item.name, one.period))
                    if one.days not in over:
                        over[one.days] = settled_over(group, closed, one.days)
                    actual = _actual(ref_of(group), one, period.days, is_open=not over[one.days])
                    yield item, replace(actual, person=person, item=item.name)


def _item(one: PayField, person: PersonId | None) -> Item:
    """What a figure is of; a team's figures may be called as those of each person."""
    name = one.known.name
    return Item(name if person is not None else team_item(name), one.known)


def _actual(group: GroupRef, one: PayField, asked_at: Period, *, is_open: bool) -> Actual:
    """A figure; it is due when the settlement that asks for it first is over."""
    own = one.fact if one.fact is not None and not one.inherited else None
    home = InPay(
        group, one.period, is_open, own.value if own else None,
        own.origin if own else NO_ORIGIN,
    )  # fmt: skip
    need = Need.WANTED if is_open and not one.optional else Need.OPTIONAL
    if one.lined:
        need = Need.SUMMED
    elif one.fed:  # nothing came in, unless a sum is entered
        need = Need.OPTIONAL
    due = asked_at.end if one.period == CYCLE else max(one.days.end, asked_at.end)
    inherited = one.fact.value if one.fact is not None and one.inherited else None
    return Actual(
        None, one.known.name, one.days, due, need, (home,), inherited, _summed(one.summed)
    )


def _summed(figure: Figure | None) -> Decimal | None:
    return None if figure is None else round_half_up(figure.value, _PLACES)
