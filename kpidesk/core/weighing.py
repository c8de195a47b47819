"""加权制: leaves scored 0–100, weighted into dimensions and into the total of one period."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, total
from kpidesk.core.indicator import Indicator
from kpidesk.core.scoring.leaf import NOT_ENTERED, entered_score
from kpidesk.core.totals import NOT_THERE, Scores, scored_leaf


def tree(subject: Subject, context: Context, scores: Scores) -> Figure | None:
    """The exact total of the period under way; None while a score is missing."""
    points = _all([_branch(one, subject, context, scores) for one in context.scheme.indicators])
    return None if points is None else total(points, POINTS)


def _branch(
    indicator: Indicator, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """What a leaf or dimension contributes to the total, noted with the dimension's score."""
    weight = context.weights[indicator.name]
    if not indicator.children:
        if weight.value != ZERO:
            score = scored_leaf(indicator, HUNDRED, subject, context, scores)
            return _weighted(score, indicator, weight)
        with context.unasked(*NOT_THERE):  # it counts nothing, so nobody misses it
            scored_leaf(indicator, HUNDRED, subject, context, scores)
        return given(ZERO, POINTS, f"{indicator.name}（不计权重）")
    by_hand = entered_score(indicator, HUNDRED, subject, context)
    if by_hand is NOT_ENTERED:
        below = _all([_branch(one, subject, context, scores) for one in indicator.children])
        points = None if below is None else _sum(below, indicator)
        if points is not None and weight.value != ZERO:
            score = points.whole_of(weight).named(f"{indicator.name}得分", indicator.clause)
            scores.put(f"score.{indicator.name}", score, context.when)
    else:
        with context.unasked(*NOT_THERE):  # its own score stands in their place
            for one in indicator.children:
                _branch(one, subject, context, scores)
        if by_hand is not None:
            scores.put(f"score.{indicator.name}", by_hand, context.when)
        points = _weighted(by_hand, indicator, weight)
    if points is not None:
        scores.put(f"points.{indicator.name}", points, context.when)
    return points


def _all(figures: list[Figure | None]) -> list[Figure] | None:
    """The figures; None while one is missing."""
    there = [one for one in figures if one is not None]
    return there if len(there) == len(figures) else None


def _weighted(score: Figure | None, indicator: Indicator, weight: Figure) -> Figure | None:
    if score is None:
        return None
    return score.share(weight).named(f"{indicator.name}计入总分", indicator.clause)


def _sum(points: list[Figure], indicator: Indicator) -> Figure:
    return total(points, POINTS).named(f"{indicator.name}计入总分", indicator.clause)
