"""What a responsibility contract, and the people in it, allow in each of their states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.contract import Contract, ContractId, ContractState, PartyA, PartyB
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import Department, DepartmentId, Person, PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target, split_target

DAY = date(2026, 1, 5)
DRAFT = Contract(
    id=ContractId(1),
    number="销售部-2026-001",
    scheme="account-manager-kpi",
    scheme_version=1,
    role="account_manager",
    party_a=PartyA("甲公司"),
    party_b=PartyB(PersonId(1), "王芳", "001", "销售部", "客户经理"),
    term=Period.parse("2026"),
)
PRINTED = DRAFT.printed(DAY)
SIGNED = PRINTED.signed(DAY)
VOID = DRAFT.voided()


def test_a_draft_can_be_edited_and_nothing_else_of_it_changes() -> None:
    edited = DRAFT.edited(special_terms=("试用期三个月",))
    assert edited.special_terms == ("试用期三个月",)
    assert edited.edited(special_terms=()) == DRAFT


@pytest.mark.parametrize(
    ("contract", "says"), [(PRINTED, "已打印"), (SIGNED, "已签署"), (VOID, "已作废")]
)
def test_what_has_left_the_draft_is_not_edited(contract: Contract, says: str) -> None:
    with pytest.raises(NotAllowedError, match=f"销售部-2026-001 {says}，不能再修改"):
        contract.edited(role="director")


def test_printing_freezes_a_draft_with_the_day() -> None:
    assert PRINTED.state is ContractState.PRINTED
    assert PRINTED.printed_on == DAY


@pytest.mark.parametrize("contract", [PRINTED, SIGNED])
def test_printing_again_changes_nothing(contract: Contract) -> None:
    assert contract.printed(date(2026, 3, 1)) == contract


def test_a_void_contract_is_not_printed() -> None:
    with pytest.raises(NotAllowedError, match="已作废，不能打印"):
        VOID.printed(DAY)


def test_taken_back_a_printed_contract_is_a_draft_of_the_next_revision() -> None:
    back = PRINTED.returned()
    assert back.state is ContractState.DRAFT
    assert back.printed_on is None
    assert back.revision == PRINTED.revision + 1


@pytest.mark.parametrize(
    ("contract", "says"), [(DRAFT, "还是草稿"), (SIGNED, "已签署"), (VOID, "已作废")]
)
def test_only_a_printed_contract_is_taken_back(contract: Contract, says: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{says}，只有已打印、未签署的责任书可以退回草稿"):
        contract.returned()


def test_a_contract_may_be_signed_on_the_day_it_is_printed() -> None:
    assert SIGNED.state is ContractState.SIGNED
    assert SIGNED.signed_on == DAY


def test_a_contract_is_not_signed_before_it_is_printed() -> None:
    with pytest.raises(InvalidValueError, match=r"2026-01-04\)早于打印日期\(2026-01-05"):
        PRINTED.signed(date(2026, 1, 4))


@pytest.mark.parametrize(
    ("contract", "says"), [(DRAFT, "还是草稿"), (SIGNED, "已签署"), (VOID, "已作废")]
)
def test_only_a_printed_contract_is_signed(contract: Contract, says: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{says}，请先打印再登记签署"):
        contract.signed(DAY)


@pytest.mark.parametrize("contract", [DRAFT, PRINTED])
def test_a_contract_that_is_not_signed_can_be_declared_void(contract: Contract) -> None:
    assert contract.voided().state is ContractState.VOID


@pytest.mark.parametrize(("contract", "says"), [(SIGNED, "已签署"), (VOID, "已作废")])
def test_a_signed_or_void_contract_is_not_declared_void(contract: Contract, says: str) -> None:
    with pytest.raises(NotAllowedError, match=f"{says}，不能作废"):
        contract.voided()


def test_the_company_of_a_contract_has_a_name() -> None:
    with pytest.raises(InvalidValueError, match="公司名称不能为空"):
        PartyA("  ")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "部门名称不能为空"),
        ("部" * 61, "部门名称不能超过 60 个字.现有 61 个"),
        ("销售\n一部", "部门名称“'销售.n一部'”含有换行或不可见字符"),
    ],
)
def test_a_bad_name_is_refused_with_its_reason(name: str, says: str) -> None:
    with pytest.raises(InvalidValueError, match=says):
        Department(DepartmentId(1), name)


def test_a_name_may_have_as_many_characters_as_allowed() -> None:
    assert len(Department(DepartmentId(1), "部" * 60).name) == 60


def person(hired: date | None, left: date | None) -> Person:
    return Person(
        PersonId(1), "001", "王芳", DepartmentId(1), "客户经理", hired_on=hired, left_on=left
    )


def test_nobody_leaves_before_being_hired() -> None:
    with pytest.raises(InvalidValueError, match=r"王芳的离职日期\(2026-02-28\)早于入职日期"):
        person(date(2026, 3, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("hired", "left", "served"),
    [
        (None, None, True),
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (None, date(2026, 3, 1), True),
        (None, date(2026, 2, 28), False),
        (date(2026, 3, 15), date(2026, 3, 15), True),
    ],
)
def test_one_day_of_service_in_a_period_is_enough(
    hired: date | None, left: date | None, *, served: bool
) -> None:
    assert person(hired, left).in_service(Period.parse("2026-03")) is served


def target(*months: int, total: int | None, adds_up: bool = True) -> Target:
    whole = None if total is None else Decimal(total)
    return Target("sales", "销售额", "万元", whole, tuple(map(Decimal, months)), adds_up)


def test_months_that_miss_the_total_are_refused_with_the_difference() -> None:
    with pytest.raises(InvalidValueError, match="各月合计为 9万元，与全期目标 10万元 相差 1万元"):
        target(4, 5, total=10)


def test_months_that_stand_for_themselves_need_not_add_up() -> None:
    assert target(4, 5, total=10, adds_up=False).unassigned == 1


def test_months_without_a_total_are_enough() -> None:
    assert target(4, 5, total=None).unassigned == -9


@pytest.mark.parametrize(("months", "total"), [((), -1), ((-1, 2), 1)])
def test_no_target_is_negative(months: tuple[int, ...], total: int) -> None:
    with pytest.raises(InvalidValueError, match=r"目标“销售额”不能为负数\(-1\)"):
        target(*months, total=total)


def test_a_target_is_split_evenly_and_the_earlier_parts_get_what_is_left() -> None:
    assert split_target(Decimal(1), 3) == (Decimal("0.34"), Decimal("0.33"), Decimal("0.33"))


def test_a_target_finer_than_its_parts_is_not_split() -> None:
    with pytest.raises(InvalidValueError, match=r"目标 0\.005 的小数超过 2 位"):
        split_target(Decimal("0.005"), 3)
