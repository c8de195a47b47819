"""Dated lines in some periods and entered sums in others, of one person in one cycle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.facts import TEAM, Fact
from kpidesk.core.findings import Code
from kpidesk.core.payroll.record import Cell, LedgerLine
from kpidesk.core.results import Evaluation
from tests.core.pay_groups import Paid, months, quarters


def collected(*facts: Fact) -> Paid:
    """Lines in January; whatever else is given."""
    paid = months(
        {"甲": {"base_salary": [8000] * 12, "target": [5000] * 12}},
        director_override_source="extra",
    )
    line = LedgerLine("甲", "collection", date(2026, 1, 5), (Cell("amount", Decimal(10_000)),))
    lined = replace(paid, inputs=replace(paid.inputs, ledger=(line,)))
    return lined.having(*facts) if facts else lined


def value(evaluation: Evaluation, name: str, key: str) -> object:
    found = evaluation.get("甲", name, key)
    assert found is not None
    return found.text


def test_a_month_with_a_sum_and_a_month_with_lines_stand_side_by_side() -> None:
    found = collected(Fact("甲", "collected", Decimal(20_000), "2026-02")).evaluation
    assert not found.blocked
    assert value(found, "commission", "2026-01") == "500.00"
    assert value(found, "commission", "2026-02") == "1000.00"
    assert value(found, "commission", "2026-03") == "0.00"  # no line of the list: nothing came in
    assert value(found, "collected", "cycle") == "30000.00"


@pytest.mark.parametrize("key", ["2026-01", "2026Q1", "2026", "cycle", "each"])
def test_a_sum_of_days_that_have_lines_is_refused(key: str) -> None:
    found = collected(Fact("甲", "collected", Decimal(1), key)).evaluation
    assert found.blocked
    doubled = [one for one in found.findings if one.code is Code.CONFLICTING_FACTS]
    assert "在同一期间既填了数字，又有逐笔事项" in doubled[0].message


def test_a_share_of_a_line_of_the_team_is_a_line() -> None:
    paid = collected(Fact("甲", "collected", Decimal(1), "2026-02"))
    shares = (("甲", Decimal(100)),)
    line = LedgerLine(TEAM, "collection", date(2026, 2, 5), (Cell("amount", Decimal(1)),), shares)
    lined = replace(paid, inputs=replace(paid.inputs, ledger=(*paid.inputs.ledger, line)))
    assert lined.evaluation.blocked


def test_a_longer_period_adds_the_lines_and_the_sums_of_its_parts() -> None:
    paid = collected(Fact("甲", "collected", Decimal(20_000), "2026-02"))
    context = paid.asked.context
    quarter = paid.period("2026-03").days
    whole = replace(quarter, start=date(2026, 1, 1))
    figure = context.number("甲", "collected", whole)
    assert figure is not None
    assert figure.value == 30_000
    assert [one.label for one in figure.inputs] == ["2026-01-05 回款", "回款（2026-02）"]


def test_a_field_says_whether_lines_make_it() -> None:
    paid = collected(Fact("甲", "collected", Decimal(20_000), "2026-02"))
    fields = {
        key: next(
            one
            for one in paid.asked.fields(paid.period(key), "甲")
            if one.known.name == "collected"
        )
        for key in ("2026-01", "2026-02", "2026-03")
    }
    assert [(one.fed, one.lined) for one in fields.values()] == [
        (True, True),
        (False, False),
        (True, False),
    ]


def test_a_quarter_of_entered_figures_follows_one_of_lines() -> None:
    paid = quarters({"甲": {"actual": [None, 60_000]}})
    cells = (Cell("net", Decimal(70_000)),)
    line = LedgerLine("甲", "software", date(2026, 1, 5), cells)
    mixed = replace(paid, inputs=replace(paid.inputs, ledger=(line,))).evaluation
    assert not mixed.blocked
    assert [value(mixed, "actual", key) for key in ("2026Q1", "2026Q2", "2026Q3")] == [
        "70000.00",
        "60000.00",
        "0.00",
    ]
