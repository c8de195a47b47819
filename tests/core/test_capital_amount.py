from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.capital_amount import capital_amount
from kpidesk.core.money import Money


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        ("10", "人民币壹拾元整"),
        ("100.05", "人民币壹佰元零伍分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("100000", "人民币壹拾万元整"),
        ("100000000", "人民币壹亿元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("0.55", "人民币伍角伍分"),
        ("0", "人民币零元整"),
        ("-325.04", "扣回人民币叁佰贰拾伍元零肆分"),
        ("-600", "扣回人民币陆佰元整"),
        ("-0.01", "扣回人民币壹分"),
    ],
)
def test_amounts_of_pay_papers(yuan: str, capitals: str) -> None:
    assert capital_amount(Money.yuan(yuan)) == capitals


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("100700", "人民币壹拾万零柒佰元整"),
        ("1001", "人民币壹仟零壹元整"),
        ("1010", "人民币壹仟零壹拾元整"),
        ("10010001", "人民币壹仟零壹万零壹元整"),
        ("100010000", "人民币壹亿零壹万元整"),
        ("1010000000", "人民币壹拾亿壹仟万元整"),
        ("1000000000000", "人民币壹万亿元整"),
        ("1000300000000", "人民币壹万零叁亿元整"),
        ("10000000000000000", "人民币壹亿亿元整"),
        (
            "99999999999999.99",
            "人民币玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
        ),
    ],
)
def test_zeros_and_large_amounts(yuan: str, capitals: str) -> None:
    assert capital_amount(Money.yuan(yuan)) == capitals


@given(st.one_of(st.integers(-(10**22), 10**22), st.integers(-999_999_99, 999_999_99)))
def test_reading_it_back_gives_the_amount(fen: int) -> None:
    assert _read(capital_amount(Money(fen))) == fen


@given(st.integers(-(10**22), 10**22))
def test_zeros_stand_alone_and_the_end_says_that_nothing_follows(fen: int) -> None:
    text = capital_amount(Money(fen))
    assert "零零" not in text
    assert not re.search("零[万亿元角]", text) or fen == 0
    assert text.endswith("分") if fen % 10 else text.endswith(("角", "整"))
    assert text.endswith("整") == (fen % 100 == 0)


def _read(text: str) -> int:
    """The fen that a reader of the numerals would pay; an independent way back."""
    body = text.removeprefix("扣回").removeprefix("人民币").removesuffix("整")
    yuan, _, rest = body.rpartition("元")
    tenths = re.search("(.)角", rest)
    cents = re.search("(.)分", rest)
    fen = _value(yuan) * 100
    fen += 10 * "零壹贰叁肆伍陆柒捌玖".index(tenths[1]) if tenths else 0
    fen += "零壹贰叁肆伍陆柒捌玖".index(cents[1]) if cents else 0
    return -fen if text.startswith("扣回") else fen


def _value(text: str) -> int:
    for name, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        high, found, low = text.rpartition(name)
        if found:
            return _value(high) * size + _value(low)
    digits = text.replace("零", "")
    return "零壹贰叁肆伍陆柒捌玖".index(digits) if digits else 0
