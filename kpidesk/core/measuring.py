"""How a measure's figure is made from facts."""

from __future__ import annotations

from typing import Protocol, assert_never

from kpidesk.core.context import Context
from kpidesk.core.cycles import compared_period
from kpidesk.core.exact import HUNDRED, ZERO, divide, multiply
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import DAYS, PERCENT, Figure, Op, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.measures import (
    Absence,
    Growth,
    GrowthBase,
    Increase,
    Measure,
    Metric,
    Proportion,
    Ratio,
    Whole,
)
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.scheme import Aspect


class Named(Protocol):
    """What a figure is measured for: an indicator, or a result of its own."""

    @property
    def name(self) -> str:
        """Its Chinese name."""

    @property
    def clause(self) -> str:
        """The source rule it stands in."""


def measure(what: Measure, what_for: Named, subject: Subject, context: Context) -> Figure | None:
    """The measured figure, or None with what is missing reported."""
    match what:
        case Ratio(actual, plan):
            compared = against_target(actual, plan, what_for, subject, context)
            return _ratio(*compared, what_for, context) if compared else None
        case Proportion():
            return _proportion(what, what_for, subject, context)
        case Increase(fact):
            return _increase(fact, what_for, subject, context)
        case Growth():
            return _growth(what, what_for, subject, context)
        case Absence():
            return _absence(what, what_for, subject, context)
        case _:
            assert_never(what)


def required_days(what: Absence, what_for: Named, context: Context) -> Figure | None:
    """应出勤天数: days of the calendar month less the rest days."""
    days = given(context.cycle.period.days, DAYS, "本月总天数")
    rest = context.amount(what.rest_days, DAYS, "休息天数", what_for.clause)
    return (days - rest).named("应出勤天数", what_for.clause) if rest else None


def increase_periods(context: Context) -> tuple[Period, Period]:
    """The quarter that the cycle starts in, and the one before."""
    quarter = Period.containing(context.cycle.period.start, Grain.QUARTER)
    return quarter, quarter.before()


def metric(what: Metric, subject: Subject, context: Context) -> Figure | None:
    """A result that is a figure: as entered under its own name, else made from its facts."""
    if what.result in context.known and context.entered(subject, what.result):
        figure = context.number(subject, what.result)
    else:
        figure = measure(what.measure, what, subject, context)
    return figure.named(what.name, what.clause) if figure else None


def against_target(
    actual_name: str, plan_name: str, what_for: Named, subject: Subject, context: Context
) -> tuple[Figure, Figure] | None:
    """The actual figure (entered, or a metric) and its target, which must be above zero."""
    plan = context.number(subject, plan_name)
    made = context.scheme.metric(actual_name)
    actual = metric(made, subject, context) if made else context.number(subject, actual_name)
    if plan is None or actual is None:
        return None
    if plan.value <= ZERO:
        context.report(
            Code.ZERO_TARGET,
            Effect.WITHHOLDS,
            f"“{what_for.name}”的{plan.label}为 {show(plan.value)}，不能作除数计算完成率，"
            "请填写大于零的目标",
            subject=subject,
            name=plan_name,
            period=context.when,
        )
        return None
    return actual, plan


def _ratio(actual: Figure, plan: Figure, what_for: Named, context: Context) -> Figure:
    if actual.value <= ZERO:
        context.touch(Aspect.NOTHING_ACHIEVED)
    return actual.percent_of(plan, what_for.name, what_for.clause)


def _proportion(
    what: Proportion, what_for: Named, subject: Subject, context: Context
) -> Figure | None:
    part = context.number(subject, what.part)
    whole = context.number(subject, what.whole)
    if part is None or whole is None:
        return None
    if context.word(what.of) == Whole.TOTAL:
        whole = (part + whole).named(f"{part.label}与{whole.label}合计", what_for.clause)
    if whole.value <= ZERO:
        context.report(
            Code.ZERO_DENOMINATOR,
            Effect.WITHHOLDS,
            f"“{what_for.name}”的{whole.label}为 {show(whole.value)}，不能作除数，没有比率；"
            "请核对是否漏填",
            subject=subject,
            name=what.whole,
            period=context.when,
        )
        return None
    # The source compares counts of different things: complaints with customers.
    value = divide(multiply(part.value, HUNDRED), whole.value)
    return Figure(value, PERCENT, Op.PERCENT_OF, (part, whole), what_for.name, what_for.clause)


def _increase(fact: str, what_for: Named, subject: Subject, context: Context) -> Figure | None:
    now, before = increase_periods(context)
    current = context.number(subject, fact, now)
    earlier = context.number(subject, fact, before)
    if current is None or earlier is None:
        return None
    if current.value <= ZERO:
        context.touch(Aspect.NOTHING_ACHIEVED)
    return (current - earlier).named("比上季增加", what_for.clause)


def _growth(what: Growth, what_for: Named, subject: Subject, context: Context) -> Figure | None:
    scheme, cycle, known = context.scheme, context.cycle.period, context.known[what.fact]
    now = context.stage or compared_period(scheme, context.settings, cycle, known)
    previous = context.word(what.base) == GrowthBase.PREVIOUS_PERIOD
    base_period = now.before() if previous else now.year_before()
    whole = now == cycle and CYCLE in context.facts.periods(subject, what.fact)
    current = context.number(subject, what.fact, None if whole else now)
    base = context.number(subject, what.fact, base_period)
    if current is None or base is None:
        return None
    current = current.named(f"{known.label}（{now.key}）")
    if base.value <= ZERO:
        context.report(
            Code.ZERO_BASE if base.value == ZERO else Code.NEGATIVE_BASE,
            Effect.WITHHOLDS,
            f"“{what_for.name}”的{base.label}为 {show(base.value)}，不能作基数计算增长率，"
            "请填写大于零的数字，或直接填写得分",
            subject=subject,
            name=what.fact,
            period=base_period.key,
        )
        return None
    more = (current - base).named("增加")
    rate = what_for.name if what_for.name.endswith("率") else f"{what_for.name}增长率"
    return more.percent_of(base, rate, what_for.clause)


def _absence(what: Absence, what_for: Named, subject: Subject, context: Context) -> Figure | None:
    required = required_days(what, what_for, context)
    present = context.number(subject, what.present)
    if required is None or present is None:
        return None
    absent = (required - present).named("缺勤天数", what_for.clause)
    if absent.value >= ZERO:
        return absent
    return absent.at_least(given(ZERO, DAYS, "全勤")).named("缺勤天数", what_for.clause)
