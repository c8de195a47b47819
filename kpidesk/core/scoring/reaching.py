"""Full points for what was asked, less for less (达标得满分，不达标递减)."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO, less
from kpidesk.core.facts import Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, Unit, given, total
from kpidesk.core.indicator import Indicator
from kpidesk.core.measuring import measure
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.proportion import proportion
from kpidesk.core.scoring.rules import (
    AllConform,
    Decay,
    ProportionalClamped,
    ReachOrDecay,
    Steps,
    TeamDecay,
)
from kpidesk.core.scoring.steps import STEP, count_steps

ITEM = Unit("项")


def reach(
    rule: ReachOrDecay | AllConform | ProportionalClamped,
    indicator: Indicator,
    full: Decimal,
    subject: Subject,
    context: Context,
) -> Figure | None:
    """The points of a rule that gives full points for what was asked; None when facts lack."""
    match rule:
        case ReachOrDecay():
            return _reach_or_decay(rule, indicator, full, subject, context)
        case AllConform():
            return _conform(rule, indicator, full, subject, context)
        case ProportionalClamped():
            return proportion(rule, indicator, full, subject, context)
        case _:
            assert_never(rule)


def _reach_or_decay(
    rule: ReachOrDecay, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Full points at the target; below it in proportion, or so many points off for each step."""
    figure = measure(rule.measure, indicator, subject, context)
    if figure is not None:
        context.emit(f"actual.{indicator.name}", figure)
    target = context.amount(rule.target, PERCENT, "目标", indicator.clause)
    by_steps = context.word(rule.decay) == Decay.STEP
    each = size = None
    if by_steps:
        each = context.amount(rule.points, Unit(POINTS.name, STEP.name), "每档扣", indicator.clause)
        size = context.amount(rule.size, PERCENT, "每档", indicator.clause)
    if figure is None or target is None or (by_steps and (each is None or size is None)):
        return None
    most = given(full, POINTS, "满分", indicator.clause)
    if not less(figure.value, target.value):
        return most.because(figure, target)
    context.touch(Aspect.BELOW_PLAN)
    none = given(ZERO, POINTS, "最低分", indicator.clause)
    if each is not None and size is not None:
        missing = (target - figure).named("差距")
        off = (count_steps(missing, size, Steps(context.word(rule.steps))) * each).named("扣分")
        points = most - off
        return points.named("扣分后").at_least(none) if less(points.value, ZERO) else points
    if figure.value <= ZERO or target.value <= ZERO:
        return none.because(figure, target)
    return most.share(figure.percent_of(target).named("达成目标的比例"))


def _conform(
    rule: AllConform, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Full points when every requirement is met; else the share that is, or nothing."""
    marks: list[Figure] = []
    for name in rule.facts:
        fact = context.entered(subject, name)
        if fact is None or not isinstance(fact.value, bool):
            context.missing(subject, name)
            continue
        said = "符合要求" if fact.value else "不符合要求"
        label = f"{context.known[name].label}：{said}"
        marks.append(given(int(fact.value), ITEM, label, indicator.clause, fact.origin))
    if len(marks) < len(rule.facts):
        return None
    most = given(full, POINTS, "满分", indicator.clause)
    met = total(marks, ITEM).named("符合要求的项数")
    if met.value == len(marks):
        return most.because(met)
    context.touch(Aspect.BELOW_PLAN)
    if context.word(rule.decay) == TeamDecay.ALL_OR_NOTHING:
        return given(ZERO, POINTS, "未全部符合要求", indicator.clause).because(met)
    share = met.percent_of(given(len(marks), ITEM, "要求的项数", indicator.clause))
    return most.share(share.named("符合要求的比例"))
