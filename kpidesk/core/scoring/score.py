"""The one function that reads scoring rules: rule and facts → points, with their derivation."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO, less, round_half_up
from kpidesk.core.explain import show
from kpidesk.core.facts import Subject
from kpidesk.core.figure import POINTS, Figure, given, total
from kpidesk.core.findings import Code, Effect
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Aspect
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.scoring.attain import attain
from kpidesk.core.scoring.by_formula import by_formula
from kpidesk.core.scoring.customers import new_customers
from kpidesk.core.scoring.deduct import deduct
from kpidesk.core.scoring.reaching import reach
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    ChecklistMode,
    Deduction,
    Formula,
    LevelSelect,
    Manual,
    NewCustomers,
    ProportionalClamped,
    ReachOrDecay,
    StepDeviation,
    StepGrowth,
)
from kpidesk.core.scoring.steps import deviate, grow


def score(  # noqa: C901 - one case for each kind of rule
    indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> Figure | None:
    """The exact points that the leaf's own rule gives, 0…`full`; None with findings if it can't.

    `full` is the leaf's full points: its worth in a points sum, 100 in a weighted tree.
    """
    rule = indicator.rule if _is_as_fine(indicator, context) else None
    match rule:
        case None | Manual() | LevelSelect():
            context.missing(subject, f"score.{indicator.name}")
            return None
        case Attainment():
            points = attain(rule, indicator, full, subject, context)
        case StepDeviation():
            points = deviate(rule, indicator, full, subject, context)
        case StepGrowth():
            points = grow(rule, indicator, subject, context)
        case NewCustomers():
            points = new_customers(rule, indicator, full, subject, context)
        case Checklist():
            points = _tick(rule, indicator, subject, context)
        case Deduction():
            points = deduct(rule, indicator, full, subject, context)
        case ReachOrDecay() | AllConform() | ProportionalClamped():
            points = reach(rule, indicator, full, subject, context)
        case Formula():
            points = by_formula(rule, indicator, full, subject, context)
        case _:
            assert_never(rule)
    if points is None:
        return None
    _judge(points, indicator, full, subject, context)
    return points.named(f"{indicator.name}得分", indicator.clause)


def _is_as_fine(indicator: Indicator, context: Context) -> bool:
    """Whether the rule's facts are as fine as the period under way; else it is scored by hand."""
    grain = context.scheme.stages if context.stage else None
    return grain is None or all(
        grain in context.known[name].grains for name in facts_of(indicator, context.scheme)
    )


def _judge(
    points: Figure, indicator: Indicator, full: Decimal, subject: Subject, context: Context
) -> None:
    """Warn of a score above full points, and of points for nothing."""
    name = f"score.{indicator.name}"
    if less(full, points.value):
        context.touch(Aspect.ABOVE_FULL)
        context.report(
            Code.SCORE_ABOVE_FULL,
            Effect.WARNS,
            f"“{indicator.name}”按条款得 {show(round_half_up(points.value, 2))} 分，"
            f"高于满分 {full:f} 分",
            subject=subject,
            name=name,
            period=context.when,
        )
    if Aspect.NOTHING_ACHIEVED in context.aspects and points.value > ZERO:
        context.report(
            Code.POINTS_FOR_ZERO,
            Effect.WARNS,
            f"“{indicator.name}”没有完成任何数量，按条款仍得分，请核对条款是否合适",
            subject=subject,
            name=name,
            period=context.when,
        )


def _tick(
    rule: Checklist, indicator: Indicator, subject: Subject, context: Context
) -> Figure | None:
    fact = context.entered(subject, rule.fact)
    if fact is None or not isinstance(fact.value, tuple):
        context.missing(subject, rule.fact)
        return None
    printed = {item.text: item.points for item in rule.items}
    if strange := [text for text in fact.value if text not in printed]:
        listed = "；".join(printed)
        context.report(
            Code.NOT_A_LEVEL,
            Effect.WITHHOLDS,
            f"“{indicator.name}”没有“{strange[0]}”这一项，请从印制的各项中选择：{listed}",
            subject=subject,
            name=rule.fact,
            period=context.when,
        )
        return None
    mode = context.word(rule.mode)
    rising = {item.text: Decimal(place) for place, item in enumerate(rule.items, start=1)}
    points = rising if mode == ChecklistMode.LEVEL_REVERSED else printed
    met = [text for text in printed if text in fact.value]
    figures = [
        given(points[text], POINTS, f"“{text}”", indicator.clause, fact.origin) for text in met
    ]
    nothing = given(ZERO, POINTS, "没有达到任何一项", indicator.clause, fact.origin)
    if not figures:
        return nothing
    if mode == ChecklistMode.CHECKLIST:
        return total(figures, POINTS)
    best = max(figures, key=lambda figure: figure.value)
    return best.because(*(one for one in figures if one is not best))
