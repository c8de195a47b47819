"""From the totals of stages (quarters) to the total of the year."""

from __future__ import annotations

from collections.abc import Mapping

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.context import Context
from kpidesk.core.facts import Subject
from kpidesk.core.figure import PERCENT, POINTS, Figure, mean, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.period import Period
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.totals import NOT_THERE, RECORDED_PLACES, Scores
from kpidesk.core.weighing import tree


def weigh(rule: WeightedTree, subject: Subject, context: Context, scores: Scores) -> Figure | None:
    """The total of the cycle, with the stages rolled up as the company chose."""
    how = context.word(rule.rollup) if context.is_staged else "year_end"
    stages = context.stages
    year_end = None
    if how in ("year_end", "mix"):
        year_end = tree(subject, context, scores)
    elif not rule.by_stage:
        with context.unasked(*NOT_THERE):  # made of the stages, it needs no year-end evaluation
            tree(subject, context, scores)
    needed = {"year_end": (), "last": stages[-1:]}.get(how, stages)
    if not needed and subject not in context.staged:
        stages = ()
    wanted = {stage: stage in needed for stage in stages}
    totals = _stage_totals(rule, wanted, subject, context, scores)
    if how == "mix":
        summed = _mix(rule, year_end, totals, context)
    elif how == "year_end":
        summed = year_end
    elif not totals:
        summed = None
    else:
        summed = mean(totals) if how == "mean" else totals[-1].because()
    return summed.named("总分", rule.clause) if summed else None


def _mix(
    rule: WeightedTree, year_end: Figure | None, totals: list[Figure] | None, context: Context
) -> Figure | None:
    if rule.year_end_share is None or rule.stage_share is None:
        return None
    year_share = context.amount(rule.year_end_share, PERCENT, "年终权重")
    stage_share = context.amount(rule.stage_share, PERCENT, "季度权重")
    if year_end is None or totals is None or year_share is None or stage_share is None:
        return None
    recorded = year_end.named("年终总评").rounded(RECORDED_PLACES)
    return total([recorded.share(year_share), *(one.share(stage_share) for one in totals)], POINTS)


def _stage_totals(
    rule: WeightedTree,
    stages: Mapping[Period, bool],
    subject: Subject,
    context: Context,
    scores: Scores,
) -> list[Figure] | None:
    """The recorded totals of the stages that are needed (True); None while one lacks a score.

    A stage that is not needed is computed where something was entered for it. A stage in which
    the person is not in service has no total.
    """
    recorded: list[Figure] = []
    for stage, needed in stages.items():
        if not context.in_service(subject, stage):
            if needed:
                _miss_service(stage, subject, context)
            continue
        with context.at(stage):
            if not needed and not _is_touched(subject, context):
                continue
            noted = scores if rule.by_stage else Scores()
            summed = tree(subject, context, noted)
            scores.take_aspects(noted, "total", stage.key)
        if summed is not None:
            named = summed.named(f"{stage.key} 总分", rule.clause)
            scores.totals[stage] = named
            if needed:
                recorded.append(named.rounded(RECORDED_PLACES))
    return recorded if len(recorded) == sum(stages.values()) else None


def _miss_service(stage: Period, subject: Subject, context: Context) -> None:
    context.report(
        Code.MISSING_FACT,
        Effect.WITHHOLDS,
        f"{stage.key} 不在职，没有该期总分，不能按各期汇总年度总分",
        subject=subject,
        name="total",
        period=stage.key,
    )


def _is_touched(subject: Subject, context: Context) -> bool:
    """Whether anything was entered for the stage under way."""
    asked = [f"score.{one.name}" for one in context.scheme.walk()]
    for leaf in context.scheme.leaves():
        asked += facts_of(leaf, context.scheme)
    fine = (name for name in asked if context.scheme.stages in context.known[name].grains)
    return any(context.entered(subject, name) for name in fine) or any(
        context.rater_facts(one, subject) for one in context.scheme.walk()
    )
