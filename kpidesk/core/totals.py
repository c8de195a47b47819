"""From the leaves' scores to the total where points are summed (合计制)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kpidesk.core.aggregation import PointsSum
from kpidesk.core.context import Context
from kpidesk.core.exempting import exempt_score, handling_of, rescaled, scored_leaves
from kpidesk.core.exemption import Handling
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.leaf import NOT_ENTERED, entered_score, leaf_score

RECORDED_PLACES = 2
NOT_THERE = (Code.MISSING_FACT, Code.MISSING_PARAMETER)


@dataclass(slots=True)
class Scores:
    """What came out for one person: exact figures by result name, per period key.

    `totals` are those of stages; `rescaled` is what follows from the total of the
    cycle; `aspects` what came up, by result name and period key.
    """

    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    totals: dict[Period, Figure] = field(default_factory=dict)
    rescaled: dict[str, Figure] = field(default_factory=dict)
    aspects: dict[tuple[str, str], frozenset[Aspect]] = field(default_factory=dict)

    def touched(self, name: str, context: Context) -> None:
        """Note what came up while a result was computed; the total rests on all of it."""
        if context.aspects:
            for one in (name, "total"):
                key = (one, context.when)
                self.aspects[key] = self.aspects.get(key, frozenset()).union(context.aspects)

    def take_aspects(self, other: Scores, name: str, period: str) -> None:
        """Note that a result rests on what came up while others were computed."""
        if came_up := other.aspects.get((name, period)):
            self.aspects[name, period] = came_up

    def put(self, name: str, figure: Figure, period: str = CYCLE) -> None:
        """Note a result."""
        self.figures[name, period] = figure


def scored_leaf(
    indicator: Indicator,
    full: Decimal,
    subject: Subject,
    context: Context,
    scores: Scores,
) -> Figure | None:
    """A leaf's score in the period under way, noted with its by-products and what came up."""
    context.aspects.clear()
    context.emitted.clear()
    name = f"score.{indicator.name}"
    if (exempt := exempt_score(indicator, full, subject, context)) is not None:
        if handling_of(indicator.name, subject, context) is Handling.FULL:
            scores.put(name, exempt, context.when)
        return exempt
    points = leaf_score(indicator, full, subject, context)
    for by_product, figure in context.emitted.items():
        scores.put(by_product, figure, context.when)
    if points is not None:
        scores.put(name, points, context.when)
        if context.formulas:  # only they ask for what was scored before
            context.scored.record(subject, name, points, context.when)
        scores.touched(name, context)
    return points


def score_leaves(subject: Subject, context: Context, scores: Scores) -> None:
    """Each score, for itself; nobody misses the ones that are not there."""
    with context.unasked(*NOT_THERE):
        for one in context.scheme.walk():
            full = context.scheme.full_points(one)
            if not one.children:
                scored_leaf(one, full, subject, context, scores)
                continue
            by_hand = entered_score(one, full, subject, context)
            if by_hand is not None and by_hand is not NOT_ENTERED:
                scores.put(f"score.{one.name}", by_hand)


def sum_points(
    rule: PointsSum, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """合计制: the total of all leaves, or None while one is missing."""
    leaves = tuple(context.scheme.leaves())
    points = [_points_of(one, subject, context, scores) for one in context.scheme.indicators]
    full = total([given(one.points, POINTS, f"{one.name}满分") for one in leaves], POINTS).named(
        "满分合计", rule.clause
    )
    scores.put("full_points", full)
    if full.value != rule.declared:
        context.report(
            Code.POINTS_NOT_100,
            Effect.WARNS,
            f"各指标满分合计 {show(full.value)} 分，与表头的 {rule.declared:f} 分不符，"
            "按各指标满分计算",
            name="full_points",
            period=CYCLE,
        )
    there = [one for one in points if one is not None]
    if len(there) < len(points) or context.total_is_refused(subject):
        return None
    summed = total([leaf for one in there for leaf in one], POINTS).named("总分", rule.clause)
    parts = {
        one.name: given(one.points, POINTS, f"{one.name}满分").percent_of(full)
        for one in scored_leaves(context.scheme.indicators, subject, context)
    }
    spread = rescaled(summed, parts, subject, context)
    if spread is None:
        return None
    summed = spread
    if summed.value > full.value:
        context.report(
            Code.SCORE_ABOVE_FULL,
            Effect.WARNS,
            f"总分{show(summed.value)} 分，高于满分合计 {show(full.value)} 分",
            subject=subject,
            name="total",
            period=CYCLE,
        )
    if context.flag(rule.normalise):
        scores.rescaled["total_of_100"] = summed.out_of_100(full).named("折算百分制", rule.clause)
    return summed


def _points_of(
    indicator: Indicator, subject: Subject, context: Context, scores: Scores
) -> list[Figure] | None:
    """The points of the leaves below, or the dimension's own where it was scored in their place."""
    if not indicator.children:
        points = scored_leaf(indicator, indicator.points, subject, context, scores)
        return None if points is None else [points]
    by_hand = entered_score(indicator, indicator.points, subject, context)
    if by_hand is not NOT_ENTERED:
        with context.unasked(*NOT_THERE):
            for one in indicator.children:
                _points_of(one, subject, context, scores)
        if by_hand is None:
            return None
        scores.put(f"score.{indicator.name}", by_hand)
        return [by_hand]
    below = [_points_of(one, subject, context, scores) for one in indicator.children]
    there = [one for one in below if one is not None]
    return [leaf for one in there for leaf in one] if len(there) == len(below) else None
