"""Points for new customers against a plan (新客户开发)."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, Unit, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.rules import CustomerMode, NewCustomers, Steps
from kpidesk.core.scoring.steps import STEP, count_steps


def new_customers(
    rule: NewCustomers, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Each customer above plan adds a point, each full `down_step` below takes one, floor 0.

    Plan-based: full points at plan. From zero: a point per new customer, capped at full points.
    """
    plan = context.number(subject, rule.plan)
    actual = context.number(subject, rule.actual)
    size = context.amount(rule.down_step, _unit(rule, context), "每低", indicator.clause)
    if plan is None or actual is None or size is None:
        return None
    if plan.value <= ZERO:
        context.report(
            Code.ZERO_TARGET,
            Effect.WARNS,
            f"“{indicator.name}”的{plan.label}为 {show(plan.value)}，请核对是否漏填",
            subject=subject,
            name=rule.plan,
            period=context.when,
        )
    if actual.value <= ZERO:
        context.touch(Aspect.NOTHING_ACHIEVED)
    from_zero = context.word(rule.mode) == CustomerMode.FROM_ZERO
    each = given(1, Unit(POINTS.name, actual.unit.name), "每新增一户", indicator.clause)
    points = actual * each if from_zero else given(full, POINTS, "满分", indicator.clause)
    if actual.value < plan.value:
        context.touch(Aspect.BELOW_PLAN)
        steps = count_steps((plan - actual).named("低于计划"), size, Steps.WHOLE)
        off = given(1, Unit(POINTS.name, STEP.name), "每档扣", indicator.clause)
        points = points - (steps * off).named("扣分")
    elif from_zero:
        points = points.because(plan)
    elif actual.value > plan.value:
        more = (actual - plan).named("超过计划")
        points = points + (_full_customers(more) * each).named("加分")
    else:
        points = points.because(actual, plan)
    if points.value < ZERO:
        return points.named("扣分后").at_least(given(ZERO, POINTS, "最低分", indicator.clause))
    cap = context.limit(rule.cap, POINTS, "最高分", indicator.clause)
    if from_zero and (cap is None or cap.value > full):
        cap = given(full, POINTS, "满分", indicator.clause)
    if cap is not None and points.value > cap.value:
        return points.named("加分后").at_most(cap)
    return points


def _full_customers(more: Figure) -> Figure:
    """Only whole customers count, also above a plan that is not a whole number."""
    whole = more.whole()
    return more if whole.value == more.value else whole.named("超过计划的整户数")


def _unit(rule: NewCustomers, context: Context) -> Unit:
    return Unit(context.known[rule.actual].unit)
