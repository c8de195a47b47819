"""A rule as a picture: the points that it gives over what is measured, by the rule itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias, assert_never

from kpidesk.core.clauses import Prose
from kpidesk.core.context import Context
from kpidesk.core.cycles import cycle_of
from kpidesk.core.exact import HUNDRED, ZERO, Number
from kpidesk.core.facts import Fact, Facts
from kpidesk.core.figure import UnitError
from kpidesk.core.formula.check import meanings_in
from kpidesk.core.formula.in_scheme import scoring_scope
from kpidesk.core.formula.scope import FactNamed
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Growth, Increase, Measure, Proportion, Ratio
from kpidesk.core.names import known_facts
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    Deduction,
    Formula,
    LevelSelect,
    Manual,
    NewCustomers,
    PerUnit,
    ProportionalClamped,
    ReachOrDecay,
    StepDeviation,
    StepGrowth,
)
from kpidesk.core.scoring.score import score

_DAY = date(2026, 1, 1)
_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.HALF_YEAR, Grain.YEAR)
_BASE = Decimal(10_000)
_DAYS = 31
_PLAN = 10

_Given: TypeAlias = Mapping[str, tuple[Decimal, Decimal]]
"""Of each fact: the figure of now, and that of the period that it is compared with."""
_Sample: TypeAlias = tuple[Decimal, _Given]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (across, up); `texts` name them where they are levels and no measure."""

    across: str
    points: tuple[tuple[Decimal, Number], ...]
    full: Decimal
    texts: tuple[str, ...] = ()


def curve_of(scheme: Scheme, leaf: Indicator) -> Curve | None:
    """The picture of a leaf's rule; None where nothing is measured, or it cannot be computed."""
    full = scheme.full_points(leaf)
    match leaf.rule:
        case LevelSelect(items) | Checklist(items=items):
            numbered = tuple((Decimal(n), one.points) for n, one in enumerate(items, start=1))
            return Curve("", numbered, full, tuple(one.text for one in items))
        case rule if is_rated(rule, Prose(scheme, {}).word):
            return None
        case _:
            across, samples = _samples(scheme, leaf)
    cycle = cycle_of(scheme, {}, _DAY)
    points: list[tuple[Decimal, Number]] = []
    for x, given in samples:
        facts = Facts.of(one for name, pair in given.items() for one in _facts(name, *pair))
        try:
            figure = score(leaf, full, "", Context(scheme, cycle, facts, {}))
        except UnitError:  # figures of different units: the check-up says so
            return None
        if figure is None:
            return None
        points.append((x, figure.value))
    return Curve(across, tuple(points), full) if points else None


def _samples(scheme: Scheme, leaf: Indicator) -> tuple[str, Iterator[_Sample]]:
    known = known_facts(scheme)
    rule = leaf.rule
    match rule:
        case None | Manual() | LevelSelect() | Checklist() | AllConform():
            return "", iter(())
        case Attainment(measure) | StepDeviation(measure) | StepGrowth(measure):
            return _measured(measure, known)
        case ReachOrDecay(measure):
            return _measured(measure, known)
        case NewCustomers(actual, plan):
            samples = (
                (Decimal(n), {actual: _pair(Decimal(n)), plan: _pair(Decimal(_PLAN))})
                for n in range(2 * _PLAN + 1)
            )
            return f"户（计划 {_PLAN} 户）", samples
        case Deduction():
            return _taken_off(rule)
        case ProportionalClamped(facts):
            ratio = (
                (Decimal(n), dict.fromkeys(facts, (n * HUNDRED, _BASE))) for n in range(0, 155, 5)
            )
            return "今年是去年的 %", ratio
        case Formula(expression):
            scope = scoring_scope(scheme, leaf.name)
            found = [
                one.fact for one in meanings_in(expression, scope) if isinstance(one, FactNamed)
            ]
            plans = {one.name for one in scheme.facts if one.plan}
            free = [one for one in found if one.name not in plans]
            if not free:
                return "", iter(())
            others = {one.name: _pair(HUNDRED) for one in found}
            by_formula = (
                (Decimal(n), {**others, free[0].name: _pair(Decimal(n))}) for n in range(0, 155, 5)
            )
            rest = "（其他数字为 100）" if len(found) > 1 else ""
            return f"{free[0].label}{rest}", by_formula
        case _:
            assert_never(rule)


def _measured(measure: Measure, known: Mapping[str, object]) -> tuple[str, Iterator[_Sample]]:
    wide = [Decimal(n) for n in range(151)]
    match measure:
        case Ratio(actual, plan):
            names, across = (actual, plan), "完成率 %"
        case Proportion(part, whole):
            names, across = (part, whole), "比率 %"
        case Growth(fact):
            rates = ((Decimal(n), {fact: (_BASE + n * HUNDRED, _BASE)}) for n in range(-20, 62, 2))
            return "增长率 %", rates
        case Increase(fact):
            rises = ((Decimal(n), {fact: (_BASE + n, _BASE)}) for n in range(-10, 101, 1))
            return f"比上季增加（{getattr(known.get(fact), 'unit', '')}）", rises
        case Absence(present):
            return _absent(present)
        case _:
            assert_never(measure)
    if not set(names) <= known.keys():
        return "", iter(())
    return across, ((x, {names[0]: _pair(x * HUNDRED), names[1]: _pair(_BASE)}) for x in wide)


def _absent(present: str) -> tuple[str, Iterator[_Sample]]:
    days = ((Decimal(n), {present: _pair(Decimal(_DAYS - n))}) for n in range(_DAYS + 1))
    return "比全月少出勤的天数", days


def _taken_off(rule: Deduction) -> tuple[str, Iterator[_Sample]]:
    """The first cause varies, nothing is taken off for the others."""
    nothing: dict[str, tuple[Decimal, Decimal]] = {
        one.measure.present if isinstance(one, PerUnit) else one.fact: _pair(
            Decimal(_DAYS) if isinstance(one, PerUnit) else ZERO
        )
        for one in rule.items
    }
    first = rule.items[0]
    if isinstance(first, PerUnit):
        across, samples = _absent(first.measure.present)
        return across, ((x, {**nothing, **given}) for x, given in samples)
    most = int(first.ranges[-1].most) + 4
    counts = ((Decimal(n), {**nothing, first.fact: _pair(Decimal(n))}) for n in range(most))
    return "次", counts


def _pair(value: Decimal) -> tuple[Decimal, Decimal]:
    return value, value


def _facts(name: str, now: Decimal, base: Decimal) -> Iterator[Fact]:
    """A figure of every period that a rule may look at, and of those before."""
    yield Fact("", name, now, CYCLE)
    for grain in _GRAINS:
        period = Period.containing(_DAY, grain)
        yield Fact("", name, now, period.key)
        yield Fact("", name, base, period.before().key)
        yield Fact("", name, base, period.year_before().key)
