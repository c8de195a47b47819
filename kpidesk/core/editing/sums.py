"""Dimensions that weigh what is below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kpidesk.core.exact import ZERO
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.weight_figures import counting


def summed(scheme: Scheme) -> Scheme:
    """The scheme with each dimension that has a weight of its own weighing what is below it."""
    return replace(scheme, indicators=tuple(map(_summed, scheme.indicators)))


def points_of(indicators: Sequence[Indicator]) -> Decimal:
    """What indicators weigh together."""
    return sum((one.points for one in indicators), ZERO)


def _summed(one: Indicator) -> Indicator:
    if not counting(one.children) or one.is_divided:
        return one
    children = tuple(map(_summed, one.children))
    worth = None if one.worth is None else points_of(counting(children))
    return replace(one, worth=worth, children=children)
