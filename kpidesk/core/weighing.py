"""加权制: leaves scored 0–100, weighted into dimensions and into the total of one period."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO, less
from kpidesk.core.exempting import counted_weight, rescaled, scored_leaves, weights_of
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.scoring.leaf import NOT_ENTERED, entered_score, rated_score
from kpidesk.core.totals import NOT_THERE, Scores, scored_leaf
from kpidesk.core.weight_figures import counting


def tree(subject: Subject, context: Context, scores: Scores) -> Figure | None:
    """The exact total of the period under way; None while a score or a weight is missing."""
    points = _branches(context.scheme.indicators, subject, context, scores)
    if points is None or context.total_is_refused(subject):
        return None
    scheme = context.scheme
    leaves = scored_leaves(counting(scheme.indicators), subject, context)
    summed = rescaled(total(points, POINTS), weights_of(leaves, context), subject, context)
    if summed is None:
        return None
    if less(HUNDRED, summed.value):
        context.report(
            Code.SCORE_ABOVE_FULL,
            Effect.WARNS,
            f"总分 {show(summed.value)} 分，高于满分 100 分（条款允许单项超过满分）",
            subject=subject,
            name="total",
            period=context.when,
        )
    return summed


def _branches(
    indicators: Sequence[Indicator], subject: Subject, context: Context, scores: Scores
) -> list[Figure] | None:
    """What each contributes; None while one is missing. Those that only support are shown."""
    for one in indicators:
        if one.supports:
            with context.unasked(*NOT_THERE):
                scored_leaf(one, HUNDRED, subject, context, scores)
    return _all([_branch(one, subject, context, scores) for one in counting(indicators)])


def _branch(
    indicator: Indicator, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """What a leaf or dimension contributes to the total, noted with the dimension's score."""
    if indicator.children:
        points = _dimension(indicator, subject, context, scores)
        if points is not None:
            scores.put(f"points.{indicator.name}", points, context.when)
        return points
    if _counts(indicator, context):
        score = scored_leaf(indicator, HUNDRED, subject, context, scores)
        return _weighted(score, indicator, context)
    with context.unasked(*NOT_THERE):  # it counts nothing, so nobody misses it
        scored_leaf(indicator, HUNDRED, subject, context, scores)
    return _nothing(indicator)


def _dimension(
    indicator: Indicator, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    score = entered_score(indicator, HUNDRED, subject, context)
    if score is NOT_ENTERED:
        score = rated_score(indicator, HUNDRED, subject, context)
    if score is not NOT_ENTERED:
        with context.unasked(*NOT_THERE):  # its own score stands in their place
            _branches(indicator.children, subject, context, scores)
    elif indicator.is_divided:
        with nullcontext() if _counts(indicator, context) else context.unasked(*NOT_THERE):
            score = _divided(indicator, subject, context, scores)
    else:
        counts = _counts(indicator, context)
        with nullcontext() if counts else context.unasked(*NOT_THERE):
            below = _branches(indicator.children, subject, context, scores)
        if below is None and not counts:
            return _nothing(indicator)
        weight = context.weight(indicator)
        if below is None or weight is None:
            return None
        points = total(below, POINTS).named(f"{indicator.name}计入总分", indicator.clause)
        counted = counted_weight(indicator, weight, subject, context)
        if counted.value != ZERO:
            score = points.whole_of(counted).named(f"{indicator.name}得分", indicator.clause)
            scores.put(f"score.{indicator.name}", score, context.when)
        return points
    if score is not None:
        scores.put(f"score.{indicator.name}", score, context.when)
    elif not _counts(indicator, context):
        return _nothing(indicator)
    return _weighted(score, indicator, context)


def _divided(
    dimension: Indicator, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """The score of a dimension whose children share it, each with so many percent."""
    parts: list[Figure | None] = []
    for one in dimension.children:
        share = context.inside(one)
        free = share is not None and share.value == ZERO
        with context.unasked(*NOT_THERE) if free else nullcontext():
            score = scored_leaf(one, HUNDRED, subject, context, scores)
        if free:
            continue
        parts.append(None if score is None or share is None else score.share(share))
    there = _all(parts)
    if there is None:
        return None
    return total(there, POINTS).named(f"{dimension.name}得分", dimension.clause)


def _nothing(indicator: Indicator) -> Figure:
    return given(ZERO, POINTS, f"{indicator.name}（不计权重）")


def _counts(indicator: Indicator, context: Context) -> bool:
    """Whether it may count in the total: not where its weight is zero."""
    weight = context.weights[indicator.name]
    return weight is None or weight.value != ZERO


def _all(figures: list[Figure | None]) -> list[Figure] | None:
    """The figures; None while one is missing."""
    there = [one for one in figures if one is not None]
    return there if len(there) == len(figures) else None


def _weighted(score: Figure | None, indicator: Indicator, context: Context) -> Figure | None:
    weight = context.weight(indicator)
    if score is None or weight is None:
        return None
    return score.share(weight, f"{indicator.name}计入总分", indicator.clause)
