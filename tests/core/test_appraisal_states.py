"""What one person's sheet takes in, and what it allows in each of its states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.appraisal import (
    Appraisal,
    AppraisalId,
    AppraisalState,
    Entry,
    Interview,
    Opinion,
    Override,
    PlanItem,
)
from kpidesk.core.contract import ContractId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Period

DAY = date(2026, 4, 2)
SHEET = Appraisal(AppraisalId(1), ContractId(1), PersonId(1), Period.parse("2026Q1"))
SALES = Entry("sales", Decimal(76), "2026Q1", "王芳", DAY, "销售台账")
BY_HAND = Override("销售完成率", Decimal(20), "合同已签未入账", "王芳", DAY)


def test_an_entry_replaces_the_earlier_one_of_its_name_and_period_only() -> None:
    before = Entry("sales", Decimal(70), "2025Q4")
    sheet = SHEET.entered(Entry("sales", Decimal(75), "2026Q1")).entered(before).entered(SALES)
    assert sheet.entries == (before, SALES)


def test_a_cleared_entry_is_missing_and_others_stay() -> None:
    plan = Entry("sales_plan", Decimal(80))
    sheet = SHEET.entered(SALES).entered(plan)
    assert sheet.cleared("sales_plan").entries == (SALES,)
    assert sheet.cleared("sales") == sheet  # of another period


def test_an_override_replaces_the_earlier_one_of_its_indicator() -> None:
    other = Override("回款率", Decimal(5), "银行延迟到账")
    sheet = SHEET.overridden(Override("销售完成率", Decimal(18), "误"))
    sheet = sheet.overridden(other).overridden(BY_HAND)
    assert sheet.overrides == (other, BY_HAND)


def test_a_restored_indicator_is_scored_by_its_own_rule_again() -> None:
    assert SHEET.overridden(BY_HAND).restored("销售完成率") == SHEET


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_override_needs_a_reason(reason: str) -> None:
    with pytest.raises(InvalidValueError, match="改写指标“销售完成率”的得分时，必须填写理由"):
        Override("销售完成率", Decimal(20), reason)


def test_a_recorded_sheet_takes_an_interview() -> None:
    held = Interview(
        held_on=DAY,
        interviewer="李强",
        opinion=Opinion.AGREES,
        plan=(PlanItem("每周拜访三家客户", date(2026, 6, 30), "主管陪访"),),
    )
    sheet = SHEET.scored().interviewed(held)
    assert sheet.interview == held
    assert sheet.state is AppraisalState.SCORED


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.entered(SALES),
        lambda sheet: sheet.cleared("sales"),
        lambda sheet: sheet.overridden(BY_HAND),
        lambda sheet: sheet.restored("销售完成率"),
        lambda sheet: sheet.scored(),
    ],
    ids=["entered", "cleared", "overridden", "restored", "scored"],
)
def test_a_recorded_sheet_is_not_changed(change: Callable[[Appraisal], Appraisal]) -> None:
    with pytest.raises(NotAllowedError, match="已经定分，不能再修改；如需更正"):
        change(SHEET.scored())


def test_a_reopened_sheet_is_the_one_that_was_recorded() -> None:
    assert SHEET.entered(SALES).scored().reopened() == SHEET.entered(SALES)


def test_only_a_recorded_sheet_is_reopened() -> None:
    with pytest.raises(NotAllowedError, match="还没有定分，不需要重新打开"):
        SHEET.reopened()


def test_entries_and_overrides_are_facts_that_say_where_they_come_from() -> None:
    entered, by_hand = SHEET.entered(SALES).overridden(BY_HAND).facts("person")
    assert (entered.subject, entered.name, entered.value) == ("person", "sales", Decimal(76))
    assert entered.period == "2026Q1"
    assert entered.origin.source == "销售台账"
    assert (by_hand.name, by_hand.value, by_hand.period) == (
        "score.销售完成率",
        Decimal(20),
        CYCLE,
    )
    assert by_hand.origin.source == "改写理由：合同已签未入账"
    assert (by_hand.origin.entered_by, by_hand.origin.entered_on) == ("王芳", DAY)
