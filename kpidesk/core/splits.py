"""Splitting an amount by shares so that the parts add exactly: the largest remainder in fen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpidesk.core import exact
from kpidesk.core.exact import ZERO, Number
from kpidesk.core.figure import Figure

_FEN = Decimal("0.01")


def split(
    amount: Number, shares: Sequence[Number], most: Sequence[Number] = ()
) -> tuple[Number, ...]:
    """The parts of an amount by shares that are not negative; ties go to the earlier part.

    Parts are whole fen. What the amount has below a fen stays with the last part that is raised;
    the parts add to the amount all the same. Nothing to share by: nothing is split. No part of a
    positive amount is raised above its `most`, where that is given and not below its share.
    """
    whole: Number = ZERO
    for share in shares:
        whole = exact.add(whole, share)
    if not whole:
        return tuple(ZERO for _ in shares)
    size: Number = amount if amount >= ZERO else -amount
    ideals = [exact.divide(exact.multiply(size, share), whole) for share in shares]
    parts: list[Number] = [_fen_below(one) for one in ideals]
    rest: Number = size
    for part in parts:
        rest = exact.subtract(rest, part)
    by_remainder = sorted(
        range(len(parts)),
        key=lambda place: exact.subtract(parts[place], ideals[place]),
    )
    for place in by_remainder:
        more = min(_FEN, rest, *(exact.subtract(one, parts[place]) for one in most[place:][:1]))
        parts[place] = exact.add(parts[place], more)
        rest = exact.subtract(rest, more)
    return tuple(parts if amount >= ZERO else [-one for one in parts])


def split_figure(amount: Figure, shares: Sequence[Figure]) -> tuple[Figure, ...]:
    """The same with figures, each part with the share that it was made by."""
    parts = split(amount.value, [one.value for one in shares])
    return tuple(amount.allotted(part, share) for part, share in zip(parts, shares, strict=True))


def _fen_below(value: Number) -> Number:
    return exact.multiply(exact.floor(exact.multiply(value, exact.HUNDRED)), _FEN)
