"""A contract that is ended early: its paper, its sheets, its pay, and what may follow it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.period import Period
from kpidesk.usecases import appraisals, contracts, pay
from kpidesk.usecases.verifying import verify
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.yearbook.papers import paper_pdf
from kpidesk.usecases.yearbook.scope import Scope
from tests.documents.samples import text_of
from tests.usecases.office import TODAY, Office
from tests.usecases.payroll_at_work import APRIL, MARCH, department, fill_month
from tests.usecases.test_pay_accounts import BOTH

JULY = date(2026, 7, 1)
REST = Period.months(2026, 7, 6)


def end(office: Office, contract: ContractId, on: date = JULY, **more: Any) -> ContractId:  # noqa: ANN401 - any argument
    asked = {"effective_on": on, "reason": "岗位调整", "ends": True, **office.who, **more}
    return contracts.draw_up_amendment(office.company, contract, **asked).id


def take_effect(office: Office, ending: ContractId) -> None:
    contracts.mark_printed(office.company, [ending], **office.who)
    contracts.sign(office.company, ending, signed_on=TODAY, **office.who)


def test_an_agreement_ends_a_contract_and_leaves_room_for_another(office: Office) -> None:
    contract = office.draft()
    office.sign(contract)
    rest: dict[str, Any] = {"term": REST, "targets": []}
    with pytest.raises(NotAllowedError, match="期限重叠"):
        office.draft(**rest)
    ending = end(office, contract)
    (told,) = contracts.course_of(office.company, ending).changes
    assert told.text == (
        "原责任书提前终止，责任期限由2026年1月1日至2026年12月31日变更为2026年1月1日至2026年6月30日。"
    )
    assert len(appraisals.list_appraisals(office.company)) == 12, "a draft ends nothing"
    take_effect(office, ending)
    text = text_of(contracts.contract_pdf(office.company, ending, Copy.PARTY_A))
    for said in (
        "终止协议", "大客户部-2026-001-终1", "因岗位调整", "2026年6月30日。",
        "没有结束的考核周期，不再按原责任书考核", "不改变双方的劳动合同", "甲方存",
    ):  # fmt: skip
        assert said in text, said
    assert "补充协议" not in text
    rows = appraisals.list_appraisals(office.company)
    assert [one.cycle.start.month for one in rows] == [1, 2, 3, 4, 5, 6]
    first, second = contracts.list_documents(office.company)
    assert (first.ended_on, second.ended_on, second.is_ending) == (JULY, JULY, True)
    table = text_of(paper_pdf(office.company, Paper.DECOMPOSITION, Scope(Period.parse("2026"))))
    assert "600" in table
    assert "1,200" not in table
    later = office.draft(**rest)
    office.sign(later)
    months = [one.cycle.start.month for one in appraisals.list_appraisals(office.company)]
    assert sorted(months) == list(range(1, 13))
    with pytest.raises(NotAllowedError, match="已提前终止，最后一天是 2026-06-30；请另拟"):
        end(office, contract)
    assert not verify(office.company).broken


@pytest.mark.parametrize(
    ("on", "more", "said"),
    [
        (
            date(2026, 6, 16),
            {},
            r"最后一天\(2026-06-15\)应是一个月的最后一天.*2026-05-31、2026-06-30",
        ),
        (date(2026, 1, 1), {}, "请改为 2026-01-31"),
        (date(2027, 2, 1), {}, "请改为 2026-11-30"),
        (JULY, {"reason": " "}, "提前终止责任书必须填写理由"),
    ],
)
def test_a_day_on_which_it_cannot_end_is_refused_with_those_that_would_do(
    office: Office, on: date, more: dict[str, Any], said: str
) -> None:
    contract = office.draft()
    office.sign(contract)
    with pytest.raises(KpiDeskError, match=said):
        end(office, contract, on, **more)


def test_it_ends_the_contract_and_changes_nothing_else(office: Office) -> None:
    contract = office.draft()
    office.sign(contract)
    ending = end(office, contract)
    draft = contracts.load_contract(office.company, ending).contract
    with pytest.raises(InvalidValueError, match="不能同时改目标"):
        contracts.edit_contract(
            office.company, replace(draft, special_terms=("另有约定",)), **office.who
        )


def test_what_was_scored_or_settled_for_later_days_is_taken_back_first(office: Office) -> None:
    contract = office.draft()
    march = office.sign(contract)[2]
    office.complete(march)
    appraisals.finish_scoring(office.company, march, **office.who)
    ending = end(office, contract, date(2026, 3, 1))
    contracts.mark_printed(office.company, [ending], **office.who)
    with pytest.raises(NotAllowedError, match="已经定分；请先重新打开它，或把终止日期改到它以后"):
        contracts.sign(office.company, ending, signed_on=TODAY, **office.who)
    assert contracts.load_contract(office.company, ending).contract.state is ContractState.PRINTED


def test_pay_goes_on_to_the_end_and_no_further(office: Office) -> None:
    payroll = department(office)
    for month in ("m03", "m04"):
        fill_month(payroll, month, BOTH)
    payroll.settle(MARCH)
    payroll.settle(APRIL)
    [theirs] = [
        one.id for one in contracts.list_contracts(office.company) if one.person_name == "张三"
    ]
    early = end(office, theirs, date(2026, 4, 1))
    contracts.mark_printed(office.company, [early], **office.who)
    with pytest.raises(NotAllowedError, match=r"以后的薪酬已经结算（2026年4月），请先依次冲销"):
        contracts.sign(office.company, early, signed_on=TODAY, **office.who)
    contracts.void(office.company, early, reason="改日期", **office.who)
    take_effect(office, end(office, theirs, date(2026, 5, 1)))
    names = [one.member.person.name for one in payroll.view(MARCH).people]
    assert "张三" in names
    may = [one.member.person.name for one in payroll.view("2026-05").people]
    assert "张三" not in may
    assert "李四" in may
    assert pay.list_groups(office.company)
    assert not verify(office.company).broken
