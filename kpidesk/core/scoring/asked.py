"""Which facts a scoring rule computes with."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.measures import Absence, Growth, Increase, Input, Measure, Ratio
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    Deduction,
    LevelSelect,
    Manual,
    NewCustomers,
    PerUnit,
    RangeTable,
    ReachOrDecay,
    ScoringRule,
    StepDeviation,
    StepGrowth,
)


def facts_of(rule: ScoringRule) -> tuple[str, ...]:
    """The facts that a rule computes with, in the order in which people ask for them."""
    match rule:
        case Manual() | LevelSelect():
            return ()
        case Attainment(measure):
            return (measure.plan, measure.actual)
        case StepDeviation(measure):
            return _facts_measured(measure)
        case StepGrowth(measure) | ReachOrDecay(measure):
            return (measure.fact,)
        case NewCustomers(actual, plan):
            return (plan, actual)
        case Checklist(fact):
            return (fact,)
        case Deduction(items):
            return tuple(_fact_of(item) for item in items)
        case AllConform(facts):
            return facts
        case _:
            assert_never(rule)


def _facts_measured(measure: Measure) -> tuple[str, ...]:
    """The facts that a measure is made from."""
    match measure:
        case Input(fact) | Increase(fact) | Growth(fact):
            return (fact,)
        case Ratio(actual, plan):
            return (plan, actual)
        case Absence(present):
            return (present,)
        case _:
            assert_never(measure)


def _fact_of(item: PerUnit | RangeTable) -> str:
    return item.measure.present if isinstance(item, PerUnit) else item.fact
