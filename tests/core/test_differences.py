"""What an amendment changes is said from old to new, whatever sort of term it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.contract import Contract
from kpidesk.core.differences import differences, month_span
from kpidesk.core.period import Cycle, Period
from kpidesk.core.settings import NONE, SettingValue
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_contract_states import SIGNED

SCHEME = builtin_scheme("account-manager-kpi")
SHARE = Target("share", "市场份额", "%", Decimal(12), adds_up=False)
MONTHLY = (Decimal(100),) * 12
SALES = Target("sales_plan", "计划销售额", "万元", Decimal(1200), MONTHLY)


def said(before: Contract, after: Contract) -> list[str]:
    return [one.text for one in differences(SCHEME, before, after)]


def target_said(was: Target, becomes: Target) -> str:
    [text] = said(replace(SIGNED, targets=(was,)), replace(SIGNED, targets=(becomes,)))
    return text


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        (
            SHARE,
            replace(SHARE, total=Decimal("13.50")),
            "目标“市场份额”：全期由 12%调整为 13.5%。",
        ),
        (
            SHARE,
            replace(SHARE, total=None, months=(Decimal(12),) * 11 + (Decimal(15),)),
            (
                "目标“市场份额”：全期由 12%调整为“未约定”；其中改为按月约定，"
                "2026年1月至11月每月 12%，2026年12月 15%。"
            ),
        ),
        (SALES, replace(SALES, months=()), "目标“计划销售额”：不再按月约定。"),
        (
            SALES,
            replace(SALES, months=(Decimal(50), Decimal(150), *MONTHLY[2:])),
            (
                "目标“计划销售额”：2026年1月由 100 万元调整为 50 万元，"
                "2026年2月由 100 万元调整为 150 万元。"
            ),
        ),
    ],
)
def test_a_changed_target_says_what_of_it_changed_and_no_more(
    was: Target, becomes: Target, expected: str
) -> None:
    assert target_said(was, becomes) == expected


def test_what_stays_is_not_mentioned() -> None:
    both = replace(SIGNED, targets=(SALES, SHARE))
    assert said(both, both) == []
    assert said(both, replace(SIGNED, targets=(SALES,))) == ["取消目标“市场份额”（原为全期 12%）。"]
    assert said(replace(SIGNED, targets=(SALES,)), both) == ["增加目标“市场份额”：全期 12%。"]


def test_a_target_without_a_figure_is_said_to_have_none() -> None:
    blank = replace(SIGNED, targets=(replace(SHARE, total=None),))
    assert said(SIGNED, blank) == ["增加目标“市场份额”：“未约定”。"]
    assert said(blank, SIGNED) == ["取消目标“市场份额”（原为“未约定”）。"]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("growth_step", Decimal("10.0"), "由“未约定”调整为 10 万元。"),
        ("completion_step", Decimal("2.5"), "由 5%调整为 2.5%。"),
        ("completion_steps", "up", "由“满一档才计”改为“不足一档按一档计”。"),
        ("normalise", True, "由“否”改为“是”。"),
        ("completion_cap", Decimal(120), "由不设限调整为 120 分。"),
    ],
)
def test_a_parameter_is_said_in_the_words_of_its_sort(
    name: str, value: SettingValue, expected: str
) -> None:
    after = replace(SIGNED, settings=((name, value),))
    label = next(one.label for one in SCHEME.parameters if one.name == name)
    assert said(SIGNED, after) == [f"“{label}”{expected}"]


def test_a_parameter_that_is_taken_out_goes_back_to_what_is_usual() -> None:
    set_here = replace(SIGNED, settings=(("growth_step", Decimal(10)), ("normalise", True)))
    assert [one.rpartition("”由")[2] for one in said(set_here, SIGNED)] == [
        " 10 万元改为“未约定”。",
        "“是”改为“否”。",
    ]


def test_a_parameter_left_at_what_it_is_without_a_word_differs_in_nothing() -> None:
    assert said(SIGNED, replace(SIGNED, settings=(("completion_cap", NONE),))) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            ("甲。", "乙。", "丙。"),
            ("甲。",),
            ["删去特别约定第 2 条“乙”。", "删去特别约定第 3 条“丙”。"],
        ),
        (
            ("甲。", "乙。", "丙。"),
            ("丁。", "丙。"),
            ["特别约定第 1 条由“甲”改为“丁”。", "删去特别约定第 2 条“乙”。"],
        ),
        ((), ("甲。",), ["增加特别约定：“甲”。"]),
    ],
)
def test_each_special_term_is_changed_struck_or_added(
    before: tuple[str, ...], after: tuple[str, ...], expected: list[str]
) -> None:
    changed = said(replace(SIGNED, special_terms=before), replace(SIGNED, special_terms=after))
    assert changed == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Period.parse("2026-07"), "2026年7月"),
        (Period.parse("2026H2"), "2026年7月至12月"),
        (Period.months(2026, 11, 4), "2026年11月至2027年2月"),
        (Period(date(2026, 7, 15), date(2026, 10, 15)), "2026年7月15日至2026年10月14日"),
    ],
)
def test_months_in_a_row_are_said_as_one_span(term: Period, expected: str) -> None:
    assert month_span(Cycle(term).contract_months()) == expected
