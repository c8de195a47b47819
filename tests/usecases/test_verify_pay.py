"""Whatever is changed in the records of pay is found, and named with person and period."""

from __future__ import annotations

import pytest

from kpidesk.usecases.verifying import verify_file
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month
from tests.usecases.test_pay_accounts import BOTH
from tests.usecases.test_verify import tool


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("settled_by", "李四", "经办人与操作日志不符"),
        ("settled_on", "2026-01-01", "日期与操作日志不符"),
        ("cycle_start", "2026-02-01", "登记与正文不符"),
        ("cycle_end", "2027-04-01", "登记与正文不符"),
    ],
)
def test_a_settlement_says_who_settled_what_cycle_and_when(
    office: Office, column: str, value: str, said: str
) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    path = payroll.company.path
    payroll.company.close()
    assert verify_file(path).broken == ()
    tool(path, f"UPDATE pay_runs SET {column} = '{value}'")  # noqa: S608 - our own words
    (one,) = verify_file(path).broken
    assert "2026年3月" in one.text
    assert one.text.endswith(f"薪酬结算：{said}")
