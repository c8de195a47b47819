"""How scores add up, to begin with: the ways that the officer chooses among."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from kpidesk.core.aggregation import (
    Aggregation,
    EnteredTotal,
    NoTotal,
    PointsSum,
    WeightedScaled,
    WeightedTree,
)
from kpidesk.core.editing.begun import Begun
from kpidesk.core.editing.needs import without_needs
from kpidesk.core.editing.places import mapped
from kpidesk.core.editing.weights import share_of
from kpidesk.core.exact import HUNDRED, ZERO, divide, round_half_up
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.scoring.rules import (
    Level,
    PerUnit,
    ProportionalClamped,
    Range,
    ReachOrDecay,
    Step,
    StepDeviation,
    StepGrowth,
)

NEW_TOTAL: Final = (WeightedTree, PointsSum, WeightedScaled, EnteredTotal, NoTotal)
"""The ways, in the order in which they are offered."""
_WORDS: Final[dict[type, tuple[str, str]]] = {
    WeightedTree: ("按权重相加", "每项按 0～100 分评分，乘以权重后相加"),
    PointsSum: ("按满分相加", "每项有自己的满分，得分直接相加"),
    WeightedScaled: ("小分制加权换算", "每项按较小的满分（如 10 分）评分，加权后换算成百分制"),
    EnteredTotal: ("总分另行汇总", "总分在方案之外算好，直接填写"),
    NoTotal: ("不合成总分", "各项分别评分，没有总分，也没有等级"),
}
_POINTS: Final[dict[type, tuple[str, ...]]] = {
    Level: ("points",),
    Range: ("points",),
    PerUnit: ("points",),
    Step: ("points",),
    StepDeviation: ("floor", "cap"),
    StepGrowth: ("start", "cap"),
    ReachOrDecay: ("points",),
    ProportionalClamped: ("least", "most"),
}
"""What in a rule is told in points, and so out of the full points."""
_TEN: Final = Decimal(10)
_PLACES: Final = 2


def total_words(kind: type) -> tuple[str, str]:
    """What a way of adding up is called, and what it means."""
    return _WORDS[kind]


def with_total(scheme: Scheme, kind: type) -> Scheme:
    """Scores added up in another way; points in the rules stay the same part of the full ones."""
    if type(scheme.aggregation) is kind:
        return scheme
    begun = Begun(scheme)
    rule = _begun(begun, kind)
    after = replace(begun.scheme, aggregation=rule)
    if kind is PointsSum:
        after = replace(after, indicators=tuple(_pointed(after, one) for one in after.indicators))
    if kind is NoTotal:
        after = replace(after, grades=None)
    after = replace(after, indicators=tuple(_told(scheme, after, one) for one in after.indicators))
    return without_needs(scheme, after)


def _begun(begun: Begun, kind: type) -> Aggregation:
    if kind is WeightedTree:
        return WeightedTree()
    if kind is PointsSum:
        return PointsSum(
            HUNDRED, begun.flag("折算百分制", "总分是否另外折算成百分制", default=False)
        )
    if kind is WeightedScaled:
        return WeightedScaled(_TEN, HUNDRED)
    if kind is EnteredTotal:
        return EnteredTotal(begun.fact(FactSpec("final_score", "考核最终得分", "分")))
    return NoTotal()


def _pointed(scheme: Scheme, one: Indicator) -> Indicator:
    """An indicator with points of its own, also where it had a share of its dimension."""
    if one.is_divided:
        shares = (divide((share_of(scheme, each) or ZERO) * one.points, HUNDRED)
                  for each in one.children)  # fmt: skip
        children = tuple(
            replace(each, inside=None, worth=Decimal(round_half_up(share, _PLACES)))
            for each, share in zip(one.children, shares, strict=True)
        )
        one = replace(one, children=children)
    return replace(one, children=tuple(_pointed(scheme, each) for each in one.children))


def _told(before: Scheme, after: Scheme, one: Indicator) -> Indicator:
    """An indicator whose rule tells its points out of the full points that it has now."""
    if one.children:
        return replace(one, children=tuple(_told(before, after, each) for each in one.children))
    was = next(each for each in before.leaves() if each.name == one.name)
    old, new = before.full_points(was), after.full_points(one)
    if old == new or old <= ZERO or new <= ZERO:
        return one
    return replace(one, rule=mapped(one.rule, lambda value: _scaled(value, old, new)))


def _scaled(value: Any, old: Decimal, new: Decimal) -> Any:  # noqa: ANN401 - any record or word
    changed = {
        name: round_half_up(divide(number * new, old), _PLACES).normalize() + ZERO
        for name in _POINTS.get(type(value), ())
        if isinstance(number := getattr(value, name), Decimal)
    }
    return replace(value, **changed) if changed else value
