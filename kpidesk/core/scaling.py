"""加权换算: scores out of a small full score, weighted, and shown on several scales."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.aggregation import WeightedScaled
from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.exempting import rescaled, weights_of
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, total
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Board
from kpidesk.core.totals import NOT_THERE, Scores, scored_leaf

RAW_PLACES = 4


def scale(
    rule: WeightedScaled, subject: Subject, context: Context, scores: Scores, board: Board
) -> tuple[Figure, Figure] | None:
    """The total out of 100 and the figure that is graded; None while a score is missing.

    F = Σ score × weight ÷ 100 keeps 4 decimals on the sheet; the other scales are F times a
    constant, computed from the exact F.
    """
    parts = [_part(one, rule, subject, context, scores) for one in context.scheme.leaves()]
    there = [one for one in parts if one is not None]
    if len(there) < len(parts) or context.total_is_refused(subject):
        return None
    weights = weights_of(context.scheme.leaves(), context)
    summed = total(there, POINTS).named("评定得分", rule.clause)
    raw = rescaled(summed, weights, subject, context)
    if raw is None:
        return None
    board.record(subject, "weighted_score", raw, places=RAW_PLACES)
    shown = _times(raw, rule, "绩效得分", rule.shown_full, rule.shown_clause)
    board.record(subject, "score_of_50", shown)
    percent = _times(raw, rule, "总分", HUNDRED, rule.clause)
    _advise(rule, subject, context, scores, board)
    match context.word(rule.grade_scale):
        case "fifty":
            return percent, shown
        case "raw":
            return percent, raw.rounded(RAW_PLACES)
        case _:
            return percent, percent


def _part(
    leaf: Indicator, rule: WeightedScaled, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    weight = context.weight(leaf)
    if weight is not None and weight.value == ZERO:
        with context.unasked(*NOT_THERE):  # it counts nothing, so nobody misses it
            scored_leaf(leaf, rule.full, subject, context, scores)
        return given(ZERO, POINTS, f"{leaf.name}（不计权重）")
    score = scored_leaf(leaf, rule.full, subject, context, scores)
    if score is None or weight is None:
        return None
    return score.share(weight).named(f"{leaf.name}计入总分", leaf.clause)


def _times(raw: Figure, rule: WeightedScaled, name: str, full: Decimal, clause: str) -> Figure:
    """The formula's value on a scale with another full score."""
    wanted = given(full, POINTS, f"{name}的满分", clause)
    factor = (wanted / given(rule.full, POINTS, "单项满分", rule.clause)).named("换算倍数", clause)
    return (raw * factor).named(name, clause)


def _advise(
    rule: WeightedScaled, subject: Subject, context: Context, scores: Scores, board: Board
) -> None:
    """The indicators whose score is below the threshold, in printed order."""
    threshold = context.amount(rule.advice_threshold, POINTS, "改进建议的分数线")
    if threshold is None:
        return
    low: list[Figure] = []
    names: list[str] = []
    for leaf in context.scheme.leaves():
        score = scores.figures.get((f"score.{leaf.name}", CYCLE))
        if score is not None and score.value < threshold.value:
            low.append(score)
            names.append(leaf.name)
    basis = threshold.because(*low).named("改进建议（低于分数线的指标）", rule.advice_clause)
    board.state(subject, "advice", tuple(names), basis=basis)
