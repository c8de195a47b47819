"""Figures carry their derivation, check their units, and read well."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.explain import explain
from kpidesk.core.figure import (
    DAYS,
    PERCENT,
    POINTS,
    RATIO,
    YES_NO,
    YUAN,
    Figure,
    Op,
    Unit,
    UnitError,
    given,
    mean,
    total,
)
from kpidesk.core.indicator import Indicator
from kpidesk.core.scoring.rules import Manual
from kpidesk.core.tables import Band, Bands

SALES, PLAN = given(76, YUAN, "实际"), given(80, YUAN, "计划")
PIECES = Unit("件")
PER_PIECE = Unit("元", "件")


def told(figure: Figure) -> list[str]:
    return [f"{'  ' * one.depth}{one.text}" for one in explain(figure)]


def test_units_multiply_and_divide_as_they_should() -> None:
    price, pieces = given(5, PER_PIECE, "单价"), given(3, PIECES, "件数")
    assert (price * pieces).unit == YUAN
    assert (pieces * price).unit == YUAN
    assert (SALES / pieces).unit == PER_PIECE
    assert (SALES / PLAN).unit == RATIO
    assert (SALES / given(2, RATIO, "二")).unit == YUAN
    assert (SALES * given(2, RATIO, "二")).unit == YUAN
    assert (given(2, RATIO, "二") * SALES).unit == YUAN
    assert str(PER_PIECE) == "元/件"


def test_units_that_do_not_fit_are_refused() -> None:
    points = given(5, POINTS, "得分")
    wrongs: tuple[Callable[[], Figure], ...] = (
        lambda: SALES + points,
        lambda: SALES - points,
        lambda: SALES * PLAN,
        lambda: SALES.percent_of(points),
        lambda: SALES.at_most(points),
        lambda: SALES.share(points),
        lambda: total([SALES, points], YUAN),
        lambda: points.out_of_100(SALES),
        lambda: given(5, PER_PIECE, "单价") / given(2, DAYS, "天数"),
    )
    for wrong in wrongs:
        with pytest.raises(UnitError):
            wrong()


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        given(0.5, POINTS, "得分")  # type: ignore[arg-type]


def test_a_figure_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        SALES.value = Decimal(1)  # type: ignore[misc]


def test_a_quotient_that_never_ends_says_so_and_is_rounded_visibly() -> None:
    third = given(1, YUAN, "实际").percent_of(given(3, YUAN, "计划")).named("完成率").rounded(2)
    assert told(third) == [
        "完成率 = 实际 1元 ÷ 计划 3元 × 100% ≈ 33.333333%，四舍五入保留2位小数 = 33.33%",
    ]


def test_rounding_to_the_integer_reads_so() -> None:
    score = given("89.5", POINTS, "得分").rounded(0)
    assert told(score) == ["得分 = 89.5分，四舍五入到整数 = 90分"]


def test_rounding_twice_shows_both_steps() -> None:
    score = given("89.495", POINTS, "得分").rounded(2).rounded(0)
    assert told(score) == [
        "得分 = 89.495分，四舍五入保留2位小数 = 89.50分，四舍五入到整数 = 90分",
    ]


def test_rounding_that_changes_nothing_is_not_mentioned() -> None:
    assert told((SALES + PLAN).named("合计").rounded(2)) == [
        "合计 = 实际 76元 + 计划 80元 = 156.00元"
    ]


def test_parentheses_stand_only_where_they_are_needed() -> None:
    half = given(50, PERCENT, "一半")
    shares = total([SALES.share(half), PLAN.share(half)], YUAN).named("合计")
    assert told(shares) == ["合计 = 实际 76元 × 一半 50% + 计划 80元 × 一半 50% = 78元"]
    product = ((SALES + PLAN) * given(2, RATIO, "倍数")).named("双倍")
    assert told(product) == ["双倍 = （实际 76元 + 计划 80元） × 倍数 2 = 312元"]
    rest = (SALES - (PLAN - SALES)).named("余额")
    assert told(rest) == ["余额 = 实际 76元 − （计划 80元 − 实际 76元） = 72元"]


def test_limits_means_and_tables_read_as_they_work() -> None:
    least, most = given(90, YUAN, "最低"), given(70, YUAN, "最高")
    assert told(SALES.at_least(least).named("计")) == ["计 = 实际 76元，最低计 最低 90元 = 90元"]
    assert told(SALES.at_most(most).named("计")) == ["计 = 实际 76元，最高计 最高 70元 = 70元"]
    assert told(mean([SALES, PLAN]).named("平均")) == ["平均 = （实际 76元 + 计划 80元）÷ 2 = 78元"]
    assert told(SALES.looked_up(Decimal(3), POINTS).named("分")) == [
        "分 = 按标准对照 实际 76元 = 3分",
    ]
    assert told(SALES.because(PLAN).named("计")) == ["计 = 实际 76元（计划 80元） = 76元"]
    assert told(SALES.because().named("计")) == ["计 = 实际 76元 = 76元"]


def test_whole_steps_say_what_was_cut_off() -> None:
    steps = given("2.5", DAYS, "缺勤")
    assert told(steps.whole().named("天数")) == ["天数 = 缺勤 2.5天，只计整数 = 2天"]
    assert told(steps.next_whole().named("天数")) == ["天数 = 缺勤 2.5天，不足一档按一档计 = 3天"]
    assert told(given(2, DAYS, "缺勤").whole().named("天数")) == ["天数 = 缺勤 2天 = 2天"]


def test_a_second_result_does_not_explain_again_what_the_first_did() -> None:
    seen: set[Figure] = set()
    rate = SALES.percent_of(PLAN).named("完成率", "R02")
    assert explain(rate, seen)
    again = explain(rate.rounded(2), seen)
    assert [one.text for one in again] == ["完成率 = 实际 76元 ÷ 计划 80元 × 100% = 95.00%"]


def test_a_figure_that_is_rounded_again_under_another_name_says_so_though_it_was_explained() -> (
    None
):
    seen: set[Figure] = set()
    score = given("89.5", POINTS, "得分").rounded(2)
    assert explain(score, seen)
    judged = score.named("定等级的得分").rounded(0)
    lines = explain(judged.looked_up(Decimal(90), POINTS).named("优秀的下限"), seen)
    assert [one.text for one in lines] == [
        "优秀的下限 = 按标准对照 定等级的得分 90分 = 90分",
        "定等级的得分 = 89.50分，四舍五入到整数 = 90分",
    ]


@examples(
    st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6, unique=True).map(sorted),
    st.lists(st.decimals(0, 120, places=3), min_size=2, max_size=6).map(sorted),
)
def test_a_value_is_in_exactly_one_band_and_a_higher_one_in_no_lower(
    starts: list[Decimal], values: list[Decimal]
) -> None:
    bands = Bands(tuple(Band(start, place) for place, start in enumerate(starts)))
    found = [bands.find(value) for value in values]
    for value, band in zip(values, found, strict=True):
        inside = [place for place, start in enumerate(starts) if start <= value]
        assert (band.value if band else None) == (inside[-1] if inside else None)
    places = [-1 if band is None else band.value for band in found]
    assert all(low <= high for low, high in pairwise(places))


def test_a_band_may_begin_above_its_bound() -> None:
    bands = Bands((Band(Decimal(0), "低"), Band(Decimal(60), "高", inclusive=False)))
    below, above = bands.find(Decimal(60)), bands.find(Decimal("60.01"))
    assert (below.value if below else "") == "低"
    assert (above.value if above else "") == "高"
    for wrong in ((), (Band(Decimal(1), "a"), Band(Decimal(1), "b"))):
        with pytest.raises(InvalidValueError):
            Bands(wrong)


def test_an_indicator_refuses_nonsense() -> None:
    leaf = Indicator("甲", Decimal(10), rule=Manual())
    assert leaf.depth == 1
    for name, worth, rule, children in (
        (" ", 1, Manual(), ()),
        ("甲", -1, Manual(), ()),
        ("甲", 1, None, ()),
        ("甲", 1, Manual(), (leaf,)),
    ):
        with pytest.raises(InvalidValueError):
            Indicator(name, Decimal(worth), rule=rule, children=children)
    three = Indicator("上", Decimal(10), children=(Indicator("中", Decimal(10), children=(leaf,)),))
    with pytest.raises(InvalidValueError, match="层级过深"):
        Indicator("顶", Decimal(10), children=(three,))


def condition(op: Op, *inputs: Figure, value: int = 1) -> Figure:
    return Figure(Decimal(value), YES_NO, op, inputs)


REACHED = condition(Op.NOT_BELOW, SALES, PLAN, value=0)
SHORT = condition(Op.LESS, SALES, PLAN)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (SALES.out_of_100(PLAN), "实际 76元 ÷ 计划 80元 × 100 = 95元"),
        (SALES.whole_of(given(95, PERCENT, "完成率")), "实际 76元 ÷ 完成率 95% = 80元"),
        (
            SALES.allotted(Decimal(19), given(25, PERCENT, "占比")),
            "实际 76元 按 占比 25% 分配（最大余数法，到分） = 19元",
        ),
        (Figure(Decimal(-76), YUAN, Op.NEGATED, (SALES,)), "−实际 76元 = -76元"),
        (Figure(Decimal(76), YUAN, Op.ABSOLUTE, (SALES,)), "实际 76元 的绝对值 = 76元"),
        (SHORT, "实际 76元 < 计划 80元 = 是"),
        (REACHED, "实际 76元 ≥ 计划 80元 = 否"),
        (
            condition(Op.ALL, SHORT, REACHED, value=0),
            "实际 76元 < 计划 80元 成立 且 实际 76元 ≥ 计划 80元 不成立 = 否",
        ),
        (
            condition(Op.ANY, SHORT, REACHED),
            "实际 76元 < 计划 80元 成立 或 实际 76元 ≥ 计划 80元 不成立 = 是",
        ),
        (condition(Op.NOT, REACHED), "不是 实际 76元 ≥ 计划 80元 不成立 = 是"),
    ],
)
def test_every_operation_reads_as_it_works(figure: Figure, words: str) -> None:
    assert told(figure.named("结果"))[0] == f"结果 = {words}"


def test_a_step_that_is_rounded_inside_a_line_says_so() -> None:
    third = (SALES / given(3, RATIO, "三")).rounded(2)
    assert told((third * given(2, RATIO, "倍数")).named("双倍")) == [
        "双倍 = （实际 76元 ÷ 三 3，四舍五入保留2位小数） × 倍数 2 = 50.66元"
    ]


def test_a_sum_of_nothing_is_said_to_be_zero() -> None:
    assert told(total([], YUAN).named("合计")) == ["合计 = 0元"]
