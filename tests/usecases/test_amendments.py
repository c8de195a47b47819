"""An amendment from its draft to the sheets that it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.figure import Figure
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.store.errors import GuardedRecordError
from kpidesk.usecases import appraisals, contracts
from kpidesk.usecases.verifying import verify
from tests.usecases.office import TODAY, Office

MARCH = date(2026, 3, 1)


def plan(office: Office, contract: ContractId, first: int, figure: int) -> tuple[Target, ...]:
    """The targets of a contract, with another sales plan from a month on."""
    sales, customers = contracts.load_contract(office.company, contract).contract.targets
    months = (*sales.months[:first], *[Decimal(figure)] * (12 - first))
    return (replace(sales, months=months, total=sum(months, Decimal(0))), customers)


def draw_up(office: Office, contract: ContractId, effective: date = MARCH) -> ContractId:
    return contracts.draw_up_amendment(
        office.company, contract, effective_on=effective, reason="市场变化", **office.who
    ).id


def edit(office: Office, amendment: ContractId, **changes: Any) -> None:  # noqa: ANN401 - any field
    draft = contracts.load_contract(office.company, amendment).contract
    contracts.edit_contract(office.company, replace(draft, **changes), **office.who)


def issue(office: Office, amendment: ContractId) -> None:
    contracts.mark_printed(office.company, [amendment], **office.who)


def sign(office: Office, amendment: ContractId) -> None:
    contracts.sign(office.company, amendment, signed_on=TODAY, **office.who)


@pytest.fixture
def signed(office: Office) -> ContractId:
    contract = office.draft()
    office.sign(contract)
    return contract


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[one].get_textpage().get_text_range() for one in range(len(document)))
    return text.replace("\r\n", "").replace("\n", "")


def test_an_amendment_is_a_document_of_its_own_that_names_what_it_changes(
    office: Office, signed: ContractId
) -> None:
    amendment = draw_up(office, signed)
    edit(office, amendment, targets=plan(office, signed, 2, 130))
    (told,) = contracts.course_of(office.company, amendment).changes
    assert "2026年3月至12月每月由 100 万元调整为 130 万元" in told.text
    assert contracts.course_of(office.company, signed).changes == ()
    issue(office, amendment)
    text = words(contracts.contract_pdf(office.company, amendment, Copy.PARTY_B))
    for said in (
        "补充协议", "大客户部-2026-001-补1", "2026年3月2日签订了编号为", "因市场变化",
        "2026年3月至12月每月由", "2026年3月1日起施行", "甲乙双方各执一份",
    ):  # fmt: skip
        assert said in text, text
    first, second = contracts.list_documents(office.company)
    assert (second.number, second.amends, second.effective_on) == (
        "大客户部-2026-001-补1", first.id, MARCH,
    )  # fmt: skip
    assert second.copies == (CopyState.PRINTED, CopyState.PRINTED)
    assert first.copies == (CopyState.SIGNED, CopyState.SIGNED)
    assert contracts.list_contracts(office.company) == (replace(first, copies=()),)


def test_signed_it_is_what_the_sheets_of_its_days_are_judged_by(
    office: Office, signed: ContractId
) -> None:
    january, february, march, *_ = (one.id for one in appraisals.list_appraisals(office.company))
    office.complete(january)
    appraisals.finish_scoring(office.company, january, **office.who)
    office.complete(march)
    before = {one: appraisals.load_sheet(office.company, one) for one in (january, february, march)}
    amendment = draw_up(office, signed)
    edit(office, amendment, targets=plan(office, signed, 2, 240))
    issue(office, amendment)
    unsigned = appraisals.load_sheet(office.company, march)
    assert unsigned.contract == before[march].contract
    sign(office, amendment)
    assert appraisals.load_sheet(office.company, january) == before[january]
    assert appraisals.load_sheet(office.company, february) == before[february]
    after = appraisals.load_sheet(office.company, march)
    old, new = (one.sheet.result("score.销售额完成率") or one.sheet.total for one in (
        before[march], after,
    ))  # fmt: skip
    assert old is not None
    assert new is not None
    assert old.text != new.text
    assert after.contract_sha256 == contracts.load_contract(office.company, amendment).sha256
    row = next(one for one in appraisals.list_appraisals(office.company) if one.id == march)
    total = after.sheet.total
    assert total is not None
    assert isinstance(total.value, Figure)
    assert row.total == total.value.value
    appraisals.finish_scoring(office.company, march, **office.who)
    assert verify(office.company).broken == ()


def test_a_recorded_sheet_of_its_days_keeps_it_from_being_signed(
    office: Office, signed: ContractId
) -> None:
    sheet = appraisals.list_appraisals(office.company)[2].id
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    amendment = draw_up(office, signed)
    edit(office, amendment, special_terms=("三月起执行新价",))
    issue(office, amendment)
    with pytest.raises(NotAllowedError, match="2026-03-01 至 2026-03-31 的评分表已经定分"):
        sign(office, amendment)
    appraisals.reopen(office.company, sheet, reason="补充协议", **office.who)
    sign(office, amendment)


def test_a_figure_typed_on_a_sheet_is_not_agreed_behind_its_back(
    office: Office, who: dict[str, Any]
) -> None:
    contract = office.draft(targets=[])
    (_, _, march, *_) = office.sign(contract)
    office.enter(march, "sales_plan", Decimal(90))
    amendment = draw_up(office, contract)
    twelve = (Decimal(0), Decimal(0), *[Decimal(100)] * 10)
    target = Target("sales_plan", "计划销售额", "万元", Decimal(1000), twelve)
    edit(office, amendment, targets=(target,))
    issue(office, amendment)
    with pytest.raises(NotAllowedError, match=r"“计划销售额”已填在.*的评分表上，请先清除"):
        sign(office, amendment)
    appraisals.enter(office.company, march, name="sales_plan", value=None, **who)
    sign(office, amendment)
    sheet = appraisals.load_sheet(office.company, march).sheet
    assert not [one for one in sheet.missing if one.name == "sales_plan"]


def test_amendments_follow_one_another(office: Office, signed: ContractId) -> None:
    first = draw_up(office, signed)
    with pytest.raises(NotAllowedError, match="补1 还没有签署，请先把它签署或作废"):
        draw_up(office, signed)
    with pytest.raises(NotAllowedError, match="还没有改动任何内容"):
        issue(office, first)
    edit(office, first, targets=plan(office, signed, 2, 130))
    issue(office, first)
    sign(office, first)
    with pytest.raises(InvalidValueError, match="早于上一份补充协议"):
        draw_up(office, first, date(2026, 2, 1))
    second = draw_up(office, first, date(2026, 5, 1))
    draft = contracts.load_contract(office.company, second).contract
    assert draft.number == "大客户部-2026-001-补2"
    assert draft.amends is not None
    assert draft.amends.sha256 == contracts.load_contract(office.company, first).sha256
    edit(office, second, targets=plan(office, second, 4, 160))
    (told,) = contracts.course_of(office.company, second).changes
    assert "2026年5月至12月每月由 130 万元调整为 160 万元" in told.text
    issue(office, second)
    text = words(contracts.contract_pdf(office.company, second, Copy.PARTY_A))
    assert "（经第 1 份补充协议变更）" in text
    contracts.void(office.company, second, reason="不签了", **office.who)
    assert draw_up(office, signed, date(2026, 6, 1)) != second
    numbers = [one.number for one in contracts.list_documents(office.company)]
    assert numbers[-1] == "大客户部-2026-001-补3"


def test_nothing_of_the_contract_but_its_terms_is_amended(
    office: Office, signed: ContractId, who: dict[str, Any]
) -> None:
    amendment = draw_up(office, signed)
    draft = contracts.load_contract(office.company, amendment).contract
    assert draft.amends is not None
    other = replace(
        draft,
        number="X",
        role="director",
        term=Period.months(2027, 1, 12),
        special_terms=("新",),
        amends=replace(draft.amends, effective_on=date(2026, 4, 1), contract=ContractId(9)),
    )
    contracts.edit_contract(office.company, other, **who)
    after = contracts.load_contract(office.company, amendment).contract
    assert (after.number, after.role, after.term) == (draft.number, draft.role, draft.term)
    assert after.amends == replace(draft.amends, effective_on=date(2026, 4, 1))
    with pytest.raises(InvalidValueError, match="生效日期\\(2027-01-01\\)不在责任期限"):
        edit(office, amendment, amends=replace(draft.amends, effective_on=date(2027, 1, 1)))


def test_a_signed_amendment_is_as_closed_as_a_contract(
    office: Office, signed: ContractId, who: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowedError, match="用来变更已签署的责任书"):
        draw_up(office, office.draft(term=Period.months(2027, 1, 12)))
    amendment = draw_up(office, signed)
    edit(office, amendment, special_terms=("新",))
    issue(office, amendment)
    sign(office, amendment)
    after = contracts.load_contract(office.company, amendment).contract
    assert after.state is ContractState.SIGNED
    with pytest.raises(NotAllowedError, match=r"补充协议 .*已签署，不能再修改"):
        edit(office, amendment, special_terms=("又新",))
    with pytest.raises(GuardedRecordError), office.company.change("王芳") as work:
        work.connection.exec_driver_sql(
            "UPDATE contracts SET effective_on = '2026-04-01' WHERE amends_id IS NOT NULL"
        )
    # The person may sign another contract of the same days only under another scheme.
    with pytest.raises(NotAllowedError, match="期限重叠的责任书 大客户部-2026-001"):
        office.draft()
