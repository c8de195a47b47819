"""How many points and what total the rules allow, and full points that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias, assert_never

from kpidesk.core.aggregation import (
    EnteredTotal,
    NoTotal,
    PointsSum,
    WeightedScaled,
    WeightedTree,
)
from kpidesk.core.context import Context
from kpidesk.core.exact import HUNDRED, ZERO, Number, add, divide, less, multiply
from kpidesk.core.explain import show
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    ChecklistMode,
    CustomerMode,
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
from kpidesk.core.settings import Amount, Ref


def full_points(context: Context) -> Iterator[Flaw]:
    """Indicators that can never reach their full points."""
    for leaf in context.scheme.leaves():
        full = context.scheme.full_points(leaf)
        best = best_points(leaf, full, context)
        if best is not None and less(best, full):
            yield Flaw(
                FlawKind.UNREACHABLE,
                f"“{leaf.name}”满分 {show(full)} 分，按规则最多得 {show(best)} 分",
                leaf.clause,
                name=leaf.name,
            )


def best_points(leaf: Indicator, full: Decimal, context: Context) -> Decimal | None:
    """The most that a rule can give; None where there is no limit or it cannot be told."""
    rule = leaf.rule
    match rule:
        case None | Manual() | Deduction() | ReachOrDecay() | AllConform():
            return full
        case Attainment(cap=cap):
            share = _limit(cap, context)
            return None if share is None else full * share / HUNDRED
        case NewCustomers(mode=mode) if context.word(mode) == CustomerMode.FROM_ZERO:
            return full
        case StepDeviation(cap=cap) | NewCustomers(cap=cap) | StepGrowth(cap=cap):
            return _limit(cap, context)
        case LevelSelect(levels):
            return max(one.points for one in levels)
        case Checklist(items=items, mode=mode):
            points = [one.points for one in items]
            by_mode = {
                ChecklistMode.CHECKLIST: sum(points, ZERO),
                ChecklistMode.LEVEL_AS_WRITTEN: max(points),
                ChecklistMode.LEVEL_REVERSED: Decimal(len(items)),
            }
            return by_mode[ChecklistMode(context.word(mode))]
        case ProportionalClamped(most=most):
            return most
        case Formula():
            return None
        case _:
            assert_never(rule)


def _least_points(leaf: Indicator, context: Context) -> Decimal:
    rule = leaf.rule
    if isinstance(rule, LevelSelect):
        return min(one.points for one in rule.levels)
    if isinstance(rule, StepDeviation):
        return _limit(rule.floor, context) or ZERO
    if isinstance(rule, ProportionalClamped):
        return rule.least
    return ZERO


def _limit(amount: Amount | str, context: Context) -> Decimal | None:
    value = context.setting(amount.parameter) if isinstance(amount, Ref) else amount
    return value if isinstance(value, Decimal) else None


_Span: TypeAlias = tuple[Indicator, Decimal, Decimal | None]


def total_span(context: Context) -> tuple[Number, Number | None] | None:
    """The lowest and highest total that the rules allow; None where it cannot be told."""
    rule = context.scheme.aggregation
    scheme = context.scheme
    spans: list[_Span] = [
        (leaf, _least_points(leaf, context), best_points(leaf, scheme.full_points(leaf), context))
        for leaf in scheme.leaves()
    ]
    match rule:
        case PointsSum():
            tops = [most for _, _, most in spans]
            known = [one for one in tops if one is not None]
            least = sum((one for _, one, _ in spans), ZERO)
            return least, sum(known, ZERO) if len(known) == len(tops) else None
        case WeightedTree() | WeightedScaled():
            return _weighted_span(spans, context)
        case EnteredTotal() | NoTotal():
            return None
        case _:
            assert_never(rule)


def _weighted_span(spans: list[_Span], context: Context) -> tuple[Number, Number | None] | None:
    low: Number = ZERO
    high: Number | None = ZERO
    for leaf, least, most in spans:
        weight, full = context.weights.get(leaf.name), context.scheme.full_points(leaf)
        if weight is None or full == ZERO:
            return None
        low = add(low, divide(multiply(weight.value, least), full))
        if most is None:
            high = None
        elif high is not None:
            high = add(high, divide(multiply(weight.value, most), full))
    return low, high
