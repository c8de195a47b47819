"""What is typed into fields of the sheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.period import Grain
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.ui.pages.scoring.entry import read_entry

_KINDS = {
    FieldKind.NUMBER: ValueKind.NUMBER,
    FieldKind.COUNT: ValueKind.COUNT,
    FieldKind.POINTS: ValueKind.POINTS_BY_RATERS,
}


def field(
    kind: FieldKind,
    unit: str = "",
    *,
    most: int | None = None,
    rater: str = "",
) -> tuple[SheetField, KnownFact]:
    limit = None if most is None else Decimal(most)
    made = SheetField("x", "某项", unit, kind, None, most=limit, rater=rater)
    return made, KnownFact("x", "某项", unit, _KINDS[kind], (Grain.CYCLE,))


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("76", "万元", "76"),
        ("76 万元", "万元", "76"),
        ("76万", "万元", "76"),
        ("12万", "元", "120000"),
        ("１,２３４．５", "元", "1234.5"),
        ("95%", "%", "95"),
        ("95％", "%", "95"),
    ],
)
def test_a_unit_that_is_typed_as_well_does_not_change_the_number(
    text: str, unit: str, value: str
) -> None:
    assert read_entry(*field(FieldKind.NUMBER, unit), text) == Decimal(value)


def test_an_empty_field_is_missing_and_not_zero() -> None:
    assert read_entry(*field(FieldKind.NUMBER), "  ") is None


@pytest.mark.parametrize("text", ["88 84 91", "88、84、91", "88，84，91", " 88  84、91 "])
def test_several_raters_are_written_side_by_side(text: str) -> None:
    scores = read_entry(*field(FieldKind.POINTS, "分", most=100, rater="互评"), text)
    assert scores == (Decimal(88), Decimal(84), Decimal(91))


def test_one_rater_is_one_number() -> None:
    asked = field(FieldKind.POINTS, "分", most=100, rater="自评")
    assert read_entry(*asked, "88.5分") == Decimal("88.5")


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (FieldKind.NUMBER, "abc", "不是数字"),
        (FieldKind.NUMBER, "九十五", "汉字数字"),
        (FieldKind.NUMBER, "-3", "不小于零"),
        (FieldKind.COUNT, "2.5", "整数"),
        (FieldKind.POINTS, "12", "最高 10 分"),
        (FieldKind.POINTS, "-1", "最低 0 分"),
        (FieldKind.POINTS, "8 九", "汉字数字"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(kind: FieldKind, text: str, says: str) -> None:
    most = 10 if kind is FieldKind.POINTS else None
    with pytest.raises(ValueError, match=says):
        read_entry(*field(kind, most=most, rater="互评"), text)


@pytest.mark.parametrize("kind", [FieldKind.LEVEL, FieldKind.STATEMENTS, FieldKind.FLAG])
def test_what_is_chosen_cannot_be_typed(kind: FieldKind) -> None:
    known = KnownFact("x", "某项", "", ValueKind.POINTS, (Grain.CYCLE,))
    with pytest.raises(TypeError, match="chosen, not typed"):
        read_entry(SheetField("x", "某项", "", kind, None), known, "1")
