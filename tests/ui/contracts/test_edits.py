"""The terms of a contract while they are typed: exact sums, and edits that can be taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.ui.pages.contracts.checks import required_parameters, setting_problems
from kpidesk.ui.pages.contracts.draft import (
    SetSettings,
    SetTarget,
    TargetDraft,
    TermsDraft,
    target_drafts,
)
from kpidesk.usecases.schemes import scheme_details

START = Period.parse("2026").start


@pytest.fixture
def kpi() -> Scheme:
    return scheme_details("account-manager-kpi").scheme


@pytest.fixture
def director() -> Scheme:
    return scheme_details("director-annual").scheme


def sales(total: str | None, months: int = 12, unit: str = "万元") -> TargetDraft:
    figure = None if total is None else Decimal(total)
    return TargetDraft("sales_plan", "计划销售额", unit, True, figure, (None,) * months)


@given(st.decimals(0, 10**8, places=2), st.integers(1, 12))
def test_an_even_split_adds_to_the_total_exactly(total: Decimal, months: int) -> None:
    split = sales(str(total), months).split()
    assert split.assigned == total
    assert split.unassigned == 0
    assert split.problem() == ""


def test_households_are_split_into_whole_ones() -> None:
    assert sales("50", unit="户").split().months[:3] == tuple(map(Decimal, (5, 5, 4)))


def test_months_that_do_not_add_say_by_how_much() -> None:
    short = sales("1200").split().with_month(0, Decimal(97))
    assert short.problem() == (
        "“计划销售额”的各月合计为 1,197万元，比全期目标 1,200万元少 3万元，请调整"
    )
    assert "多 3" not in short.problem()
    assert "多 5万元" in sales("1200").split().with_month(0, Decimal(105)).problem()


def test_missing_months_and_a_missing_total_are_told() -> None:
    assert "还有 11 个月没有目标" in sales("12").with_month(0, Decimal(1)).problem()
    assert "请同时填写全期目标" in sales(None).with_month(0, Decimal(1)).problem()
    assert sales(None).problem() == ""


def test_an_edit_gives_back_what_was_there(kpi: Scheme) -> None:
    draft = TermsDraft(target_drafts(kpi, "account_manager", 12))
    edit = SetTarget(
        "全期目标",
        draft.target("sales_plan").__class__(
            "sales_plan", "计划销售额", "万元", True, Decimal(5), (None,) * 12
        ),
    )
    after, back = edit.apply(draft)
    assert after.target("sales_plan").total == 5
    assert back.apply(after)[0] == draft
    settings = SetSettings("修改参数", (("growth_step", Decimal(10)),))
    after, undo = settings.apply(draft)
    assert after.settings == (("growth_step", Decimal(10)),)
    assert undo.apply(after)[0] == draft


def test_the_blank_of_the_source_is_required(kpi: Scheme) -> None:
    assert required_parameters(kpi, {}) == {"growth_step"}
    assert "growth_step" in setting_problems(kpi, {}, START)
    assert setting_problems(kpi, {"growth_step": Decimal(10)}, START) == {}


def test_shares_of_raters_are_wanted_together_and_add_to_100(director: Scheme) -> None:
    assert required_parameters(director, {}) == frozenset()
    one = {"rater_weight.self": Decimal(20)}
    problems = setting_problems(director, one, START)
    assert "rater_weight.peer" in problems
    assert "100%" in problems["raters"]


def test_a_mixed_total_wants_both_shares(director: Scheme) -> None:
    problems = setting_problems(director, {"rollup": "mix"}, START)
    assert {"rollup_weight.year_end", "rollup_weight.quarter"} <= problems.keys()


def test_weights_that_do_not_add_to_100_are_told(director: Scheme) -> None:
    settings = {"weight.销售额达成率": Decimal(25), "weight.业务绩效": Decimal(45)}
    assert "合计为 105%" in setting_problems(director, settings, START)["weights"]
