"""What still hangs on somebody who leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kpidesk.core.contract import ContractState
from kpidesk.ui.pages.people.leaving import ties_text
from kpidesk.usecases import contracts, people
from kpidesk.usecases.leaving import ties_of
from tests.usecases.office import TODAY, Office

AFTERWARDS = date(2027, 1, 1)


def test_contracts_that_still_hold_are_told_with_what_to_do(
    office: Office, who: dict[str, Any]
) -> None:
    draft = office.draft()
    (one,) = ties_of(office.company, office.manager, today=TODAY).contracts
    assert (one.id, one.state) == (draft, ContractState.DRAFT)
    assert ties_text(ties_of(office.company, office.manager, today=TODAY)) == (
        "还要处理：\n· 草稿的责任书 大客户部-2026-001（至 2026-12-31）：不再签的，请作废"
    )
    office.sign(draft)
    signed = ties_of(office.company, office.manager, today=TODAY)
    assert "已签署的责任书" in ties_text(signed)
    assert "离职后不再考核的，请办“提前终止”" in ties_text(signed)
    assert ties_of(office.company, office.manager, today=AFTERWARDS).contracts == ()


def test_an_agreement_that_ends_a_contract_counts_from_its_day(
    office: Office, who: dict[str, Any]
) -> None:
    draft = office.draft()
    office.sign(draft)
    ending = contracts.draw_up_amendment(
        office.company, draft, effective_on=date(2026, 5, 1), reason="离职", ends=True, **who
    ).id
    contracts.mark_printed(office.company, [ending], **who)
    contracts.sign(office.company, ending, signed_on=TODAY, **who)
    ties = ties_of(office.company, office.manager, today=TODAY)
    assert [one.id for one in ties.contracts] == [draft]
    assert "已提前终止，最后一天 2026-04-30" in ties_text(ties)
    assert ties_of(office.company, office.manager, today=date(2026, 5, 1)).contracts == ()


def test_a_void_contract_needs_nothing(office: Office, who: dict[str, Any]) -> None:
    contracts.void(office.company, office.draft(), reason="重复", **who)
    ties = ties_of(office.company, office.manager, today=TODAY)
    assert (ties.contracts, ties_text(ties)) == ((), "")


def test_those_who_are_led_are_told_until_they_have_left_too(
    office: Office, who: dict[str, Any]
) -> None:
    (led,) = ties_of(office.company, office.director, today=TODAY).led
    assert led.person.id == office.manager
    people.edit_person(office.company, replace(led.person, left_on=TODAY), **who)
    assert len(ties_of(office.company, office.director, today=TODAY).led) == 1
    assert ties_of(office.company, office.director, today=AFTERWARDS).led == ()
