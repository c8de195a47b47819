"""Points for what was reached of a target (完成率计分)."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, less
from kpidesk.core.facts import Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, Op, given
from kpidesk.core.indicator import Indicator
from kpidesk.core.measuring import against_target, measure
from kpidesk.core.scoring.rules import Attainment, Direction, Method


def attain(
    rule: Attainment, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Full points × the rate of attainment, between floor and cap; None while facts lack.

    What was neither measured nor scored lacks a score.
    """
    rated = context.word(rule.method) == Method.RATED
    if rated or _is_left_out(rule, subject, context):
        context.missing(subject, f"score.{indicator.name}")
        return None
    rate = _rate(rule, indicator, subject, context)
    if rate is None:
        return None
    rate = rate.named(f"{indicator.name}完成率", indicator.clause)
    cap = context.limit(rule.cap, PERCENT, "上限", indicator.clause)
    if less(rate.value, rule.floor):
        rate = rate.at_least(given(rule.floor, PERCENT, "下限", indicator.clause))
    elif cap is not None and less(cap.value, rate.value):
        rate = rate.at_most(cap)
    return Figure(full, POINTS, Op.GIVEN, (), "满分", indicator.clause).share(rate)


def _rate(
    rule: Attainment, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    if context.word(rule.direction) == Direction.UP:
        return measure(rule.measure, indicator, subject, context)
    compared = against_target(rule.measure.actual, rule.measure.plan, indicator, subject, context)
    if compared is None:
        return None
    actual, plan = compared
    if actual.value <= plan.value:
        reached = Figure(HUNDRED, PERCENT, Op.GIVEN, (), "不高于目标", indicator.clause)
        return reached.because(actual, plan)
    return plan.percent_of(actual)


def _is_left_out(rule: Attainment, subject: Subject, context: Context) -> bool:
    """Whether nobody meant it to be measured: no target, and no actual but for its own sake."""
    actual, plan = rule.measure.actual, rule.measure.plan
    if plan not in context.optional or context.facts.periods(subject, plan):
        return False
    if context.scheme.metric(actual):
        return True
    return actual in context.optional and not context.facts.periods(subject, actual)
