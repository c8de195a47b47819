"""Which quarter of a new member has no task."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee
from kpidesk.core.paying.base_quota.rule import FreeQuarter
from kpidesk.core.period import Grain, Period


def free_quarter(rule: FreeQuarter, person: Appraisee, context: Context) -> Period | None:
    """The quarter of the entry, or the first full one, where the company counts it as free."""
    if person.hired_on is None or person.role not in rule.roles:
        return None
    quarter = Period.containing(person.hired_on, Grain.QUARTER)
    broken = person.hired_on > quarter.start
    if broken and context.word(rule.start) == "first_full_quarter":
        quarter = Period.containing(quarter.end, Grain.QUARTER)
    first_of_year = quarter.start.month == 1
    if context.word(rule.which) == "calendar_first_quarter" and not first_of_year:
        return None
    return quarter
