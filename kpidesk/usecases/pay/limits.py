"""What a change of a figure of pay runs into: settled periods, and figures that live elsewhere."""

from __future__ import annotations

from kpidesk.core.payroll.group import PayGroup
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import facts_of


def on_sheets(scheme: Scheme) -> frozenset[str]:
    """The figures that live on scoring sheets: pay reads them there once scores are recorded."""
    if not scheme.is_scored:
        return frozenset()
    return frozenset(name for leaf in scheme.leaves() for name in facts_of(leaf, scheme))


def settled_over(group: PayGroup, closed: frozenset[str], days: Period) -> bool:
    """Whether a settled period rests on a figure of some days."""
    return any(
        one.key in closed
        and one.days.overlap(days)
        and (days != group.cycle.period or one.key == CYCLE)
        and (one.key != CYCLE or days == group.cycle.period)
        for one in group.periods()
    )
