"""Days by which something about each month is due."""

from __future__ import annotations

from datetime import date, timedelta

from kpidesk.core.figure import Unit, given
from kpidesk.core.paying.rules import Deadline
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain, add_months

_SATURDAY = 5
_STEPS = {"before": -1, "after": 1}


def set_deadlines(rule: Deadline, run: PayRun) -> None:
    """The due day of each month of service: that day of the month, calendar days."""
    step = _STEPS.get(run.context.word(rule.shift), 0)
    for person in run.people:
        for month in run.served(person, Grain.MONTH):
            first = add_months(month.start, rule.months)
            day = first.replace(day=rule.day)
            due = _working(day, step)
            label = f"{rule.label}的截止日" + _moved(day, due)
            basis = given(rule.day, Unit("日"), label, rule.clause)
            run.board.state(person.key, rule.result, due, month.key, basis=basis)


def _moved(day: date, due: date) -> str:
    """Why a deadline is not on its day; empty when it is."""
    if day == due:
        return ""
    weekend = "六" if day.weekday() == _SATURDAY else "日"
    return f"（{day}是周{weekend}，{'提前' if due < day else '顺延'}到工作日）"


def _working(day: date, step: int) -> date:
    """The day, or the working day before or after it; public holidays are not known here."""
    while step and day.weekday() >= _SATURDAY:
        day += timedelta(days=step)
    return day
