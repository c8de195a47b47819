"""Which periods of pay wait to be settled.

Apart from the home page's other questions: the groups of pay bring everything that computes.
"""

from __future__ import annotations

from datetime import date

from kpidesk.core.payroll.words import period_words
from kpidesk.usecases.home import NAMED, Step, Todo
from kpidesk.usecases.pay.viewing import list_groups
from kpidesk.usecases.session import Company


def pay_to_settle(company: Company, *, today: date) -> Todo:
    """The periods of pay that are over and not settled, the earliest first."""
    waiting = sorted(
        (
            (period.days.end, row, period)
            for row in list_groups(company)
            for period in row.periods
            if period.days.end <= today and period.key not in row.closed
        ),
        key=lambda one: (one[0], one[1].title),
    )
    names = [f"{row.title} {period_words(x.key, row.ref.cycle)}" for _, row, x in waiting]
    if not waiting:
        return Todo(Step.PAY, 0, ())
    since, row, period = waiting[0]
    where = (row.ref, period.key)
    return Todo(Step.PAY, len(waiting), tuple(names[:NAMED]), since=since, where=where)
