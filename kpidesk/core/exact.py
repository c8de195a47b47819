"""Exact arithmetic: a number stays a Decimal while that is exact, and becomes a Fraction else.

Nothing is rounded here except by `round_half_up`, which is called once, by name, where a rule
says so. Division of decimals rarely ends (100 ÷ 3), so quotients may be fractions; sums and
products of decimals are exact at any size that appraisal knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from functools import cache, lru_cache
from math import gcd
from typing import TypeAlias

Number: TypeAlias = Decimal | Fraction

_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])
_MOST_DIGITS = 18
_MOST_PLACES = 40
HUNDRED = Decimal(100)
ZERO = Decimal(0)
_CENT = Decimal("0.01")


def add(left: Number, right: Number) -> Number:
    """The exact sum."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _EXACT.add(left, right)
        except Inexact:
            pass
    (a, b), (c, d) = left.as_integer_ratio(), right.as_integer_ratio()
    return _simple(a * d + c * b, b * d)


def sum_of(values: Iterable[Number]) -> Number:
    """The exact sum of any number of numbers; of none: zero."""
    whole: Number = ZERO
    for one in values:
        whole = add(whole, one)
    return whole


def size(value: Number) -> Number:
    """How far it is from zero."""
    return max(value, -value)


def subtract(left: Number, right: Number) -> Number:
    """The exact difference."""
    return add(left, -right)


def multiply(left: Number, right: Number) -> Number:
    """The exact product."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _EXACT.multiply(left, right)
        except Inexact:
            pass
    (a, b), (c, d) = left.as_integer_ratio(), right.as_integer_ratio()
    return _simple(a * c, b * d)


def divide(left: Number, right: Number) -> Number:
    """The exact quotient; ZeroDivisionError when `right` is zero."""
    (a, b), (c, d) = left.as_integer_ratio(), right.as_integer_ratio()
    return _simple(a * d, b * c)


def percent(part: Number, whole: Number) -> Number:
    """The part in percent of the whole, exactly; ZeroDivisionError when the whole is zero."""
    (a, b), (c, d) = part.as_integer_ratio(), whole.as_integer_ratio()
    return _simple(100 * a * d, b * c)


def share(whole: Number, percentage: Number) -> Number:
    """So many percent of the whole, exactly."""
    if isinstance(whole, Decimal) and isinstance(percentage, Decimal):
        try:
            return _EXACT.multiply(whole, percentage).scaleb(-2, _EXACT)
        except Inexact:
            pass
    (a, b), (c, d) = whole.as_integer_ratio(), percentage.as_integer_ratio()
    return _simple(a * c, 100 * b * d)


def floor(value: Number) -> Decimal:
    """The largest whole number that is not above the value."""
    if isinstance(value, Decimal):
        return value.to_integral_value(ROUND_FLOOR)
    return Decimal(value.numerator // value.denominator)


def ceiling(value: Number) -> Decimal:
    """The smallest whole number that is not below the value."""
    if isinstance(value, Decimal):
        return value.to_integral_value(ROUND_CEILING)
    return Decimal(-(-value.numerator // value.denominator))


def round_half_up(value: Number, places: int) -> Decimal:
    """The value with `places` decimals, ties away from zero (0.005 → 0.01, −0.005 → −0.01)."""
    if isinstance(value, Decimal):
        rounded = value.quantize(_unit_at(places), context=_WIDE)
    else:
        numerator, denominator = value.as_integer_ratio()
        units = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
        rounded = Decimal(units if numerator >= 0 else -units).scaleb(-places, context=_WIDE)
    return abs(rounded) if rounded.is_zero() else rounded


def decimal_of(value: int | str | Decimal) -> Decimal:
    """The Decimal that was meant; floats, booleans, NaN and infinities are refused."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        msg = f"an exact number is an int, a str or a Decimal, not {type(value).__name__}"
        raise TypeError(msg)
    number = Decimal(value)
    if not number.is_finite():
        msg = f"{value} is not a finite number"
        raise ValueError(msg)
    return number


def is_sensible(number: Decimal) -> bool:
    """Whether a number is of a size and fineness that appraisal can mean."""
    if not number.is_finite():
        return False
    if number.adjusted() > _MOST_DIGITS:
        return False
    return number.same_quantum(_CENT) or int(number.as_tuple().exponent) >= -_MOST_PLACES


def less(left: Number, right: Number) -> bool:
    """Whether left is less than right; quicker than Python's own where kinds are mixed."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    (a, b), (c, d) = left.as_integer_ratio(), right.as_integer_ratio()
    return a * d < c * b


def _simple(numerator: int, denominator: int) -> Number:
    """The quotient as a Decimal where its digits end, else as a Fraction."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    common = gcd(numerator, denominator)
    numerator, denominator = numerator // common, denominator // common
    if _ends(denominator):
        try:
            return _EXACT.divide(Decimal(numerator), Decimal(denominator))
        except Inexact:
            pass
    # Fraction() would look for the common divisor again; this is most of an evaluation's time.
    fraction = object.__new__(Fraction)
    fraction._numerator = numerator  # type: ignore[attr-defined]
    fraction._denominator = denominator  # type: ignore[attr-defined]
    return fraction


@cache
def _unit_at(places: int) -> Decimal:
    """One in the last of so many decimals."""
    return Decimal(1).scaleb(-places)


@lru_cache(maxsize=1024)
def _ends(denominator: int) -> bool:
    """Whether digits end: only powers of 2 and 5 divide a power of ten."""
    return bool(10 ** denominator.bit_length() % denominator == 0)
