"""Which people are paid together: those under one scheme, one set of parameters, one cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.cycles import cycle_of
from kpidesk.core.facts import Subject
from kpidesk.core.paying.pooling.rules import PerPointPenalty, PoolByShare
from kpidesk.core.payroll.group import Member, PayGroup
from kpidesk.core.people import Person
from kpidesk.core.period import MONTHS_IN_YEAR, Cycle, Grain, Period, add_months
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.settings import SettingValue


@dataclass(frozen=True, slots=True)
class Hired:
    """A signed contract with its scheme and the person as they are today.

    `until` is its last day, where it was ended early: it stays in the group of its cycle.
    """

    contract: Contract
    scheme: Scheme
    person: Person
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Share:
    """A contract's part in a cycle."""

    hired: Hired
    days: Period


def pay_groups(
    hired: Iterable[Hired], *, whole: frozenset[ContractId] = frozenset()
) -> tuple[PayGroup, ...]:
    """The groups that signed contracts make, by scheme and cycle, where something is paid.

    Whoever changes the role inside a cycle is paid in parts; but not where one of the contracts
    is named in `whole`: it paid the person for the whole cycle once, and that stays.
    """
    by_terms: dict[tuple[object, ...], list[Hired]] = {}
    for one in hired:
        if one.scheme.pay:
            by_terms.setdefault(_terms(one), []).append(one)
    made = (group for alike in by_terms.values() for group in _groups(alike, whole))
    groups = [group for group in made if group.periods()]
    return tuple(sorted(groups, key=lambda one: (one.scheme.title, one.cycle.period)))


def _terms(one: Hired) -> tuple[object, ...]:
    contract = one.contract
    return (
        contract.scheme,
        contract.scheme_version,
        contract.indicator_scheme,
        contract.indicator_scheme_version,
        contract.settings,
    )


def _groups(alike: Sequence[Hired], whole: frozenset[ContractId]) -> Iterator[PayGroup]:
    scheme, settings = alike[0].scheme, alike[0].contract.settings
    if scheme.span is Span.CHAIN:
        for chain in _chains(alike):
            first = min(one.days.start for one in chain)
            last = max(one.days.last_day for one in chain)
            cycle = cycle_of(scheme, dict(settings), first, last)
            yield _group(scheme, settings, cycle, [[one] for one in _by_person(chain)])
        return
    by_cycle: dict[object, list[_Share]] = {}
    for one in alike:
        for days in terms_cycles(scheme, settings, one.contract.term, in_part=one.contract.in_part):
            # People who join a cycle without a fixed length end it together with the others.
            key = days.end if scheme.span is Span.OPEN_END else days
            by_cycle.setdefault(key, []).append(_Share(one, days))
    for shares in by_cycle.values():
        start = min(one.days.start for one in shares)
        cycle = Cycle(Period(start, shares[0].days.end), scheme.span is Span.OPEN_END)
        parts = [_parts(one, whole) for one in _by_person(shares)]
        yield _group(scheme, settings, cycle, parts)


def terms_cycles(
    scheme: Scheme,
    settings: Iterable[tuple[str, SettingValue]],
    term: Period,
    *,
    in_part: bool = False,
) -> tuple[Period, ...]:
    """The cycles in a term, one after the other; one without a fixed length may end early.

    With `in_part`, what the term holds of a cycle at either end is one, too.
    """
    cycles, start = [], term.start
    while start < term.end:
        period = cycle_of(scheme, dict(settings), start).period
        if scheme.span is Span.OPEN_END:
            months = (
                MONTHS_IN_YEAR * (period.end.year - start.year) + period.end.month - start.month
            )
            period = Period(start, min(add_months(start, months), term.end))
        inside = period.overlap(term)
        if in_part and scheme.span is Span.FIXED and inside is not None:
            period = inside
        if term.covers(period):
            cycles.append(period)
        start = period.end
    return tuple(cycles)


def _chains(alike: Sequence[Hired]) -> Iterator[list[_Share]]:
    """Quarters in chains: who was hired later joins; who only changed over begins another.

    Otherwise the quarters before would lack figures, or the change would count as a hire.
    """
    by_person: dict[int, list[Hired]] = {}
    for one in alike:
        by_person.setdefault(one.person.id, []).append(one)
    begun = {person: _quarter(terms[0].contract.term.start) for person, terms in _sorted(by_person)}
    first = min(begun.values())
    by_start: dict[date, list[_Share]] = {}
    for person, terms in _sorted(by_person):
        start = begun[person]
        hired_on = terms[0].person.hired_on
        joins = hired_on is not None and _quarter(hired_on) >= start
        shares = [_Share(one, one.contract.term) for one in terms]
        by_start.setdefault(first if joins else start, []).extend(shares)
    yield from by_start.values()


