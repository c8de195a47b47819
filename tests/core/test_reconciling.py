"""对账: the sum beside its lines, and what was paid beside what the rate gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpidesk.core.exact import Number, sum_of
from kpidesk.core.facts import Fact
from kpidesk.core.payroll.books import Books
from kpidesk.core.payroll.reconciling import Kind, Reconciling, Row, net_rows
from tests.core.pay_groups import Figures, Paid, months, quarters, told


def rows_of(paid: Paid, key: str, books: Books | None = None, who: str = "甲") -> list[Row]:
    books = books or Books()
    made = Reconciling(paid.group, paid.evaluation, books.settled, books.closed, paid.asked.context)
    return made.rows(who, paid.period(key))


def seller(actual: list[int | str | None], **more: Any) -> Paid:  # noqa: ANN401 - parameters
    figures = {"actual": actual, "kpi_coefficient": more.pop("k", [1] * 4)}
    return quarters({"甲": {**figures, **more.pop("wages", {})}}, **more)


def amount(rows: list[Row], label: str) -> Number:
    return next(one.amount for one in rows if label in one.label)


def test_the_lines_add_up_to_the_sum_and_the_scheme_says_the_same() -> None:
    paid = seller([60_000], wages={"base_salary": [9000], "variable_pay": [2000]})
    rows = net_rows(paid.group, paid.evaluation, paid.period("2026Q1"), "甲")
    assert [one.amount for one in rows] == [9000, 0, 2400, 11_400, 11_400]
    assert rows[-1].kind is Kind.CHECK
    assert rows[-1].agrees


def test_a_correction_is_part_of_the_sum() -> None:
    paid = seller([60_000, 60_000], wages={"base_salary": [9000] * 2, "variable_pay": [2000] * 2})
    books = paid.settled("2026Q1")
    after = paid.having(Fact("甲", "actual", Decimal(70_000), "2026Q1"))
    due = books.due("2026Q2", after.evaluation, after.inputs.lines).evaluation
    rows = net_rows(after.group, due, after.period("2026Q2"), "甲")
    assert rows[-1].note == "方案的合计项，加更正"
    assert rows[-1].agrees
    assert rows[-1].amount == 9000 + 2400 + 400


def test_once_all_is_repaid_what_was_paid_is_the_rate_times_all_that_came_in() -> None:
    rows = rows_of(seller([30_000, 90_000, 60_000, 70_000]), "2026Q4")
    assert amount(rows, "按销售比例应计") == amount(rows, "已计提销售奖金") == 10_000
    assert not [one for one in rows if one.kind is Kind.LESS]


def test_what_is_not_paid_yet_is_explained_item_by_item() -> None:
    rows = rows_of(seller([30_000, 60_000, None, None]), "2026Q2")
    assert amount(rows, "完成额累计") == 90_000
    assert amount(rows, "2026Q1 暂不计提") == -1600  # 30000 came in, 10000 of Q2 fill the gap
    assert "还差 10,000.00 元" in next(x.note for x in rows if "暂不计提" in x.label)
    carried = rows_of(seller([130_000, None, None, None]), "2026Q1")
    assert amount(carried, "超额") == -1200
    waits = rows_of(seller([30_000, 20_000, 75_000, None], release="all"), "2026Q3")
    assert "等其他季度" in next(x.note for x in waits if "2026Q1 暂不计提" in x.label)


def test_the_coefficient_and_services_are_said_apart() -> None:
    paid = seller([60_000], k=[Decimal("1.1")], wages={"service_net": [1000]})
    rows = rows_of(paid, "2026Q1")
    assert amount(rows, "服务奖金") == 60
    assert amount(rows, "系数的影响") == Decimal("49.20")
    assert amount(rows, "应发奖金累计") == Decimal("2509.20")


def test_rounding_and_what_parameters_say_are_other_differences() -> None:
    rounding = rows_of(seller(["60000.07"]), "2026Q1")
    other = next(one for one in rounding if one.label == "其他差异")
    assert other.note == "逐期四舍五入到分"
    apart = rows_of(seller([60_000], wages={"implementation_net": [10_000]}), "2026Q1")
    other_ = next(one for one in apart if one.label == "其他差异")
    assert told(other_.amount, other_.note[:4]) == (-400, "参数另有")


def test_what_lapsed_with_the_year_waits_no_more() -> None:
    """Nobody makes it up: it is no part of what is still to come."""
    rows = rows_of(seller([30_000, 60_000, None, None], year_end_shortfall="clear"), "2026Q2")
    assert amount(rows, "2026Q1 暂不计提") == -1600


def test_what_was_settled_is_held_to_what_is_due_today() -> None:
    paid = seller([60_000, 60_000])
    books = paid.settled("2026Q1")
    same = rows_of(paid, "2026Q1", books)[-1]
    assert told(same.kind, same.agrees, same.amount) == (Kind.CHECK, True, 2400)
    after = paid.having(Fact("甲", "actual", Decimal(70_000), "2026Q1"))
    differs = rows_of(after, "2026Q1", books)[-1]
    assert not differs.agrees
    assert "相差 400.00 元" in differs.note
    corrected = books.with_next("2026Q2", after.evaluation, after.inputs.lines)
    assert rows_of(after, "2026Q2", corrected)[-1].agrees


def test_commission_is_held_to_the_money_that_came_in() -> None:
    figures: Figures = {
        "collected": [10_000, "0.11"],
        "base_salary": [8000] * 2,
        "target": [5000] * 2,
    }
    paid = months({"甲": figures}, director_override_source="extra")
    rows = rows_of(paid, "2026-02")
    assert [one.label for one in rows] == ["回款累计", "按比例应计提成", "差异", "应发提成累计"]
    assert rows[2].note == "逐期四舍五入到分"
    shared = months(
        {"甲": figures, "总监": {"base_salary": [9000] * 2}}, director_override_source="deduct"
    )
    parts = rows_of(shared, "2026-01")
    assert "划给负责人" in parts[2].note
    settled = rows_of(paid, "2026-01", paid.settled("2026-01"))
    assert settled[-1].agrees


def test_without_figures_or_a_rate_there_is_nothing_to_reconcile() -> None:
    assert rows_of(seller([None]), "2026Q1") == []
    assert rows_of(months({"甲": {"base_salary": [8000]}}), "2026-01") == []


@settings(max_examples=25)
@given(st.lists(st.integers(0, 2_000_000), min_size=4, max_size=4))
def test_the_rows_always_come_from_what_is_due_to_what_is_accrued(tenths: list[int]) -> None:
    paid = seller([str(Decimal(one) / 10) for one in tenths])
    rows = rows_of(paid, "2026Q4")
    due = amount(rows, "按销售比例应计")
    less = sum_of(x.amount for x in rows if x.kind is Kind.LESS and "系数" not in x.label)
    assert sum_of((due, less)) == amount(rows, "已计提销售奖金")
    others = [one for one in rows if one.label == "其他差异"]
    assert all(one.note == "逐期四舍五入到分" for one in others)


@pytest.mark.parametrize("key", ["2026-01", "cycle"])
def test_an_empty_period_has_a_sum_of_nothing(key: str) -> None:
    paid = months({"甲": {}})
    rows = net_rows(paid.group, paid.evaluation, paid.period(key), "甲")
    assert [told(one.label, one.amount) for one in rows] == [("各项相加", 0)]
