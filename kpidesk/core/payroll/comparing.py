"""A run beside the one before it: how the total moved, and whose pay moved it most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpidesk.core.exact import ZERO, Number, add, size, subtract, sum_of
from kpidesk.core.facts import Subject
from kpidesk.core.payroll.books import paid_lines
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.results import Evaluation


@dataclass(frozen=True, slots=True)
class Change:
    """Whose sum moved: None where nothing was paid. `line` names what moved it most, by `by`."""

    subject: Subject
    before: Number | None
    now: Number | None
    line: str
    by: Number

    @property
    def moved(self) -> Number:
        """By how much the sum moved."""
        return subtract(self.now or ZERO, self.before or ZERO)


@dataclass(frozen=True, slots=True)
class Compared:
    """The totals of two runs, and every change, the biggest first."""

    period: PayPeriod
    before: Number
    now: Number
    changes: tuple[Change, ...]

    @property
    def moved(self) -> Number:
        """By how much the total moved."""
        return subtract(self.now, self.before)


def previous(group: PayGroup, period: PayPeriod) -> PayPeriod | None:
    """The period of the same length before one."""
    same = [one for one in group.periods() if one.grain is period.grain]
    place = next((n for n, one in enumerate(same) if one.key == period.key), 0)
    return same[place - 1] if place else None


def lines_by_name(
    group: PayGroup, evaluation: Evaluation, period: PayPeriod, who: Subject
) -> dict[str, Number]:
    """What somebody is paid in a period, by the line; not what is paid back apart."""
    found: dict[str, Number] = {}
    for one in paid_lines(group, evaluation, period, who):
        if not one.apart:
            title = one.result.title.replace(f"（{period.key}）", "")
            found[title] = add(found.get(title, ZERO), one.figure.value)
    return found


def compare(group: PayGroup, evaluation: Evaluation, period: PayPeriod) -> Compared | None:
    """A run beside the one before; None for the first, or where that one was not computed."""
    earlier = previous(group, period)
    if earlier is None:
        return None
    before = {
        x.subject: lines_by_name(group, evaluation, earlier, x.subject) for x in group.members
    }
    now = {x.subject: lines_by_name(group, evaluation, period, x.subject) for x in group.members}
    if not any(before.values()):
        return None
    changes = [_change(who, lines, now[who]) for who, lines in before.items() if lines != now[who]]
    changes = [one for one in changes if one.moved]
    return Compared(
        earlier,
        _all(before),
        _all(now),
        tuple(sorted(changes, key=lambda one: size(one.moved), reverse=True)),
    )


def _change(who: Subject, before: dict[str, Number], now: dict[str, Number]) -> Change:
    moved = {
        title: subtract(now.get(title, ZERO), before.get(title, ZERO))
        for title in dict.fromkeys((*now, *before))
    }
    line = max(moved, key=lambda title: size(moved[title]))
    return Change(who, _sum(before), _sum(now), line, moved[line])


def _all(lines: Mapping[Subject, Mapping[str, Number]]) -> Number:
    return sum_of(amount for one in lines.values() for amount in one.values())


def _sum(lines: Mapping[str, Number]) -> Number | None:
    return sum_of(lines.values()) if lines else None
