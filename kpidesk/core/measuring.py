"""How a measure's figure is made from facts."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import DAYS, Figure, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Growth, GrowthBase, Increase, Input, Measure, Ratio
from kpidesk.core.period import Grain, Period
from kpidesk.core.scheme import Aspect


def measure(
    what: Measure, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    """The measured figure, or None with what is missing reported."""
    match what:
        case Input(fact):
            return context.number(subject, fact)
        case Ratio(actual, plan):
            return _ratio(actual, plan, indicator, subject, context)
        case Increase(fact):
            return _increase(fact, indicator, subject, context)
        case Growth():
            return _growth(what, indicator, subject, context)
        case Absence():
            return _absence(what, indicator, subject, context)
        case _:
            assert_never(what)


def required_days(what: Absence, indicator: Indicator, context: Context) -> Figure | None:
    """应出勤天数: days of the calendar month less the rest days."""
    days = given(context.cycle.period.days, DAYS, "本月总天数")
    rest = context.amount(what.rest_days, DAYS, "休息天数", indicator.clause)
    return (days - rest).named("应出勤天数", indicator.clause) if rest else None


def increase_periods(context: Context) -> tuple[Period, Period]:
    """The quarter that the cycle starts in, and the one before."""
    quarter = Period.containing(context.cycle.period.start, Grain.QUARTER)
    return quarter, quarter.before()


def _ratio(
    actual_name: str, plan_name: str, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    plan = context.number(subject, plan_name)
    actual = context.number(subject, actual_name)
    if plan is None or actual is None:
        return None
    if plan.value <= ZERO:
        context.report(
            Code.ZERO_TARGET,
            Effect.WITHHOLDS,
            f"“{indicator.name}”的{plan.label}为 {show(plan.value)}，不能作除数计算完成率，"
            "请填写大于零的目标",
            subject=subject,
            name=plan_name,
            period=context.when,
        )
        return None
    if actual.value <= ZERO:
        context.touch(Aspect.NOTHING_ACHIEVED)
    return actual.percent_of(plan).named(indicator.name, indicator.clause)


def _increase(fact: str, indicator: Indicator, subject: Subject, context: Context) -> Figure | None:
    now, before = increase_periods(context)
    current = context.number(subject, fact, now)
    earlier = context.number(subject, fact, before)
    if current is None or earlier is None:
        return None
    if current.value <= ZERO:
        context.touch(Aspect.NOTHING_ACHIEVED)
    return (current - earlier).named("比上季增加", indicator.clause)


def _growth(
    what: Growth, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    previous = context.word(what.base) == GrowthBase.PREVIOUS_PERIOD
    base_period = context.period.before() if previous else context.period.year_before()
    current = context.number(subject, what.fact)
    base = context.number(subject, what.fact, base_period)
    if current is None or base is None:
        return None
    if base.value <= ZERO:
        context.report(
            Code.ZERO_BASE if base.value == ZERO else Code.NEGATIVE_BASE,
            Effect.WITHHOLDS,
            f"“{indicator.name}”的{base.label}为 {show(base.value)}，不能作基数计算增长率，"
            "请填写大于零的数字，或直接填写得分",
            subject=subject,
            name=what.fact,
            period=base_period.key,
        )
        return None
    more = (current - base).named("增加")
    return more.percent_of(base).named(f"{indicator.name}增长率", indicator.clause)


def _absence(
    what: Absence, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    required = required_days(what, indicator, context)
    present = context.number(subject, what.present)
    if required is None or present is None:
        return None
    absent = (required - present).named("缺勤天数", indicator.clause)
    if absent.value >= ZERO:
        return absent
    return absent.at_least(given(ZERO, DAYS, "全勤")).named("缺勤天数", indicator.clause)
