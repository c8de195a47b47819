"""How scores are spread over people: highest, lowest, mean, and how many lie in each range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpidesk.core import exact
from kpidesk.core.exact import HUNDRED, Number

RANGES: tuple[tuple[int, str], ...] = (
    (0, "60%以下"),
    (60, "60%～70%"),
    (70, "70%～80%"),
    (80, "80%～90%"),
    (90, "90%以上"),
)
"""Lower bounds of score rates in percent, each included, and what the range is called."""

FEW = 3
"""The mean of fewer people lets the reader work out what one of them came to."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a group of figures comes to; the mean is rounded half up to two places."""

    count: int
    highest: Decimal
    lowest: Decimal
    mean: Decimal


def spread(figures: Sequence[Decimal]) -> Spread:
    """How at least one figure, or more of them, are spread."""
    return Spread(len(figures), max(figures), min(figures), mean(figures))


def mean(figures: Sequence[Decimal], places: int = 2) -> Decimal:
    """The mean of at least one figure, computed exactly and rounded once, half up."""
    total: Number = sum((Fraction(one) for one in figures), Fraction(0))
    return exact.round_half_up(exact.divide(total, Decimal(len(figures))), places)


def rate(points: Decimal, full: Decimal) -> Decimal:
    """Points as a part of the full points, in percent with one place, half up."""
    return exact.round_half_up(exact.divide(exact.multiply(points, HUNDRED), full), 1)


def by_range(rates: Iterable[Decimal]) -> tuple[int, ...]:
    """How many score rates (percent) lie in each of the ranges; below zero counts as the lowest."""
    counts = [0] * len(RANGES)
    for one in rates:
        counts[max((n for n, (at, _) in enumerate(RANGES) if one >= at), default=0)] += 1
    return tuple(counts)
