"""Which plans there can be: schemes with figures to agree on, and for which months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.period import Grain, Period
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.store import targets as store
from kpidesk.store.people import people
from kpidesk.store.schemes import own_schemes
from kpidesk.usecases.schemes import edition_text
from kpidesk.usecases.session import Company

_LATE = 9
"""From October on, targets are mostly set for the coming year."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that contracts under a scheme agree on."""

    fact: str
    label: str
    unit: str
    is_monthly: bool


@dataclass(frozen=True, slots=True)
class PlanScheme:
    """A scheme that has figures to plan; `contracts` counts those that stand under it.

    `fits`: somebody is appraised by it, is planned for, or has a post of that name; `posts` counts
    those whose post has the very name of one of its roles.
    """

    scheme: str
    indicator_scheme: str
    title: str
    indicators: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    usual: Period
    contracts: int
    fits: bool
    posts: int = 0


def list_choices(company: Company, *, today: date) -> tuple[PlanScheme, ...]:
    """Every scheme for which targets can be planned: those in use first, then by posts."""
    with company.read() as connection:
        found = list(_choices(company, connection, today))
    return tuple(
        sorted(found, key=lambda one: (-one.contracts, -one.posts, not one.fits, one.title))
    )


def _choices(company: Company, connection: Connection, today: date) -> Iterator[PlanScheme]:
    schemes = {one: builtin_scheme(one) for one in builtin_ids()}
    schemes |= {one.id: one for one in own_schemes(connection, company.path)}
    bases: dict[tuple[str, str], list[Period]] = {
        (one.id, ""): []
        for one in schemes.values()
        if not (one.lost or needs_indicators(one)) and _figures(one)
    }
    planned: dict[tuple[str, str], list[Period]] = {}
    for scheme, indicators, term in store.contract_bases(connection):
        bases.setdefault((scheme, indicators), []).append(months_of(term))
    for stored in store.keys(connection):
        pair = (stored.scheme, stored.indicator_scheme)
        bases.setdefault(pair, [])
        planned.setdefault(pair, []).append(stored.period)
    posts = Counter(one.post for one, _ in people(connection) if one.left_on is None)
    for (scheme, indicators), terms in bases.items():
        combined = _combined(schemes, scheme, indicators)
        if combined is None or not (figures := _figures(combined)):
            continue
        title = combined.title + edition_text(combined)
        if indicators:
            title += f"（指标取自{schemes[indicators].title}）"
        years = planned.get((scheme, indicators), [])
        usual, periods = _periods(today, terms, years)
        titles = [role.title for role in combined.roles if combined.agreed(role.name)]
        fits = bool(terms or years) or any(one in post for one in titles for post in posts)
        same = sum(posts[one] for one in titles)
        yield PlanScheme(scheme, indicators, title, figures, periods, usual, len(terms), fits, same)


def _combined(schemes: dict[str, Scheme], scheme: str, indicators: str) -> Scheme | None:
    terms, other = schemes.get(scheme), schemes.get(indicators)
    if terms is None or not indicators or other is None:
        return terms
    try:
        return with_indicators(terms, other)
    except KpiDeskError:
        return None


def _figures(scheme: Scheme) -> tuple[Indicator, ...]:
    specs: dict[str, FactSpec] = {
        one.name: one for role in scheme.roles for one in scheme.agreed(role.name)
    }
    return tuple(Indicator(one.name, one.label, one.unit, one.adds_up) for one in specs.values())


def _periods(
    today: date, terms: Sequence[Period], planned: Sequence[Period]
) -> tuple[Period, tuple[Period, ...]]:
    """The one to begin with, and all: calendar years, and longer or other terms of contracts."""
    this = Period.containing(today, Grain.YEAR)
    years = {this.year_before(), this, Period(this.end, Period.months(this.end.year, 1, 12).end)}
    own = {one for one in terms if not any(year.covers(one) for year in years)}
    years |= {Period.containing(one.start, Grain.YEAR) for one in terms if one not in own}
    every = sorted(years | own | set(planned))
    coming = next(one for one in every if one.start.year == this.end.year)
    usual = coming if today.month > _LATE else this
    running = [one for one in own if today in one]
    return (running[-1] if running and this not in planned else usual), tuple(reversed(every))


def months_of(term: Period) -> Period:
    """The whole calendar months in which a term lies."""
    first = Period.containing(term.start, Grain.MONTH)
    return Period(first.start, Period.containing(term.last_day, Grain.MONTH).end)