def _sorted(by_person: dict[int, list[Hired]]) -> Iterator[tuple[int, list[Hired]]]:
    for person, terms in by_person.items():
        yield person, sorted(terms, key=lambda one: one.contract.term)


def _quarter(day: date) -> date:
    return Period.containing(day, Grain.QUARTER).start


def _by_person(shares: Sequence[_Share]) -> list[list[_Share]]:
    """Each person's shares, the earliest first."""
    found: dict[int, list[_Share]] = {}
    for one in shares:
        found.setdefault(one.hired.person.id, []).append(one)
    return [sorted(terms, key=lambda one: one.hired.contract.term) for terms in found.values()]


def _parts(terms: Sequence[_Share], whole: frozenset[ContractId]) -> list[list[_Share]]:
    """A person's shares, those of one role after the other together.

    A chain is not divided: its accounts are one person's, whatever the role.
    """
    if any(one.hired.contract.id in whole for one in terms):
        return [[*terms]]
    return [[*part] for _, part in groupby(terms, key=lambda one: one.hired.contract.role)]


def _group(
    scheme: Scheme,
    settings: tuple[tuple[str, SettingValue], ...],
    cycle: Cycle,
    everybody: Sequence[Sequence[Sequence[_Share]]],
) -> PayGroup:
    names = [parts[0][0].hired.person.name for parts in everybody]
    members: list[Member] = []
    for parts in everybody:
        made = [_member(scheme, cycle, terms) for terms in parts]
        person = made[0].person
        number = person.number if names.count(person.name) > 1 else ""
        members += _named(made, number, scheme, cycle)
    ordered = sorted(members, key=lambda one: (one.person.number, one.part))
    return PayGroup(scheme, settings, cycle, tuple(ordered))


def _member(scheme: Scheme, cycle: Cycle, terms: Sequence[_Share]) -> Member:
    """A person under the contracts of one part, not yet named."""
    person = terms[0].hired.person
    contracts = tuple(one.hired.contract for one in terms)
    party = contracts[-1].party_b
    pool = party.post if _has_pools(scheme) else ""
    member = Member(person, person.name, contracts, pool=pool, team=party.department)
    since = min(one.days.start for one in terms)
    if scheme.span is not Span.CHAIN and since > cycle.period.start:
        member = replace(member, since=max(since, person.hired_on or since))
    last = max(one.hired.until or one.days.last_day for one in terms)
    ends = scheme.span is Span.CHAIN or any(one.hired.until for one in terms)
    if ends and last < cycle.period.last_day:
        member = replace(member, until=last)
    return member


def _named(made: Sequence[Member], number: str, scheme: Scheme, cycle: Cycle) -> Iterator[Member]:
    """The parts of one person, each with its days and a name of its own; mostly there is one."""
    titles = {role.name: role.title for role in scheme.roles}
    roles = [one.contract.role for one in made]
    left = made[-1].appraisee.left_on
    stays = left is None or left >= cycle.period.last_day
    for part, one in enumerate(made):
        title = titles[one.contract.role] if len(made) > 1 else ""
        again = f"{_begins(one):%Y-%m} 起" if roles.count(one.contract.role) > 1 else ""
        subject = _subject(one.person, [number, title, again])
        named = replace(one, subject=subject, part=part, parts=len(made))
        if part + 1 < len(made):
            over = _begins(made[part + 1]) - timedelta(days=1)
            named = replace(named, until=min(over, one.until or over), goes_on=stays)
        yield named


def _begins(part: Member) -> date:
    return part.contracts[0].term.start


def _has_pools(scheme: Scheme) -> bool:
    """Whether people share pools by their grade: the post, as contracts name it."""
    return any(isinstance(one, PoolByShare | PerPointPenalty) for one in scheme.pay)


def _subject(person: Person, words: Sequence[str]) -> Subject:
    """The name, by which derivations call people; with what tells it from others alike."""
    told = "，".join(one for one in words if one)
    return f"{person.name}（{told}）" if told else person.name


def overlapping(groups: Iterable[PayGroup], group: PayGroup) -> tuple[PayGroup, ...]:
    """Other groups of the same scheme in the same days, which differ in their parameters only."""
    return tuple(
        one
        for one in groups
        if one is not group
        and one.scheme == group.scheme
        and one.settings != group.settings
        and one.cycle.period.overlap(group.cycle.period)
    )
