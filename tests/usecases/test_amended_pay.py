"""Pay under an amended contract: each month by the figures in force on its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.usecases import contracts, pay
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import APRIL, MARCH, Payroll, department, fill_month

BOTH = {"张三": 120_000, "李四": 80_000}


@pytest.fixture
def payroll(office: Office) -> Payroll:
    made = department(office)
    fill_month(made, "m03", BOTH)
    made.settle(MARCH)
    fill_month(made, "m04", BOTH)
    return made


def amend(payroll: Payroll, name: str, effective: date, first: int, figure: int) -> None:
    """Another task of somebody from a month of the term on (from 0), signed."""
    rows = contracts.list_contracts(payroll.company)
    row = next(one for one in rows if one.person_name == name)
    made = contracts.draw_up_amendment(
        payroll.company, row.id, effective_on=effective, **payroll.who
    )
    draft = contracts.load_contract(payroll.company, made.id).contract
    (task,) = draft.targets
    months = (*task.months[:first], *[Decimal(figure)] * (12 - first))
    amended = replace(task, months=months, total=sum(months, Decimal(0)))
    contracts.edit_contract(payroll.company, replace(draft, targets=(amended,)), **payroll.who)
    contracts.mark_printed(payroll.company, [made.id], **payroll.who)
    day = payroll.who["today"]
    contracts.sign(payroll.company, made.id, signed_on=day, **payroll.who)


def test_months_from_the_effective_day_are_paid_by_the_new_figures(payroll: Payroll) -> None:
    assert payroll.amounts("李四", APRIL)["base_pay"] == Decimal(6400)
    amend(payroll, "李四", date(2026, 4, 1), 1, 80_000)
    assert payroll.amounts("李四", APRIL)["base_pay"] == Decimal(8000)
    assert payroll.amounts("张三", APRIL)["base_pay"] == Decimal(8000)
    assert payroll.amounts("李四", MARCH)["base_pay"] == Decimal(6400)
    assert payroll.person("李四", MARCH).state == "已结算"
    assert "correction" not in payroll.amounts("李四", APRIL)
    assert len(pay.list_groups(payroll.company)) == 1


def test_an_amendment_of_settled_months_pays_the_difference_in_the_next(payroll: Payroll) -> None:
    amend(payroll, "李四", date(2026, 3, 1), 0, 80_000)
    assert payroll.person("李四", MARCH).state == "有差额"
    assert payroll.amounts("李四", MARCH)["base_pay"] == Decimal(6400)
    assert payroll.amounts("李四", APRIL)["correction"] == Decimal(1600)
