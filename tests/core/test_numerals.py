from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.numerals import parse_decimal


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("95", "95"),
        ("１２３４５", "12345"),
        ("1,234.50", "1234.50"),
        ("１，２３４．５", "1234.5"),
        ("￥1,234", "1234"),
        ("¥ 1,234 元", "1234"),
        ("12万", "120000"),
        ("1.5亿", "150000000"),
        ("95％", "0.95"),
        ("95 %", "0.95"),
        ("（100）", "-100"),
        ("-3.5", "-3.5"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("-0", "0"),
    ],
)
def test_numbers_are_understood_as_people_type_them(typed: str, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)
    assert not parse_decimal(typed).is_signed() or Decimal(value) < 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写数字"),
        ("   ", "请填写数字"),
        ("12.345.678", "多个小数点"),
        ("1e5", "科学计数法"),
        ("九十五", "汉字数字"),
        ("12,34", "千位分隔符"),
        ("1234,567", "千位分隔符"),
        ("abc", "不是数字"),
        ("#DIV/0!", "不是数字"),
        ("TRUE", "不是数字"),
        ("95分", "不是数字"),
        ("--3", "不是数字"),
        ("(-3)", "不是数字"),
        ("%", "不是数字"),
        ("1万%", "不是数字"),
        ("NaN", "不是数字"),
        ("1" * 40, "太长"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match=reason):
        parse_decimal(typed)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
    )
)
def test_every_number_that_is_shown_is_read_back_as_itself(value: Decimal) -> None:
    assert parse_decimal(f"{value:,f}") == value


@given(st.text(max_size=12))
def test_any_text_gives_a_number_or_a_refusal(text: str) -> None:
    with contextlib.suppress(InvalidValueError):
        assert parse_decimal(text).is_finite()
