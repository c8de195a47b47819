"""Splitting by shares: the parts add exactly, in whole fen, ties to the earlier."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.exact import ZERO
from kpidesk.core.splits import split

FEN = Decimal("0.01")
amounts = st.decimals(-100000, 100000, places=2)
shares = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6)


@given(amounts, shares)
def test_parts_add_to_the_amount_and_are_within_a_fen_of_their_share(
    amount: Decimal, by: list[Decimal]
) -> None:
    parts = split(amount, by)
    if not sum(by):
        assert set(parts) == {ZERO}
        return
    assert sum(parts) == amount
    for part, share in zip(parts, by, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * Fraction(share) / Fraction(sum(by))) < FEN
        assert part == round(part, 2)


@pytest.mark.parametrize(
    ("amount", "by", "parts"),
    [
        ("100", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("-0.03", ["50", "50"], ["-0.02", "-0.01"]),
        ("0.01", ["0", "50", "50"], ["0", "0.01", "0"]),
        ("0.05", ["60", "40"], ["0.03", "0.02"]),
        ("10", ["0", "0"], ["0", "0"]),
    ],
)
def test_the_largest_remainder_gets_the_fen(amount: str, by: list[str], parts: list[str]) -> None:
    assert split(Decimal(amount), list(map(Decimal, by))) == tuple(map(Decimal, parts))


def test_no_part_is_raised_above_its_most() -> None:
    sizes = [Decimal("0.005"), Decimal("0.02")]
    parts = split(Decimal("0.02"), sizes, sizes)
    assert sum(parts) == Decimal("0.02")
    assert all(part <= size for part, size in zip(parts, sizes, strict=True))
