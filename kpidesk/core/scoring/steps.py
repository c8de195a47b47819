"""Points by steps above or below a standard."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, Unit, given
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Ratio
from kpidesk.core.measuring import measure
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.rules import Step, StepDeviation, StepGrowth, Steps
from kpidesk.core.settings import Amount

STEP = Unit("档")


def count_steps(distance: Figure, size: Figure, mode: Steps) -> Figure:
    """How many steps a distance is: whole ones, any part as one, or in proportion."""
    exactly = distance / size
    return in_steps(Figure(exactly.value, STEP, exactly.op, exactly.inputs), mode).named("档数")


def in_steps(number: Figure, mode: Steps) -> Figure:
    """The number of steps (or days) that count: whole ones, any part as one, or as it is."""
    match mode:
        case Steps.WHOLE:
            return number.whole()
        case Steps.UP:
            return number.next_whole()
        case Steps.PROPORTIONAL:
            return number
        case _:
            assert_never(mode)


def deviate(
    rule: StepDeviation, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Full points at the standard, less or more for each step away from it."""
    figure = measure(rule.measure, indicator, subject, context)
    if figure is None:
        return None
    if isinstance(rule.measure, Ratio):
        context.emit(f"attainment.{indicator.name}", figure)
    start = given(full, POINTS, "满分", indicator.clause)
    standard = given(rule.standard, figure.unit, "考核标准", indicator.clause)
    if figure.value == standard.value:
        return _between(start.because(figure), rule.floor, rule.cap, indicator, context)
    is_short = figure.value < standard.value
    step = rule.down if is_short else rule.up
    size = context.amount(step.size, figure.unit, "每档", indicator.clause)
    if size is None:
        return None
    mode = Steps(context.word(rule.steps))
    if is_short:
        short = (standard - figure).named("低于标准")
        points = start - _points(step, short, size, mode, indicator).named("扣分")
    else:
        more = (figure - standard).named("高于标准")
        points = start + _points(step, more, size, mode, indicator).named("加分")
    return _between(points, rule.floor, rule.cap, indicator, context)


def grow(
    rule: StepGrowth, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    """Points for each step of growth; a fall takes nothing away."""
    figure = measure(rule.measure, indicator, subject, context)
    size = context.amount(rule.up.size, _unit_of(rule, context), "每档", indicator.clause)
    start = context.amount(rule.start, POINTS, "起点分", indicator.clause)
    if figure is None or size is None or start is None:
        return None
    if figure.value > ZERO:
        mode = Steps(context.word(rule.steps))
        points = start + _points(rule.up, figure, size, mode, indicator).named("加分")
    else:
        points = start.because(figure)
    return _between(points, ZERO, rule.cap, indicator, context)


def _unit_of(rule: StepGrowth, context: Context) -> Unit:
    return Unit(context.known[rule.measure.fact].unit)


def _points(
    step: Step, distance: Figure, size: Figure, mode: Steps, indicator: Indicator
) -> Figure:
    steps = count_steps(distance, size, mode)
    each = given(step.points, Unit(POINTS.name, STEP.name), "每档", indicator.clause)
    return steps * each


def _between(
    points: Figure, floor: Amount, cap: Amount | str, indicator: Indicator, context: Context
) -> Figure:
    """The points kept between the item's lowest and highest score, said only where it matters."""
    least = context.limit(floor, POINTS, "最低分", indicator.clause)
    most = context.limit(cap, POINTS, "最高分", indicator.clause)
    if least is not None and points.value < least.value:
        context.touch(Aspect.AT_FLOOR)
        return points.named("扣分后").at_least(least)
    if most is not None and points.value > most.value:
        context.touch(Aspect.ABOVE_FULL)
        return points.named("加分后").at_most(most)
    return points
