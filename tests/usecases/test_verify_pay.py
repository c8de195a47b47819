"""Whatever is changed in the records of pay is found, and named with person and period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpidesk.usecases import pay
from kpidesk.usecases.verifying import verify_file
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import MARCH, department, fill_month, fill_quarter, key_accounts
from tests.usecases.test_pay_accounts import BOTH, line
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


REVERSAL = "INSERT INTO pay_reversals (run_id, reason, reversed_by, reversed_on)"
REVERSALS = {
    "UPDATE pay_reversals SET reversed_by = '李四'": "冲销的经办人与操作日志不符",
    "UPDATE pay_reversals SET reversed_on = '2026-01-01'": "冲销的日期与操作日志不符",
    "UPDATE pay_reversals SET reason = '别的'": "冲销的理由与操作日志不符",
    "DELETE FROM pay_reversals": "冲销记录不见了",
    f"{REVERSAL} VALUES (2, '假的', '李四', '2026-04-01')": "操作日志里没有这次冲销",
}


def test_a_reversal_says_who_took_it_back_why_and_when(office: Office, tmp_path: Path) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason="算错了", **payroll.who)
    payroll.settle(MARCH)
    path = payroll.company.path
    payroll.company.close()
    assert verify_file(path).broken == ()
    for number, (sql, said) in enumerate(REVERSALS.items()):
        changed = tmp_path / f"{number}.kpidesk"
        changed.write_bytes(path.read_bytes())
        tool(changed, sql)
        texts = [one.text for one in verify_file(changed).broken]
        assert any("2026年3月" in one and one.endswith(f"薪酬结算：{said}") for one in texts), texts


FORGED = (
    "INSERT INTO pay_facts SELECT 99, scheme_id, person_id, name, period, starts_on, value,"
    " source, reason, entered_by, entered_on FROM pay_facts WHERE id = 1"
)
"""A figure that nobody ever entered."""


@pytest.fixture
def entered(office: Office) -> Path:
    """Figures, one of them taken back; lines, one put right, one struck out."""
    payroll = department(office)
    fill_month(payroll, "m03", {"张三": 120_000})
    payroll.enter("李四", "base_salary", {"m03": 8000})
    back = pay.NewFact(payroll.ids["李四"], "base_salary", MARCH, None)
    pay.enter_facts(payroll.company, payroll.ref, facts=[back], **payroll.who)
    first = line(payroll, date(2026, 4, 5), 100_000).line
    second = line(payroll, date(2026, 4, 6), 5_000).line
    assert first is not None
    assert second is not None
    line(payroll, date(2026, 4, 7), 90_000, replaces=first.id)
    pay.strike_line(payroll.company, payroll.ref, second.id, **payroll.who)
    payroll.company.close()
    assert verify_file(payroll.company.path).broken == ()
    return payroll.company.path


@pytest.mark.parametrize(
    ("sql", "person", "said"),
    [
        ("UPDATE pay_facts SET value = replace(value, '120000', '920000') WHERE name = 'collected'",
         "张三", "2026年3月的“回款”与操作日志不符"),
        ("UPDATE pay_facts SET period = '2026-04' WHERE id = 1",
         "张三", "2026年3月的“回款”与操作日志不符"),
        ("UPDATE pay_facts SET starts_on = '2026-04-01' WHERE id = 1",
         "张三", "2026年3月的“回款”与操作日志不符"),
        ("UPDATE pay_facts SET entered_by = '李四' WHERE id = 1",
         "张三", "2026年3月的“回款”与操作日志不符"),
        ("UPDATE pay_facts SET value = '{\"number\":\"1\"}' WHERE value IS NULL",
         "李四", "2026年3月的“基本工资标准”与操作日志不符"),
        ("DELETE FROM pay_facts WHERE id = 4",
         "李四", "2026年3月的“基本工资标准”不见了"),
        (FORGED,
         "张三", "2026年3月的“回款”在操作日志里没有"),
        ("UPDATE pay_lines SET body = replace(body, '90000', '99000') WHERE id = 3",
         "张三", "2026-04-07 的“回款”与操作日志不符"),
        ("UPDATE pay_lines SET entered_on = '2026-01-01', source = '别处' WHERE id = 2",
         "张三", "2026-04-06 的“回款”与操作日志不符"),
        ("UPDATE pay_lines SET replaces = NULL WHERE id = 4",
         "张三", "2026-04-06 的“回款”与操作日志不符"),
        ("DELETE FROM pay_lines WHERE id = 4", "张三", "2026-04-06 的“回款”不见了"),
    ],
)  # fmt: skip
def test_what_was_entered_for_pay_is_held_to_the_log(
    entered: Path, sql: str, person: str, said: str
) -> None:
    tool(entered, sql)
    (one,) = verify_file(entered).broken
    assert one.text.split("　")[1:] == [person, f"薪酬数据：{said}"]


@pytest.fixture
def booked(office: Office) -> Path:
    """A shortfall, made up for in the next quarter after a correction; the third taken back."""
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 20_000)
    payroll.settle("2026Q1")
    payroll.enter("王五", "actual", {"q1": 30_000}, "漏记一笔回款")
    fill_quarter(payroll, "q2", 40_000)
    payroll.settle("2026Q2")
    fill_quarter(payroll, "q3", 10_000)
    payroll.settle("2026Q3")
    pay.reverse_settlement(payroll.company, payroll.ref, "2026Q3", reason="错", **payroll.who)
    payroll.company.close()
    assert verify_file(payroll.company.path).broken == ()
    return payroll.company.path


AGAIN = (
    "INSERT INTO account_entries SELECT 99, run_id, person_id, account, item, period, side, amount,"
    " clause, reason, NULL FROM account_entries WHERE id = 1"
)
"""An entry posted twice."""
COMPUTED = "2026年第1季度与按结算记录重新计算的不符"
REVERSED = "2026年第3季度冲销的与原来记的不符"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE account_entries SET amount = '5' WHERE id = 1", COMPUTED),
        ("UPDATE account_entries SET side = 'take' WHERE id = 1", COMPUTED),
        ("UPDATE account_entries SET item = '2026Q2' WHERE id = 1", COMPUTED),
        ("DELETE FROM account_entries WHERE id = 1", COMPUTED),
        (AGAIN, COMPUTED),
        ("UPDATE account_entries SET amount = '5' WHERE period = '2026Q2'",
         "2026年第2季度与按结算记录重新计算的不符"),
        ("UPDATE account_entries SET amount = '5' WHERE reverses IS NOT NULL", REVERSED),
        ("UPDATE account_entries SET amount = '5' WHERE period = '2026Q3' AND reverses IS NULL",
         REVERSED),
        ("DELETE FROM account_entries WHERE reverses IS NOT NULL", REVERSED),
    ],
)  # fmt: skip
def test_the_accounts_are_held_to_the_settlements(booked: Path, sql: str, said: str) -> None:
    tool(booked, sql)
    texts = [one.text for one in verify_file(booked).broken]
    assert f"台账“补基数”　王五　薪酬台账：{said}" in texts
    assert all(said in one for one in texts)
