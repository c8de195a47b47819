"""Targets split evenly over the months of the cycle."""

from __future__ import annotations

from kpidesk.core.figure import RATIO, YUAN, given
from kpidesk.core.paying.rules import EvenTarget
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Grain
from kpidesk.core.splits import split_figure


def split_target_evenly(rule: EvenTarget, run: PayRun) -> None:
    """Each person's target of each month; the months add to the target, earlier ones get more."""
    if run.context.word(rule.mode) != "even":
        return
    whole = run.context.amount(rule.target, YUAN, "全年目标", rule.clause)
    if whole is None:
        return
    months = run.periods(Grain.MONTH)
    share = given(1, RATIO, f"{len(months)} 个月平均")
    parts = split_figure(whole.rounded(2), [share] * len(months))
    for person in run.people:
        for month, part in zip(months, parts, strict=True):
            if person.in_service(month):
                named = part.named(f"{month.key} {rule.label}", rule.clause)
                run.board.record(person.key, rule.result, named, month.key)
