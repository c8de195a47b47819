"""What can be computed with a scheme, in a few Chinese words for lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kpidesk.core.aggregation import (
    EnteredTotal,
    NoTotal,
    PointsSum,
    WeightedScaled,
    WeightedTree,
)
from kpidesk.core.scheme import Scheme


def what_is_computed(scheme: Scheme) -> str:
    """指标得分、总分、等级; what the company has to fill in first stands in brackets."""
    if scheme.lost:
        return "不能计算（原文缺失）"
    return "、".join(_parts(scheme))


def _parts(scheme: Scheme) -> Iterator[str]:
    if scheme.metrics:
        yield "指标数值"
    if scheme.indicators:
        yield "指标得分"
    match scheme.aggregation:
        case PointsSum() | WeightedScaled():
            yield "总分"
        case WeightedTree():
            yield "总分（须先填写权重）" if _lacks_weights(scheme) else "总分"
        case EnteredTotal():
            yield "总分（填写得分）"
        case NoTotal():
            pass
        case _:
            assert_never(scheme.aggregation)
    if scheme.grades is not None:
        yield "等级"
    if scheme.pay:
        yield "薪酬"


def _lacks_weights(scheme: Scheme) -> bool:
    """Whether the source prints no weight for a leaf: neither of the total nor of its dimension."""
    return any(one.worth is None and one.inside is None for one in scheme.leaves())
