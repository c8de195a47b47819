"""From the leaves' scores to the total: points summed, or a weighted tree with its stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import PERCENT, POINTS, RATIO, Figure, given, mean, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.inputs import weight_of
from kpidesk.core.period import CYCLE, Period
from kpidesk.core.scheme import Aspect, PointsSum, WeightedTree
from kpidesk.core.scoring.leaf import NOT_ENTERED, entered_score, has_rater_scores, leaf_score

RECORDED_PLACES = 2


@dataclass(slots=True)
class Scores:
    """What came out for one person: exact figures by result name, per period key."""

    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    aspects: dict[str, frozenset[Aspect]] = field(default_factory=dict)

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
    """A leaf's score of the cycle, noted with its by-products and with what came up."""
    context.aspects.clear()
    context.emitted.clear()
    points = leaf_score(indicator, full, subject, context)
    name = f"score.{indicator.name}"
    for by_product, figure in context.emitted.items():
        scores.put(by_product, figure)
    if points is not None:
        scores.put(name, points)
        scores.aspects[name] = frozenset(context.aspects)
    return points


def sum_points(
    rule: PointsSum, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """合计制: the total of all leaves, or None while one is missing."""
    leaves = tuple(context.scheme.leaves())
    points = [scored_leaf(one, one.worth, subject, context, scores) for one in leaves]
    full = total(
        [given(one.worth, POINTS, f"{one.name}满分", one.clause) for one in leaves], POINTS
    ).named("满分合计", rule.clause)
    scores.put("full_points", full)
    if full.value != rule.declared:
        context.report(
            Code.POINTS_NOT_100,
            Effect.WARNS,
            f"各指标满分合计 {full.value} 分，与表头的 {rule.declared:f} 分不符，按各指标满分计算",
            name="full_points",
            period=CYCLE,
        )
    there = [one for one in points if one is not None]
    if len(there) < len(leaves):
        return None
    summed = total(there, POINTS).named("总分", rule.clause)
    if summed.value > full.value:
        context.report(
            Code.SCORE_ABOVE_FULL,
            Effect.WARNS,
            f"总分高于满分合计 {full.value} 分",
            subject=subject,
            name="total",
            period=CYCLE,
        )
    if context.flag(rule.normalise):
        hundred = given(HUNDRED, RATIO, "100")
        scores.put("total_of_100", (summed / full * hundred * _one_point()).named("折算百分制"))
    return summed


def _one_point() -> Figure:
    return given(1, POINTS, "1分")


def weigh(rule: WeightedTree, subject: Subject, context: Context, scores: Scores) -> Figure | None:
    """加权制: the total of the cycle, with the stages rolled up as the company chose."""
    how = context.word(rule.rollup)
    needs_year_end = how in ("year_end", "mix")
    year_end: Figure | None = None
    if needs_year_end or _touched(subject, context, None):
        before = len(context.findings)
        year_end = _tree(subject, context, scores)
        if not needs_year_end:
            del context.findings[before:]
            year_end = None
    stages = _stage_totals(subject, context, scores, needed=how in ("mean", "mix"))
    if how == "year_end":
        return year_end
    if stages is None:
        return None
    if how == "mean":
        return mean(stages).named("总分", rule.clause)
    return _mix(rule, year_end, stages, context)


def _mix(
    rule: WeightedTree, year_end: Figure | None, stages: list[Figure], context: Context
) -> Figure | None:
    if rule.year_end_share is None or rule.stage_share is None:
        return None
    year_share = context.amount(rule.year_end_share, PERCENT, "年终权重")
    stage_share = context.amount(rule.stage_share, PERCENT, "季度权重")
    if year_end is None or year_share is None or stage_share is None:
        return None
    recorded = year_end.named("年终总评").rounded(RECORDED_PLACES)
    parts = [recorded.share(year_share), *(one.share(stage_share) for one in stages)]
    return total(parts, POINTS).named("总分", rule.clause)


def _stage_totals(
    subject: Subject, context: Context, scores: Scores, *, needed: bool
) -> list[Figure] | None:
    """The recorded totals of all stages; None while one lacks a score."""
    totals: list[Figure] = []
    complete = True
    grain = context.scheme.stages
    for stage in context.cycle.parts(grain) if grain else ():
        if not needed and not _touched(subject, context, stage):
            continue
        points = [_stage_points(one, subject, context, stage) for one in context.scheme.indicators]
        there = [one for one in points if one is not None]
        if len(there) < len(points):
            complete = False
            continue
        summed = total(there, POINTS).named(f"{stage.key} 总分").rounded(RECORDED_PLACES)
        scores.put("total", summed, stage.key)
        totals.append(summed)
    return totals if complete else None


def _stage_points(
    indicator: Indicator, subject: Subject, context: Context, stage: Period
) -> Figure | None:
    weight = given(weight_of(context, indicator.name), PERCENT, "权重", indicator.clause)
    if weight.value == ZERO:
        return given(ZERO, POINTS, indicator.name)
    if not indicator.children:
        score = leaf_score(indicator, HUNDRED, subject, context, stage)
        return score.share(weight).named(indicator.name) if score else None
    by_hand = entered_score(indicator, HUNDRED, subject, context, stage)
    if by_hand is not NOT_ENTERED:
        return by_hand.share(weight).named(indicator.name) if by_hand else None
    points = [_stage_points(one, subject, context, stage) for one in indicator.children]
    there = [one for one in points if one is not None]
    return total(there, POINTS).named(indicator.name) if len(there) == len(points) else None


def _tree(subject: Subject, context: Context, scores: Scores) -> Figure | None:
    points = [_branch(one, subject, context, scores) for one in context.scheme.indicators]
    there = [one for one in points if one is not None]
    return total(there, POINTS).named("总分") if len(there) == len(points) else None


def _branch(
    indicator: Indicator, subject: Subject, context: Context, scores: Scores
) -> Figure | None:
    """What a leaf or dimension contributes to the total, noted with the dimension's score."""
    weight = given(weight_of(context, indicator.name), PERCENT, "权重", indicator.clause)
    if not indicator.children:
        if weight.value == ZERO:
            return given(ZERO, POINTS, f"{indicator.name}（不计权重）")
        score = scored_leaf(indicator, HUNDRED, subject, context, scores)
        return score.share(weight).named(f"{indicator.name}计入总分") if score else None
    by_hand = entered_score(indicator, HUNDRED, subject, context)
    if by_hand is None:
        return None
    if by_hand is not NOT_ENTERED:
        scores.put(f"score.{indicator.name}", by_hand)
        points = by_hand.share(weight)
    else:
        below = [_branch(one, subject, context, scores) for one in indicator.children]
        there = [one for one in below if one is not None]
        if len(there) < len(below):
            return None
        points = total(there, POINTS)
        if weight.value > ZERO:
            of_100 = points * given(HUNDRED, RATIO, "") / given(weight.value, RATIO, "权重")
            scores.put(f"score.{indicator.name}", of_100.named(f"{indicator.name}得分"))
    points = points.named(f"{indicator.name}计入总分", indicator.clause)
    scores.put(f"points.{indicator.name}", points)
    return points


def _touched(subject: Subject, context: Context, stage: Period | None) -> bool:
    """Whether anything was entered for a stage (or for the cycle itself)."""
    period = stage or context.cycle.period
    names = [f"score.{one.name}" for one in context.scheme.walk()]
    return any(context.find(subject, name, period, whole=stage is None) for name in names) or any(
        has_rater_scores(one, subject, context, stage) for one in context.scheme.leaves()
    )
