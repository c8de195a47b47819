"""What dated lines add up to: a person's own, and the parts of the team's that are theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from kpidesk.core.event_kinds import EventKind
from kpidesk.core.facts import TEAM, Event, Fact, Facts, Subject
from kpidesk.core.figure import PERCENT, Figure, Unit, given
from kpidesk.core.period import Period
from kpidesk.core.splits import split_figure


def has_ledger(facts: Facts, subject: Subject) -> bool:
    """Whether a person's dated lines are all there is: a period without a line is zero."""
    if subject == TEAM:
        return False
    shared = facts.ledgers.get(TEAM, ())
    return subject in facts.ledgers or any(subject in dict(one.shares) for one in shared)


def has_lines(facts: Facts, subject: Subject, kinds: Collection[str], days: Period) -> bool:
    """Whether a person has a dated line of some kinds in a period, or a share of the team's."""
    own = facts.ledgers.get(subject, ())
    shared = (one for one in facts.ledgers.get(TEAM, ()) if subject in dict(one.shares))
    return any(one.kind in kinds and one.on in days for one in (*own, *shared))


def fed_lines(
    facts: Facts, subject: Subject, kinds: Sequence[EventKind], unit: Unit
) -> Iterator[tuple[Event, Figure]]:
    """The lines of these kinds that a person has, each with their amount of it."""
    for kind in kinds:
        yield from _amounts(facts.ledgers.get(subject, ()), kind, unit)
        shared = [one for one in facts.ledgers.get(TEAM, ()) if subject in dict(one.shares)]
        for line, whole in _amounts(shared, kind, unit):
            yield line, _part(line, whole, subject)


def stated(facts: Iterable[Fact], label: str, unit: Unit) -> Iterator[Figure]:
    """Figures that were given in place of lines, each named after its period."""
    yield from (
        given(one.value, unit, f"{label}（{one.period}）", "", one.origin)
        for one in facts
        if isinstance(one.value, Decimal)
    )


def _amounts(lines: Iterable[Event], kind: EventKind, unit: Unit) -> Iterator[tuple[Event, Figure]]:
    for line in lines:
        amount = line.value(kind.amount)
        if line.kind == kind.name and isinstance(amount, Decimal):
            yield line, given(amount, unit, f"{line.on} {kind.label}", "", line.origin)


def _part(line: Event, whole: Figure, subject: Subject) -> Figure:
    """A person's part of a line of the team; the parts of all add to the line."""
    shares = [given(one, PERCENT, f"{person} 的比例") for person, one in line.shares]
    parts = split_figure(whole.rounded(2), shares)
    place = [person for person, _ in line.shares].index(subject)
    return parts[place].named(f"{whole.label}（分得）")
