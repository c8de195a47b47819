"""Wages in parts and days by which things are due, and how the contract says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.clauses import Prose
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exact import round_half_up
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.findings import Code
from kpidesk.core.paying.rules import ComponentSplit
from kpidesk.core.period import EACH
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.builtin import builtin_scheme

SCHEME = builtin_scheme("marketing-director")
PARTS = ("standard_base_wage", "standard_efficiency_wage", "standard_management_wage")
salaries = st.decimals(min_value=0, max_value=100000, places=2)
factors = st.decimals(min_value=0, max_value=3, places=3)


def _tried(
    salary: Decimal,
    efficiency: Decimal = Decimal(1),
    management: Decimal = Decimal(1),
    settings: Mapping[str, SettingValue] | None = None,
    scheme: Scheme = SCHEME,
) -> Evaluation:
    chosen = dict(settings or {})
    facts = (
        Fact("A", "base_salary", salary, EACH),
        Fact("A", "efficiency_coefficient", efficiency, EACH),
        Fact("A", "management_coefficient", management, EACH),
    )
    return evaluate(
        scheme,
        cycle=cycle_of(scheme, chosen, date(2024, 1, 1)),
        people=(Appraisee("A", "marketing_director"),),
        facts=Facts.of(facts),
        settings=chosen,
    )


def _figure(outcome: Evaluation, name: str) -> Decimal:
    result = outcome.get("A", name, "2024-05")
    assert result is not None
    return Decimal(result.text)


@given(salaries, st.integers(0, 100), st.integers(0, 100))
def test_the_standard_parts_add_to_the_salary(salary: Decimal, one: int, other: int) -> None:
    low, high = sorted((one, other))
    shares: dict[str, SettingValue] = {
        "base_share": Decimal(low) / 100,
        "efficiency_share": Decimal(high - low) / 100,
        "management_share": Decimal(100 - high) / 100,
    }
    outcome = _tried(salary, settings=shares)
    assert sum(_figure(outcome, name) for name in PARTS) == salary


@given(salaries, factors, factors)
def test_the_wage_is_made_of_unrounded_parts(
    salary: Decimal, efficiency: Decimal, management: Decimal
) -> None:
    outcome = _tried(salary, efficiency, management)
    exact = salary * (6 + 3 * efficiency + management) / 10
    assert _figure(outcome, "monthly_pay") == round_half_up(exact, 2)
    warned = Code.COEFFICIENT_ABOVE_1 in {one.code for one in outcome.findings}
    assert warned == (efficiency > 1 or management > 1)


@given(factors, factors)
def test_a_cap_is_the_highest_coefficient(efficiency: Decimal, cap: Decimal) -> None:
    capped = _tried(Decimal(10000), efficiency, settings={"coefficient_cap": cap})
    wage = _figure(
        _tried(Decimal(10000), min(efficiency, cap), min(Decimal(1), cap)), "monthly_pay"
    )
    assert _figure(capped, "monthly_pay") == wage


@given(st.integers(2000, 2099))
def test_due_days_are_working_days_where_they_are_shifted(year: int) -> None:
    days: dict[str, list[date]] = {}
    for shift in ("before", "none", "after"):
        chosen: dict[str, SettingValue] = {"due_shift": shift}
        outcome = evaluate(
            SCHEME,
            cycle=cycle_of(SCHEME, chosen, date(year, 1, 1)),
            people=(Appraisee("A", "marketing_director"),),
            facts=Facts.of(()),
            settings=chosen,
        )
        days[shift] = [
            one.value
            for (_, name, _), one in outcome.results.items()
            if name in ("plan_due", "review_due") and isinstance(one.value, date)
        ]
    assert len(days["none"]) == 24
    assert all(day.day in (5, 25) for day in days["none"])
    saturday = 5
    for before, day, after in zip(days["before"], days["none"], days["after"], strict=True):
        assert before <= day <= after
        assert (after - before).days == (3 if day.weekday() >= saturday else 0)
        assert before.weekday() < saturday
        assert after.weekday() < saturday


@pytest.mark.parametrize("blank", ["base_share", "efficiency_share", "management_share"])
def test_a_blank_share_is_missed_and_nothing_is_divided(blank: str) -> None:
    parameters = tuple(
        replace(one, default=None) if one.name == blank else one for one in SCHEME.parameters
    )
    outcome = _tried(Decimal(10000), scheme=replace(SCHEME, parameters=parameters))
    assert {one.name for one in outcome.findings if one.code is Code.MISSING_PARAMETER} == {blank}
    assert all(outcome.get("A", name, "2024-05") is None for name in (*PARTS, "monthly_pay"))


def test_coefficients_of_a_table_that_is_there_do_not_warn() -> None:
    pay = tuple(
        replace(rule, lost="") if isinstance(rule, ComponentSplit) else rule for rule in SCHEME.pay
    )
    outcome = _tried(Decimal(10000), scheme=replace(SCHEME, pay=pay))
    assert _figure(outcome, "monthly_pay") == 10000
    assert Code.CLAUSE_CUT_OFF not in {one.code for one in outcome.findings}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "基本月薪由下列部分组成：基本工资 60%，效益工资 30%，管理责任工资 10%"),
        ({}, "考核系数不设上限。"),
        ({}, "每月 25 日以前对下个月的各项费用作出计划，遇休息日不调整。"),
        ({"coefficient_cap": Decimal("1.2")}, "考核系数最高为 1.2。"),
        ({"due_shift": "before"}, "遇休息日提前到前一个工作日。"),
        ({"due_shift": "after"}, "遇休息日顺延到后一个工作日。"),
        (
            {"target_split": "even", "annual_target": Decimal(1000000)},
            "全年目标 1,000,000 元按月平均分解，各月之和等于全年目标。",
        ),
    ],
)
def test_the_contract_says_how_the_wage_comes_about(
    settings: dict[str, SettingValue], words: str
) -> None:
    assert words in "".join(Prose(SCHEME, settings).pay())


def test_a_target_that_is_entered_is_not_said_to_be_split() -> None:
    assert "平均分解" not in "".join(Prose(SCHEME, {}).pay())


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ("none", "对下个月的各项费用作出计划的截止日"),
        ("before", "对下个月的各项费用作出计划的截止日（2024-05-25是周六，提前到工作日）"),
        ("after", "对下个月的各项费用作出计划的截止日（2024-05-25是周六，顺延到工作日）"),
    ],
)
def test_a_deadline_that_moved_off_the_weekend_says_why(shift: str, said: str) -> None:
    result = _tried(Decimal(10000), settings={"due_shift": shift}).get("A", "plan_due", "2024-06")
    assert result is not None
    assert result.basis is not None
    assert result.basis.label == said
