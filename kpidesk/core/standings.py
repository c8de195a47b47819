"""How people and departments stand in a year: places, means, and what a report leaves in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.annual import Annual, Member, completeness, group_rate, is_small, mean_rate
from kpidesk.core.period import Cycle


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place by the mean score rate; who has the same rate has the same place."""

    place: int
    member: Member
    rate: Decimal
    before: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """In percentage points against the year before; None where there is none."""
        return None if self.before is None else self.rate - self.before


@dataclass(frozen=True, slots=True)
class Department:
    """What a department came to; `small`: its mean tells what one of its people came to."""

    name: str
    count: int
    rate: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    due: int
    recorded: int
    small: bool

    @property
    def complete(self) -> Decimal | None:
        """Recorded sheets in percent of those due."""
        return completeness(self.recorded, self.due)


def ranking(members: Sequence[Member]) -> tuple[Place, ...]:
    """Everybody with a result, the best first; by number where they are equal."""
    rated = [(rate, one) for one in members if (rate := one.rate) is not None]
    rated.sort(key=lambda pair: (-pair[0], pair[1].number))
    rates = [rate for rate, _ in rated]
    return tuple(
        Place(rates.index(rate) + 1, one, rate, mean_rate([mark.total for mark in one.earlier]))
        for rate, one in rated
    )


def departments(members: Sequence[Member]) -> tuple[Department, ...]:
    """What each department came to, in the order of the members."""
    found: dict[str, list[Member]] = {}
    for one in members:
        found.setdefault(one.department, []).append(one)
    made = []
    for name, own in found.items():
        rates = [one.rate for one in own if one.rate is not None]
        made.append(
            Department(
                name,
                len(own),
                group_rate(own),
                max(rates, default=None),
                min(rates, default=None),
                sum(len(one.due) for one in own),
                sum(len(one.marks) for one in own),
                bool(rates) and is_small(own),
            )
        )
    return tuple(made)


def narrowed(record: Annual, *, department: str = "", number: str = "") -> Annual:
    """The year of one department, or of the one person with a number, inside the company's."""
    members = tuple(
        one
        for one in record.everybody
        if department in ("", one.department) and number in ("", one.number)
    )
    return replace(record, department=department, members=members)


def compared(record: Annual) -> tuple[Member, ...]:
    """Whom a ranking is of: those in view; of one person, everybody, to tell their place."""
    if len({one.number for one in record.members}) > 1:
        return record.rated
    return tuple(one for one in record.everybody if one.marks)


def under(members: Sequence[Member], scheme: str) -> tuple[Member, ...]:
    """Those under a scheme."""
    return tuple(one for one in members if one.scheme == scheme)


def is_uneven(members: Sequence[Member]) -> bool:
    """Whether somebody's sheets of the year are of more and of fewer months."""
    lengths = ({len(Cycle(x.cycle).contract_months()) for x in one.marks} for one in members)
    return any(len(one) > 1 for one in lengths)
