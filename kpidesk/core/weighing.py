"""加权制: leaves scored 0–100, weighted into dimensions and the total, with stages rolled up."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, given, mean, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import Period
from kpidesk.core.scheme import WeightedTree
from kpidesk.core.scoring.leaf import NOT_ENTERED, entered_score, leaf_score
from kpidesk.core.totals import NOT_THERE, RECORDED_PLACES, Scores, scored_leaf


def weigh(rule: WeightedTree, subject: Subject, context: Context, scores: Scores) -> Figure | None:
    """The total of the cycle, with the stages rolled up as the company chose."""
    how = context.word(rule.rollup)
    if how == "mean":
        with context.unasked(*NOT_THERE):  # a mean of the stages needs no year-end evaluation
            _tree(subject, context, scores)
        stages = _stage_totals(subject, context, scores, needed=True)
        return mean(stages).named("总分", rule.clause) if stages else None
    year_end = _tree(subject, context, scores)
    if how == "mix":
        return _mix(rule, year_end, subject, context, scores)
    if subject in context.staged:
        _stage_totals(subject, context, scores, needed=False)
    return year_end.named("总分", rule.clause) if year_end else None


def _mix(
    rule: WeightedTree,
    year_end: Figure | None,
    subject: Subject,
    context: Context,
    scores: Scores,
) -> Figure | None:
    stages = _stage_totals(subject, context, scores, needed=True)
    if rule.year_end_share is None or rule.stage_share is None:
        return None
    year_share = context.amount(rule.year_end_share, PERCENT, "年终权重")
    stage_share = context.amount(rule.stage_share, PERCENT, "季度权重")
    if year_end is None or stages is None or year_share is None or stage_share is None:
        return None
    recorded = year_end.named("年终总评").rounded(RECORDED_PLACES)
    parts = [recorded.share(year_share), *(one.share(stage_share) for one in stages)]
    return total(parts, POINTS).named("总分", rule.clause)


def _stage_totals(
    subject: Subject, context: Context, scores: Scores, *, needed: bool
) -> list[Figure] | None:
    """The recorded totals of all stages; None while one lacks a score.

    A stage in which the person is not in service has no total, so no year is made of stages.
    """
    totals: list[Figure] = []
    stages = context.cycle.parts(context.scheme.stages) if context.scheme.stages else ()
    for stage in stages:
        if not context.in_service(subject, stage):
            if needed:
                context.report(
                    Code.MISSING_FACT,
                    Effect.WITHHOLDS,
                    f"{stage.key} 不在职，没有该期总分，不能按各期汇总；请改以年终总评为准",
                    subject=subject,
                    name="total",
                    period=stage.key,
                )
        elif needed or _is_touched(subject, context, stage):
            context.aspects.clear()
            points = _all(
                [_stage_points(one, subject, context, stage) for one in context.scheme.indicators]
            )
            if points is not None:
                summed = total(points, POINTS).named(f"{stage.key} 总分").rounded(RECORDED_PLACES)
                scores.put("total", summed, stage.key)
                scores.touched("total", context)
                totals.append(summed)
    return totals if len(totals) == len(stages) else None


def _is_touched(subject: Subject, context: Context, stage: Period) -> bool:
    """Whether anything was entered for a stage."""
    return any(
        context.find(subject, f"score.{one.name}", stage, whole=False)
        for one in context.scheme.walk()
    ) or any(context.rater_facts(one, subject, stage) for one in context.scheme.leaves())


def _stage_points(
    indicator: Indicator, subject: Subject, context: Context, stage: Period
) -> Figure | None:
    weight = context.weights[indicator.name]
    if weight.value == ZERO:
        return given(ZERO, POINTS, f"{indicator.name}（不计权重）")
    if not indicator.children:
        score = leaf_score(indicator, HUNDRED, subject, context, stage)
        return _weighted(score, indicator, weight)
    by_hand = entered_score(indicator, HUNDRED, subject, context, stage)
    if by_hand is not NOT_ENTERED:
        return _weighted(by_hand, indicator, weight)
    points = _all([_stage_points(one, subject, context, stage) for one in indicator.children])
    return None if points is None else _sum(points, indicator)


def _tree(subject: Subject, context: Context, scores: Scores) -> Figure | None:
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
            scores.put(f"score.{indicator.name}", score)
    else:
        with context.unasked(*NOT_THERE):  # its own score stands in their place
            for one in indicator.children:
                _branch(one, subject, context, scores)
        if by_hand is not None:
            scores.put(f"score.{indicator.name}", by_hand)
        points = _weighted(by_hand, indicator, weight)
    if points is not None:
        scores.put(f"points.{indicator.name}", points)
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
