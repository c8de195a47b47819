"""Which facts an indicator is judged by."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from kpidesk.core.formula.check import meanings_in
from kpidesk.core.formula.scope import FactNamed, MetricNamed, scope_of
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Growth, Increase, Measure, Proportion, Ratio
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    Deduction,
    Formula,
    LevelSelect,
    Manual,
    Method,
    NewCustomers,
    PerUnit,
    ProportionalClamped,
    RangeTable,
    ReachOrDecay,
    ScoringRule,
    StepDeviation,
    StepGrowth,
)
from kpidesk.core.settings import Word


def is_rated(rule: ScoringRule | None, word: Callable[[Word], str]) -> bool:
    """Whether a score is given, not computed; `word` reads a choice with the parameters set."""
    if isinstance(rule, Attainment):
        return word(rule.method) == Method.RATED
    return isinstance(rule, Manual | LevelSelect)


def facts_of(leaf: Indicator, scheme: Scheme) -> tuple[str, ...]:
    """The facts that a leaf is judged by, in the order in which people ask for them.

    Those of its metrics are among them, in place of what they make.
    """
    named = _facts_of(leaf.rule, scheme) if leaf.rule else ()
    metrics = [one for one in scheme.metrics if one.indicator == leaf.name or one.result in named]
    made = {one.result for one in metrics}
    own = [name for name in named if name not in made]
    for one in metrics:
        own += facts_measured(one.measure)
    return tuple(dict.fromkeys(own))


def _facts_of(rule: ScoringRule, scheme: Scheme) -> tuple[str, ...]:
    match rule:
        case Manual() | LevelSelect():
            return ()
        case Attainment(measure):
            return (measure.plan, measure.actual)
        case StepDeviation(measure):
            return facts_measured(measure)
        case StepGrowth(measure) | ReachOrDecay(measure):
            return (measure.fact,)
        case NewCustomers(actual, plan):
            return (plan, actual)
        case Checklist(fact):
            return (fact,)
        case Deduction(items):
            return tuple(name for item in items for name in _facts_counted(item))
        case AllConform(facts) | ProportionalClamped(facts):
            return facts
        case Formula(expression):
            return _facts_named(expression, scheme)
        case _:
            assert_never(rule)


def _facts_named(expression: str, scheme: Scheme) -> tuple[str, ...]:
    """The facts that a formula names."""
    scores = ((f"score.{one.name}", f"{one.name}得分") for one in scheme.leaves())
    found = meanings_in(expression, scope_of(scheme, scores, scores=True))
    names: list[str] = []
    for one in found:
        if isinstance(one, FactNamed) and not one.of_team:
            names.append(one.fact.name)
        elif isinstance(one, MetricNamed):
            names += facts_measured(one.metric.measure)
    return tuple(dict.fromkeys(names))


def facts_measured(measure: Measure) -> tuple[str, ...]:
    """The facts that a measure is made from."""
    match measure:
        case Increase(fact) | Growth(fact):
            return (fact,)
        case Ratio(actual, plan):
            return (plan, actual)
        case Proportion(part, whole):
            return (part, whole)
        case Absence(present):
            return (present,)
        case _:
            assert_never(measure)


def _facts_counted(item: PerUnit | RangeTable) -> tuple[str, ...]:
    return facts_measured(item.measure) if isinstance(item, PerUnit) else (item.fact,)
