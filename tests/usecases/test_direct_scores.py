"""Targets only where they count; without one, what would be measured is scored directly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.agreed import asked_targets
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.sheet_fields import SheetField
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.usecases import appraisals, contracts
from tests.documents.samples import text_of
from tests.usecases.office import YEAR, Office

WEIGHTED = builtin_scheme("key-account-weighted")
SALES, PLEASED = "target.销售额", "target.客户满意度"


def target(fact: str) -> Target:
    spec = WEIGHTED.fact(fact)
    assert spec is not None
    return Target(fact, spec.label, spec.unit, Decimal(100), (), spec.adds_up)


def sheet_of(office: Office, *targets: str, **settings: str) -> AppraisalId:
    draft = office.draft(
        scheme=WEIGHTED.id,
        role="salesperson",
        settings={f"method.{name}": how for name, how in settings.items()},
        targets=[target(one) for one in targets],
        term=YEAR,
    )
    return office.sign(draft)[0]


def fields(office: Office, sheet: AppraisalId, indicator: str) -> dict[str, SheetField]:
    rows = appraisals.load_sheet(office.company, sheet).sheet.rows
    [row] = (one for one in rows if one.indicator.name == indicator)
    return {one.fact: one for one in row.fields}


def test_a_target_is_asked_for_only_where_the_indicator_is_measured() -> None:
    asked = {one.name for one in asked_targets(WEIGHTED, "salesperson", {})}
    assert SALES in asked
    assert PLEASED not in asked
    measured = asked_targets(WEIGHTED, "salesperson", {"method.客户满意度": "measured"})
    assert PLEASED in {one.name for one in measured}


def test_a_target_that_a_formula_reads_is_asked_for_all_the_same() -> None:
    own = replace(WEIGHTED, pay=(FormulaPay("b", "奖金", "客户满意度目标 × 10元", unit="元"),))
    assert PLEASED in {one.name for one in asked_targets(own, "salesperson", {})}


def test_the_target_of_a_rated_indicator_is_neither_kept_nor_printed(
    office: Office, who: dict[str, Any]
) -> None:
    draft = office.draft(
        scheme=WEIGHTED.id,
        role="salesperson",
        settings={},
        targets=[target(SALES), target(PLEASED)],
    )
    details = contracts.load_contract(office.company, draft)
    assert [one.fact for one in details.contract.targets] == [SALES]
    text = text_of(contracts.contract_pdf(office.company, draft))
    assert "销售额目标" in text
    assert "客户满意度目标" not in text
    measured = (("method.销售额", "rated"), ("method.客户满意度", "measured"))
    edited = details.contract.edited(targets=(target(SALES), target(PLEASED)), settings=measured)
    contracts.edit_contract(office.company, edited, **who)
    after = contracts.load_contract(office.company, draft).contract
    assert [one.fact for one in after.targets] == [PLEASED]


def test_with_a_target_the_score_is_computed_and_not_asked_for(
    office: Office, who: dict[str, Any]
) -> None:
    sheet = sheet_of(office, SALES)
    assert set(fields(office, sheet, "销售额")) == {SALES, "actual.销售额"}
    with pytest.raises(NotAllowedError, match="改写得分"):
        appraisals.enter(office.company, sheet, name="score.销售额", value=Decimal(80), **who)


def test_without_a_target_the_score_is_given_directly(office: Office, who: dict[str, Any]) -> None:
    sheet = sheet_of(office)
    asked = fields(office, sheet, "销售额")
    assert asked["score.销售额"].label == "不设目标，直接评分"
    appraisals.enter(office.company, sheet, name="score.销售额", value=Decimal(80), **who)
    view = appraisals.load_sheet(office.company, sheet)
    [row] = (one for one in view.sheet.rows if one.indicator.name == "销售额")
    assert row.score is not None
    assert row.score.text == "80.00"
    assert not row.measured
    printed = text_of(appraisals.filled_sheet_pdf(office.company, sheet))
    assert "销售额目标：缺" not in printed
    assert "新客户开发目标：缺" in printed


@pytest.mark.parametrize(
    ("first", "second"), [("score.销售额", SALES), (SALES, "score.销售额")], ids=["score", "target"]
)
def test_a_target_and_a_score_exclude_each_other(
    office: Office, first: str, second: str, who: dict[str, Any]
) -> None:
    sheet = sheet_of(office)
    appraisals.enter(office.company, sheet, name=first, value=Decimal(80), **who)
    with pytest.raises(NotAllowedError, match="不能既填目标又直接评分"):
        appraisals.enter(office.company, sheet, name=second, value=Decimal(90), **who)
    both = [appraisals.NewEntry(one, Decimal(50)) for one in (first, second)]
    appraisals.enter(office.company, sheet, name=first, value=None, **who)
    with pytest.raises(NotAllowedError, match="请先清空得分"):
        appraisals.enter_all(office.company, sheet, entries=both, **who)
    assert appraisals.load_sheet(office.company, sheet).appraisal.entries == ()


def test_a_rated_indicator_keeps_its_one_score(office: Office) -> None:
    assert set(fields(office, sheet_of(office), "客户满意度")) == {"score.客户满意度"}
