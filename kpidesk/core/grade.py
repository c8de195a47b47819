"""From a total to its grade, with the readings of what lies between the printed ranges."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.aggregation import EnteredTotal
from kpidesk.core.context import Context
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.grading import GradeScale
from kpidesk.core.scheme import Aspect


@dataclass(frozen=True, slots=True)
class Graded:
    """A total that may stand, and its grade with the bound that it reached."""

    total: Figure
    grade: str
    basis: Figure


def grade(
    scale: GradeScale, exact: Figure, recorded: Figure, subject: Subject, context: Context
) -> Graded | None:
    """The grade of a total, or None when the total is outside the scale and refused.

    An entered total outside the scale is refused or moved to the nearest end as the parameter
    says; a computed one (points above full) keeps its value and gets the grade of the end.
    """
    basis = recorded if context.word(scale.grade_on) == "recorded" else exact
    entered = isinstance(context.scheme.aggregation, EnteredTotal)
    total = recorded
    if not scale.least <= basis.value <= scale.most:
        context.touch(Aspect.OUT_OF_RANGE)
        if entered and context.word(scale.out_of_range) == "reject":
            context.report(
                Code.SCORE_OUT_OF_RANGE,
                Effect.WITHHOLDS,
                f"得分 {show(basis.value)} 不在 {scale.least:f}–{scale.most:f} 分的等级范围内，"
                "没有等级，请更正得分",
                subject=subject,
                name="total",
                period=context.when,
            )
            return None
        end = scale.most if basis.value > scale.most else scale.least
        context.report(
            Code.SCORE_CLAMPED,
            Effect.WARNS,
            f"得分 {show(basis.value)} 不在 {scale.least:f}–{scale.most:f} 分的等级范围内，"
            f"按 {end:f} 分定等级",
            subject=subject,
            name="total",
            period=context.when,
        )
        bound = given(end, POINTS, "等级范围的端点", scale.clause)
        basis = basis.at_most(bound) if basis.value > end else basis.at_least(bound)
        basis = basis.named("定等级的得分", scale.clause)
        if entered:
            total = basis.named("总分").rounded(2)
    if context.word(scale.gap_policy) == "round_integer":
        basis = basis.named("定等级的得分", scale.clause).rounded(0)
    band = scale.bands.find(basis.value)
    if band is None:
        first = scale.bands.rows[0]
        context.report(
            Code.SCORE_OUT_OF_RANGE,
            Effect.WITHHOLDS,
            f"得分 {show(basis.value)} 够不到最低的等级“{first.value}”（{show(first.at)} 分起），"
            "没有等级；请补全方案的等级",
            subject=subject,
            name="total",
            period=context.when,
        )
        return None
    reached = basis.looked_up(band.at, POINTS, scale.clause).named(f"“{band.value}”的下限")
    return Graded(total, band.value, reached)
