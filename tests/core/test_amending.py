"""Amendments: which terms hold on which day, what may change from when, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.agreed import agreed_facts
from kpidesk.core.amending import amendment_problems, check_amendment, in_force, pieces
from kpidesk.core.contract import Amends, Contract, ContractId
from kpidesk.core.differences import differences
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_contract_states import DAY, SIGNED

JULY = date(2026, 7, 1)
MONTHS = Cycle(Period.parse("2026")).parts(Grain.MONTH)
QUARTERS = Cycle(Period.parse("2026")).parts(Grain.QUARTER)
SCHEME = builtin_scheme("account-manager-kpi")


def plan(*months: int, fact: str = "sales_plan", label: str = "计划销售额") -> Target:
    figures = tuple(map(Decimal, months))
    return Target(fact, label, "万元", sum(figures, Decimal(0)), figures)


EVEN = plan(*[100] * 12)
BASE = replace(
    SIGNED,
    targets=(EVEN, Target("share", "市场份额", "%", Decimal(12), adds_up=False)),
    settings=(("growth_step", Decimal(10)),),
    special_terms=("试用期三个月", "差旅另议"),
)


def amendment(effective: date = JULY, ordinal: int = 1, **changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    amends = Amends(BASE.id, BASE.number, DAY, ordinal, effective, "0" * 64)
    plain = replace(BASE, id=ContractId(50 + ordinal), number=f"{BASE.number}-补{ordinal}")
    return replace(plain, amends=amends, **changes)


HIGHER = plan(*[100] * 6, *[150] * 6)


def test_from_its_day_the_amended_terms_are_in_force() -> None:
    second = amendment(date(2026, 10, 1), 2, special_terms=("无",))
    both = [amendment(targets=(HIGHER,)), second]
    assert in_force(BASE, both, date(2026, 6, 30)) == BASE
    later = in_force(BASE, both, JULY)
    assert (later.id, later.number, later.targets) == (BASE.id, BASE.number, (HIGHER,))
    assert later.title == "责任书 销售部-2026-001（经第 1 份补充协议变更）"
    assert not later.is_amendment
    assert both[0].is_amendment
    assert both[0].title == "补充协议 销售部-2026-001-补1"
    assert in_force(BASE, both, date(2026, 10, 1)).special_terms == ("无",)


def test_a_month_is_judged_by_the_figure_in_force_on_its_days() -> None:
    amended = [amendment(targets=(HIGHER,))]
    values = {}
    for cycle in MONTHS:
        terms = in_force(BASE, amended, cycle.last_day)
        for fact in agreed_facts(SCHEME, terms, cycle, "person"):
            values[cycle.key] = (fact.value, fact.origin.source)
    assert values["2026-06"] == (100, "责任书 销售部-2026-001")
    assert values["2026-07"] == (150, "责任书 销售部-2026-001（经第 1 份补充协议变更）")


@pytest.mark.parametrize(
    ("effective", "changes", "cycles", "said"),
    [
        (date(2027, 1, 1), {}, MONTHS, "不在责任期限"),
        (JULY, {"targets": (plan(*[100] * 5, *[150] * 7),)}, MONTHS, "从 2026-06-01 开始的月"),
        (date(2026, 7, 2), {"targets": (HIGHER,)}, QUARTERS, "从 2026-07-01 开始的月"),
        (date(2026, 8, 1), {"settings": ()}, QUARTERS, "请改为 2026-07-01、2026-10-01"),
        (date(2026, 11, 1), {"settings": ()}, QUARTERS, "请改为 2026-10-01，或只调整"),
        (date(2026, 8, 1), {"targets": ()}, QUARTERS, "取消目标“计划销售额”须从一个考核周期"),
        (
            date(2026, 8, 1),
            {"targets": (EVEN, Target("share", "市场份额", "%", Decimal(13), adds_up=False))},
            QUARTERS,
            "“市场份额”的全期目标按整个考核周期计算",
        ),
    ],
)
def test_what_lies_before_the_effective_day_is_not_changed(
    effective: date, changes: dict[str, Any], cycles: tuple[Period, ...], said: str
) -> None:
    with pytest.raises(InvalidValueError, match=said):
        check_amendment(BASE, amendment(effective, **changes), cycles)


def test_what_lies_after_it_is() -> None:
    kept = BASE.targets[1]
    for effective, changes, cycles in (
        (JULY, {"targets": (HIGHER, kept), "settings": (), "special_terms": ()}, QUARTERS),
        (date(2026, 6, 15), {"targets": (HIGHER, kept)}, QUARTERS),
        (date(2026, 1, 1), {"targets": ()}, (Period.parse("2026"),)),
        (date(2026, 5, 20), {"special_terms": ("新",)}, (Period.parse("2026"),)),
    ):
        assert [*amendment_problems(BASE, amendment(effective, **changes), cycles)] == []


def test_an_amendment_does_not_take_effect_before_the_one_before_it() -> None:
    before = in_force(BASE, [amendment()], JULY)
    (problem,) = amendment_problems(before, amendment(date(2026, 6, 1), 2), MONTHS)
    assert "早于上一份补充协议的生效日期(2026-07-01)" in problem


def test_new_parameters_divide_the_term_and_its_months() -> None:
    targets_only = amendment(date(2026, 3, 1), 1, targets=(plan(100, 100, *[110] * 10),))
    settings = amendment(JULY, 2, targets=(HIGHER,), settings=())
    first, second = pieces(BASE, [targets_only, settings])
    assert (first.term, first.settings) == (Period.parse("2026H1"), BASE.settings)
    assert first.targets == (plan(100, 100, *[110] * 4),)
    assert (second.term, second.settings) == (Period.parse("2026H2"), ())
    assert second.targets == (plan(*[150] * 6),)
    assert pieces(BASE, [targets_only]) == (in_force(BASE, [targets_only], JULY),)


def test_a_part_of_the_term_keeps_what_holds_for_any_part_of_it() -> None:
    share = BASE.targets[1]
    whole = Target("profit", "全年利润", "万元", Decimal(300))
    stock = Target(
        "stock", "库存", "万元", Decimal(9), tuple(map(Decimal, range(12))), adds_up=False
    )
    base = replace(BASE, targets=(EVEN, share, whole, stock))
    first, second = pieces(base, [amendment(targets=base.targets, settings=())])
    assert first.targets == (
        plan(*[100] * 6),
        share,
        replace(stock, months=tuple(map(Decimal, range(6)))),
    )
    assert second.targets[1:] == (share, replace(stock, months=tuple(map(Decimal, range(6, 12)))))


def test_what_amends_nothing_changes_nothing() -> None:
    other = replace(BASE, settings=(), targets=())
    assert in_force(BASE, [other], JULY) == BASE
    assert pieces(BASE, [other]) == (BASE,)
    check_amendment(BASE, other, QUARTERS)


def test_a_new_total_beside_the_same_months_waits_for_a_cycle_to_begin() -> None:
    stock = Target("stock", "库存", "万元", Decimal(9), (Decimal(9),) * 12, adds_up=False)
    base = replace(BASE, targets=(stock,))
    higher = (replace(stock, total=Decimal(12)),)
    check_amendment(base, amendment(targets=higher), QUARTERS)
    with pytest.raises(
        InvalidValueError, match="请把生效日期\\(2026-08-01\\)改为 2026-07-01、2026-10-01"
    ):
        check_amendment(base, amendment(date(2026, 8, 1), targets=higher), QUARTERS)


def test_each_sort_of_target_may_change_with_a_cycle() -> None:
    share = replace(BASE.targets[1], total=Decimal(13))
    new = Target("profit", "全年利润", "万元", Decimal(300))
    check_amendment(BASE, amendment(targets=(HIGHER, share, new)), QUARTERS)


def test_each_difference_is_said_from_old_to_new() -> None:
    customers = plan(*[2] * 12, fact="new_customers_plan", label="计划开发新客户")
    after = amendment(
        targets=(plan(*[100] * 6, *[150] * 4, 160, 100), customers),
        settings=(("growth_step", Decimal("12.5")),),
        special_terms=("试用期两个月", "差旅另议", "年假照旧"),
    )
    said = [one.text for one in differences(SCHEME, BASE, after)]
    label = next(one.label for one in SCHEME.parameters if one.name == "growth_step")
    unit = next(one.unit for one in SCHEME.parameters if one.name == "growth_step")
    gap = "" if unit == "%" else " "
    assert said == [
        (
            "目标“计划销售额”：全期由 1,200 万元调整为 1,460 万元；其中2026年7月至10月每月"
            "由 100 万元调整为 150 万元，2026年11月由 100 万元调整为 160 万元。"
        ),
        "取消目标“市场份额”（原为全期 12%）。",
        "增加目标“计划开发新客户”：全期 24 万元，2026年1月至12月每月 2 万元。",
        f"“{label}”由 10{gap}{unit}调整为 12.5{gap}{unit}。",
        "特别约定第 1 条由“试用期三个月”改为“试用期两个月”。",
        "增加特别约定：“年假照旧”。",
    ]
    assert differences(SCHEME, BASE, amendment()) == ()
