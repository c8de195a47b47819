"""Accounts over quarters, dated lines, late corrections, and records that were tampered with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.codec import content_hash
from kpidesk.core.accounts import Account, Side
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.payroll.record import Cell
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.store.pay_runs import posted
from kpidesk.usecases import contracts, pay, people
from kpidesk.usecases.company import open_company
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import (
    MARCH,
    Payroll,
    department,
    fill_month,
    fill_quarter,
    key_accounts,
)

BOTH = {"张三": 120_000, "李四": 80_000}


def test_a_shortfall_is_opened_filled_and_its_bonus_released(office: Office) -> None:
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 20_000)
    payroll.settle("2026Q1")
    assert payroll.amounts("王五", "2026Q1")["bonus"] == 0
    fill_quarter(payroll, "q2", 70_000)
    payroll.settle("2026Q2")
    entries = payroll.view("2026Q2").entries_of("王五")
    told = [(one.period, one.side, one.amount.value) for one in entries]
    assert told[0] == ("2026Q1", Side.ADD, Decimal(17_500))
    assert told[1] == ("2026Q2", Side.TAKE, Decimal(17_500))
    assert payroll.amounts("王五", "2026Q2")["bonus"] > Decimal(70_000) * 4 / 100 / 2


def test_a_bonus_without_wages_is_all_that_is_paid(office: Office) -> None:
    payroll = key_accounts(office)
    for name, figure in (("actual", 100_000), ("kpi_coefficient", 1)):
        payroll.enter("王五", name, {"q1": figure})
    shown = payroll.person("王五", "2026Q1")
    assert (shown.state, [one.result.name for one in shown.lines]) == ("可核算", ["bonus"])


def test_a_correction_brings_the_accounts_along(office: Office) -> None:
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 20_000)
    payroll.settle("2026Q1")
    payroll.enter("王五", "actual", {"q1": 30_000}, "漏记一笔回款")
    fill_quarter(payroll, "q2", 40_000)
    payroll.settle("2026Q2")
    entries = [
        one for one in payroll.view("2026Q2").entries_of("王五") if one.account is Account.SHORTFALL
    ]
    sums = sum(
        (one.amount.value if one.side is Side.ADD else -one.amount.value for one in entries),
        Decimal(0),
    )
    assert sums == 37_500 - 30_000 - (40_000 - 37_500)
    assert any(one.reason == "重算调整" for one in entries)


def test_a_reversal_posts_the_opposite_of_every_entry(office: Office) -> None:
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 20_000)
    payroll.settle("2026Q1")
    pay.reverse_settlement(payroll.company, payroll.ref, "2026Q1", reason="错", **payroll.who)
    with payroll.company.read() as connection:
        first, second = posted(connection, 1)
    assert (first.side, second.side) == (Side.ADD, Side.TAKE)
    assert (second.reverses, second.amount) == (first.id, first.amount)


def line(payroll: Payroll, on: date, amount: int, replaces: int | None = None) -> pay.LineEntered:
    return pay.enter_line(
        payroll.company,
        payroll.ref,
        person=payroll.ids["张三"],
        kind="collection",
        on=on,
        cells=[Cell("amount", number=Decimal(amount))],
        replaces=replaces,
        **payroll.who,
    )


def test_dated_lines_add_up_are_put_right_and_struck_out(office: Office) -> None:
    payroll = department(office)
    payroll.enter("张三", "base_salary", {"m03": 8000})
    first = line(payroll, date(2026, 3, 5), 100_000).line
    second = line(payroll, date(2026, 3, 31), 5_000).line
    line(payroll, date(2026, 4, 1), 7_000)
    assert payroll.amounts("张三", MARCH)["commission"] == 5250
    assert first is not None
    assert second is not None
    line(payroll, date(2026, 3, 5), 90_000, replaces=first.id)
    pay.strike_line(payroll.company, payroll.ref, second.id, **payroll.who)
    assert payroll.amounts("张三", MARCH)["commission"] == 4500
    (shown,) = payroll.person("张三", MARCH).ledger
    assert shown.body is not None
    assert shown.body.on == date(2026, 3, 5)


def test_a_figure_and_lines_of_the_same_thing_are_not_both_counted(office: Office) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    line(payroll, date(2026, 3, 5), 100_000)
    with pytest.raises(NotAllowedError, match="既填了数字，又有逐笔事项"):
        payroll.settle(MARCH)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([], "缺少金额"),
        ([Cell("amount", text="一百")], "金额填得不对"),
        ([Cell("amount", number=Decimal(1)), Cell("tax", number=Decimal(1))], "没有“tax”"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    office: Office, cells: list[Cell], said: str
) -> None:
    payroll = department(office)
    with pytest.raises(InvalidValueError, match=said):
        pay.enter_line(
            payroll.company,
            payroll.ref,
            person=payroll.ids["张三"],
            kind="collection",
            on=date(2026, 3, 5),
            cells=cells,
            **payroll.who,
        )


def test_what_the_contract_agrees_on_is_not_entered_here(office: Office) -> None:
    payroll = department(office)
    with pytest.raises(NotAllowedError, match="由责任书约定"):
        payroll.enter("张三", "target", {"m03": 1})


def test_after_the_last_period_a_difference_is_paid_by_a_settlement_of_its_own(
    office: Office,
) -> None:
    payroll = department(office)
    view = payroll.view()
    for period in view.group.periods():
        if period.key != "cycle":
            key = period.key
            for name, figure in BOTH.items():
                facts = [
                    pay.NewFact(payroll.ids[name], "collected", key, Decimal(figure)),
                    pay.NewFact(payroll.ids[name], "base_salary", key, Decimal(8000)),
                ]
                pay.enter_facts(payroll.company, payroll.ref, facts=facts, **payroll.who)
            director = pay.NewFact(payroll.ids["总监"], "base_salary", key, Decimal(12000))
            pay.enter_facts(payroll.company, payroll.ref, facts=[director], **payroll.who)
        payroll.settle(period.key)
    assert payroll.view().next_ is None
    payroll.enter("李四", "collected", {"m03": 90_000}, "漏记")
    late = payroll.view()
    assert late.period.is_late
    assert payroll.amounts("李四", late.period.key) == {"correction": Decimal(500)}
    payroll.settle(late.period.key)
    assert payroll.view().next_ is None
    assert payroll.person("李四", late.period.key).state == "已结算"


def test_people_of_a_team_under_other_parameters_are_not_paid_apart_from_it(
    office: Office,
) -> None:
    payroll = department(office)
    add_at_another_rate(office)
    refs = [one.ref for one in pay.list_groups(payroll.company)]
    assert len(refs) == 2
    view = pay.load_pay(payroll.company, refs[0], MARCH)
    assert any("参数不同（客户经理提成率）" in one.message for one in view.stops)


def add_at_another_rate(office: Office) -> None:
    """Another salesperson at another rate of commission."""
    who = people.add_person(
        office.company,
        number="013",
        name="赵六",
        department=office.department,
        post="客户经理",
        **office.who,
    ).id
    months = tuple(Decimal(100_000) for _ in range(12))
    drawn = contracts.draw_up(
        office.company,
        people=[who],
        scheme="client-department",
        role="account_manager",
        term=Period.months(2026, 3, 12),
        settings={"commission_rate": Decimal("0.06")},
        targets=(Target("target", "任务", "元", Decimal(1_200_000), months),),
        **office.who,
    )
    office.sign(drawn.ids[0])


@pytest.mark.parametrize(
    ("with_hash", "said"),
    [
        (False, "第 1 号薪酬结算的内容与校验值不符"),
        (True, "重新计算后与结算时的记录不一致：张三 的 commission"),
    ],
)
def test_a_settlement_that_was_changed_in_the_file_is_noticed(
    office: Office, said: str, *, with_hash: bool
) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    path, ref = payroll.company.path, payroll.ref
    payroll.company.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        guard = "SELECT sql FROM sqlite_master WHERE name = 'pay_runs_no_update'"
        (sql,) = tool.execute(guard).fetchone()
        tool.execute("DROP TRIGGER pay_runs_no_update")
        tool.execute("UPDATE pay_runs SET body = replace(body, '6000.00', '9000.00')")
        if with_hash:
            (body,) = tool.execute("SELECT body FROM pay_runs").fetchone()
            tool.execute("UPDATE pay_runs SET sha256 = ?", (content_hash(body),))
        tool.execute(sql)
    again = open_company(path)
    with pytest.raises(KpiDeskError, match=said):
        pay.load_pay(again, ref, MARCH)
    again.close()


def test_a_period_that_is_not_over_is_not_settled(office: Office) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", BOTH)
    early = {**payroll.who, "today": date(2026, 3, 30)}
    with pytest.raises(NotAllowedError, match="到 2026-03-31 才结束"):
        pay.settle_period(payroll.company, payroll.ref, MARCH, **early)
