"""Points by a formula."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure
from kpidesk.core.findings import Code, Effect
from kpidesk.core.formula.apply import Use, apply
from kpidesk.core.formula.in_scheme import scoring_scope
from kpidesk.core.formula.place import Place
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import Grain
from kpidesk.core.scoring.rules import Formula


def by_formula(
    rule: Formula, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """The points that the formula gives; points below zero are reported, not recorded."""
    use = Use(
        indicator.name,
        f"score.{indicator.name}",
        POINTS,
        scoring_scope(context.scheme, indicator.name),
        context.scored,
        full,
        indicator.clause,
    )
    stage = context.stage
    grain = context.scheme.stages if stage and context.scheme.stages else Grain.CYCLE
    points = apply(rule.expression, use, Place(subject, grain, stage), context)
    if points is None or points.value >= ZERO:
        return points
    context.report(
        Code.SCORE_OUT_OF_RANGE,
        Effect.WITHHOLDS,
        f"“{indicator.name}”按公式得 {show(points.value)} 分，低于零分；"
        "请核对数据，或在公式里写 最大(…，0)",
        subject=subject,
        name=f"score.{indicator.name}",
        period=context.when,
    )
    return None
