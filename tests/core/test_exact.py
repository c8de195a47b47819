"""Exact arithmetic, beside an oracle of fractions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core import exact
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import Number
from kpidesk.core.money import Money, split_evenly
from kpidesk.core.target import split_target

decimals = st.decimals(-(10**12), 10**12, places=6)
long_decimals = st.decimals(-1, 1, places=40)
fractions = st.fractions(-(10**6), 10**6, max_denominator=997)
numbers = decimals | long_decimals | fractions
Operation = Callable[[Number, Number], Number]
Oracle = Callable[[Fraction, Fraction], Fraction]
OPERATIONS: list[tuple[Operation, Oracle]] = [
    (exact.add, Fraction.__add__),
    (exact.subtract, Fraction.__sub__),
    (exact.multiply, Fraction.__mul__),
]


@given(numbers, numbers, st.sampled_from(OPERATIONS))
def test_sums_and_products_are_exact(
    left: Number, right: Number, pair: tuple[Operation, Oracle]
) -> None:
    ours, oracle = pair
    assert Fraction(ours(left, right)) == oracle(Fraction(left), Fraction(right))


@given(numbers, numbers.filter(bool))
def test_quotients_are_exact_and_decimal_where_they_can_be(left: Number, right: Number) -> None:
    ours = exact.divide(left, right)
    assert Fraction(ours) == Fraction(left) / Fraction(right)
    if isinstance(ours, Fraction):
        reduced = ours.denominator
        for prime in (2, 5):
            while reduced % prime == 0:
                reduced //= prime
        assert reduced > 1 or ours.denominator > 10**18


@given(numbers)
def test_division_by_zero_is_an_error(number: Number) -> None:
    for zero in (Decimal(0), Fraction(0)):
        with pytest.raises(ArithmeticError):
            exact.divide(number, zero)


@given(numbers, st.integers(0, 4))
def test_rounding_is_half_up_away_from_zero(number: Number, places: int) -> None:
    rounded = exact.round_half_up(number, places)
    scaled = abs(Fraction(number)) * 10**places
    oracle = Fraction(int(scaled + Fraction(1, 2)), 10**places) * (1 if number >= 0 else -1)
    assert Fraction(rounded) == oracle
    assert rounded.as_tuple().exponent == -places
    assert not (rounded.is_zero() and rounded.is_signed())


@pytest.mark.parametrize(
    ("number", "wanted"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("-0.0049", "0.00"),
     ("80.005", "80.01"), ("1.995", "2.00"), ("2.675", "2.68")],
)  # fmt: skip
def test_ties_go_away_from_zero(number: str, wanted: str) -> None:
    assert str(exact.round_half_up(Decimal(number), 2)) == wanted
    assert str(exact.round_half_up(Fraction(number), 2)) == wanted


@given(numbers)
def test_floor_and_ceiling_hold_the_number_between_them(number: Number) -> None:
    low, high = exact.floor(number), exact.ceiling(number)
    assert Fraction(low) <= Fraction(number) <= Fraction(high)
    assert high - low in (0, 1)
    assert (high == low) == (Fraction(number).denominator == 1)


@pytest.mark.parametrize("wrong", [1.0, True, None, "nan", "Infinity", Decimal("NaN")])
def test_what_is_no_exact_number_is_refused(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        exact.decimal_of(wrong)  # type: ignore[arg-type]


@given(st.integers(-(10**12), 10**12), st.integers(1, 40))
def test_the_parts_of_a_split_add_up_and_differ_by_a_fen(fen: int, parts: int) -> None:
    split = split_evenly(Money(fen), parts)
    assert sum(one.fen for one in split) == fen
    assert list(split) == sorted(split, reverse=True)
    assert split[0].fen - split[-1].fen in (0, 1)


@given(st.decimals(0, 10**9, places=2), st.integers(1, 24))
def test_a_target_is_split_exactly(total: Decimal, parts: int) -> None:
    split = split_target(total, parts)
    assert sum(split) == total
    assert len(split) == parts
    assert max(split) - min(split) <= Decimal("0.01")


def test_money_is_whole_fen() -> None:
    assert Money.yuan("1234.5").fen == 123450
    assert str(Money.yuan(-1234) - Money(5)) == "-1,234.05"
    assert Money(5) + -Money(5) == Money(0)
    for wrong in ("0.005", Decimal("1.001")):
        with pytest.raises(InvalidValueError):
            Money.yuan(wrong)
    for bad in (1.0, True):
        with pytest.raises(TypeError):
            Money(bad)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        split_evenly(Money(1), 0)
    with pytest.raises(InvalidValueError):
        split_target(Decimal("0.001"), 2)


HUGE, TINY = Decimal("1e40"), Decimal("1e-40")


def test_numbers_too_far_apart_for_one_decimal_stay_exact_as_a_fraction() -> None:
    assert exact.add(HUGE, TINY) == Fraction(HUGE) + Fraction(TINY)
    long = Decimal("1." + "3" * 40)
    assert exact.multiply(long, long) == Fraction(long) ** 2
    assert exact.share(long, long) == Fraction(long) ** 2 / 100


@pytest.mark.parametrize("kinds", [(Decimal, Decimal), (Decimal, Fraction), (Fraction, Decimal)])
def test_numbers_are_compared_whatever_their_kinds(
    kinds: tuple[type[Number], type[Number]],
) -> None:
    one, other = kinds
    assert exact.less(one(1), other(2))
    assert not exact.less(one(2), other(2))


@pytest.mark.parametrize(
    ("number", "sensible"),
    [
        ("9e18", True),
        ("1e19", False),
        ("1e-40", True),
        ("1e-41", False),
        ("0.01", True),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_a_number_is_of_a_size_and_fineness_that_can_be_meant(
    number: str, *, sensible: bool
) -> None:
    assert exact.is_sensible(Decimal(number)) is sensible
