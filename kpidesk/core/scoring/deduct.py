"""扣分法: full points less what is taken off, not below zero."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import DAYS, POINTS, Figure, Unit, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.measuring import measure, required_days
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.rules import Beyond, Deduction, PerUnit, RangeTable, Steps
from kpidesk.core.scoring.steps import in_steps


def deduct(
    rule: Deduction, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """Full points less every deduction; None while one of them lacks a fact."""
    points = given(full, POINTS, "满分", indicator.clause)
    complete = True
    for item in rule.items:
        match item:
            case PerUnit():
                off = _per_unit(item, indicator, subject, context)
            case RangeTable():
                off = _by_range(item, indicator, full, subject, context)
            case _:
                assert_never(item)
        if off is None:
            complete = False
        else:
            points = points - off
    if not complete:
        return None
    if points.value < ZERO:
        return points.named("扣分后").at_least(given(ZERO, POINTS, "最低分", indicator.clause))
    return points


def _per_unit(
    item: PerUnit, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    if (required := required_days(item.measure, indicator, context)) is not None:
        context.emit("required_days", required)
    missing = measure(item.measure, indicator, subject, context)
    if missing is None:
        return None
    each = given(item.points, Unit(POINTS.name, DAYS.name), "每天扣", indicator.clause)
    days = in_steps(missing, Steps(context.word(item.steps)))
    counted = missing if days.value == missing.value else days.named("计扣天数")
    return (counted * each).named("缺勤扣分", indicator.clause)


def _by_range(
    item: RangeTable, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    count = context.number(subject, item.fact)
    if count is None:
        return None
    clause = item.clause or indicator.clause
    for row in item.ranges:
        if row.least <= count.value <= row.most:
            return count.looked_up(row.points, POINTS, clause).named(f"{count.label}扣分")
    if count.value < item.ranges[0].least:
        return count.looked_up(ZERO, POINTS, clause).named(f"{count.label}扣分")
    last = item.ranges[-1]
    context.touch(Aspect.BEYOND_TABLE)
    context.report(
        Code.BEYOND_TABLE,
        Effect.WARNS,
        f"“{indicator.name}”的{count.label} {count.value:f} 超过条款列出的最高一档({last.most:f})，"
        "原文没有规定，已按方案参数处理",
        subject=subject,
        name=item.fact,
        period=context.when,
    )
    beyond = Beyond(context.word(item.beyond))
    match beyond:
        case Beyond.LAST_TIER:
            points = last.points
        case Beyond.NEXT_TIER:
            points = last.points + _tier(item)
        case Beyond.ZERO:
            points = full
        case _:
            assert_never(beyond)
    return count.looked_up(points, POINTS, clause).named(f"{count.label}扣分")


def _tier(item: RangeTable) -> Decimal:
    """What one tier more takes off: the step between the last two printed tiers."""
    if len(item.ranges) == 1:
        return item.ranges[0].points
    return item.ranges[-1].points - item.ranges[-2].points
