"""Pay on a real file: entered, computed, settled in order, corrected, reversed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.store import audit
from kpidesk.usecases import pay
from kpidesk.usecases.changes import Changes
from tests.usecases.office import Office
from tests.usecases.payroll_at_work import APRIL, MARCH, Payroll, department, fill_month

BOTH = {"张三": 120_000, "李四": 80_000}


@pytest.fixture
def payroll(office: Office) -> Payroll:
    return department(office)


def test_the_people_of_a_scheme_make_one_group_with_months_and_the_whole_cycle(
    payroll: Payroll,
) -> None:
    (row,) = pay.list_groups(payroll.company)
    keys = [one.key for one in row.periods]
    assert (row.title, row.people, row.closed) == ("客户部绩效考核办法", 3, ())
    assert keys[:2] == [MARCH, APRIL]
    assert keys[-2:] == ["2027-02", "cycle"]


def test_a_month_comes_to_what_the_rule_says(payroll: Payroll) -> None:
    fill_month(payroll, "m03", BOTH)
    assert payroll.amounts("张三", MARCH) == {
        "base_pay": Decimal(8000),
        "commission": Decimal(6000),
        "phone_allowance": Decimal(200),
    }
    assert payroll.amounts("李四", MARCH)["base_pay"] == Decimal(6400)
    director = payroll.amounts("䶮㛃", MARCH)
    assert director["override"] == Decimal(2000)
    sum_ = payroll.person("张三", MARCH).sum_
    assert sum_ is not None
    assert sum_.value == Decimal(14000)


def test_what_is_missing_is_said_by_name_and_nothing_is_settled(payroll: Payroll) -> None:
    fill_month(payroll, "m03", {"张三": 120_000})
    assert payroll.person("张三").state == "可核算"
    waiting = payroll.person("䶮㛃")
    assert (waiting.state, waiting.sum_, waiting.findings) == ("缺数据", None, ())
    assert payroll.person("李四").state == "未录入"
    with pytest.raises(NotAllowedError, match="李四：缺少“回款”（2026年3月）"):
        payroll.settle(MARCH)
    (row,) = pay.list_groups(payroll.company)
    assert row.closed == ()


def test_months_are_settled_one_after_the_other(payroll: Payroll) -> None:
    fill_month(payroll, "m03", BOTH)
    fill_month(payroll, "m04", BOTH)
    with pytest.raises(NotAllowedError, match="2026年3月还没有结算，2026年4月要等它结算以后"):
        payroll.settle(APRIL)
    payroll.settle(MARCH)
    assert payroll.person("张三", MARCH).state == "已结算"
    assert payroll.view().period.key == APRIL
    with pytest.raises(NotAllowedError, match="已经结算"):
        payroll.settle(MARCH)
    payroll.settle(APRIL)


def test_a_settled_figure_changes_only_with_a_reason_and_pays_the_difference_next(
    payroll: Payroll,
) -> None:
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    with pytest.raises(NotAllowedError, match="已经结算，更正必须填写理由"):
        payroll.enter("李四", "collected", {"m03": 100_000})
    payroll.enter("李四", "collected", {"m03": 100_000}, "到账漏记")
    assert payroll.amounts("李四", MARCH) == {
        "base_pay": Decimal(6400),
        "commission": Decimal(4000),
        "phone_allowance": Decimal(200),
    }
    assert payroll.person("李四", MARCH).state == "有差额"
    fill_month(payroll, "m04", BOTH)
    april = payroll.amounts("李四", APRIL)
    assert april["correction"] == Decimal(2600)
    assert payroll.amounts("䶮㛃", APRIL)["correction"] == Decimal(200)
    payroll.settle(APRIL)
    assert payroll.person("李四", MARCH).state == "已结算"
    entries = payroll.view(APRIL).corrections_of("李四")
    assert [(one.reason, one.amount.value) for one in entries] == [
        ("更正 基本工资（2026-03）", Decimal(1600)),
        ("更正 提成（2026-03）", Decimal(1000)),
    ]


def test_a_reversal_keeps_the_settlement_on_record_and_opens_the_period(payroll: Payroll) -> None:
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    with pytest.raises(KpiDeskError, match="理由"):
        pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason=" ", **payroll.who)
    pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason="金额单位错", **payroll.who)
    assert not payroll.view(MARCH).settled
    payroll.enter("张三", "collected", {"m03": 110_000})
    payroll.settle(MARCH)
    with payroll.company.read() as connection:
        runs = connection.exec_driver_sql("SELECT count(*) FROM pay_runs").scalar()
    assert runs == 2
    assert payroll.amounts("张三", MARCH)["commission"] == Decimal(5500)


def test_only_the_last_settlement_can_be_reversed(payroll: Payroll) -> None:
    for month, key in (("m03", MARCH), ("m04", APRIL)):
        fill_month(payroll, month, BOTH)
        payroll.settle(key)
    with pytest.raises(NotAllowedError, match="2026年4月已经结算，只能从最后一期起依次冲销"):
        pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason="错", **payroll.who)


def test_entering_what_stood_there_before_undoes(payroll: Payroll) -> None:
    first = payroll.enter("张三", "collected", {"m03": 100})
    second = payroll.enter("张三", "collected", {"m03": 200})
    assert second.before[0].value == Decimal(100)
    undone = pay.enter_facts(payroll.company, payroll.ref, facts=first.before, **payroll.who)
    assert undone.before[0].value == Decimal(200)
    field = next(
        one for one in payroll.person("张三", MARCH).fields if one.known.name == "collected"
    )
    assert field.fact is None


def test_everything_leaves_its_line_in_the_log(payroll: Payroll) -> None:
    fill_month(payroll, "m03", BOTH)
    payroll.settle(MARCH)
    payroll.enter("李四", "collected", {"m03": 100_000}, "到账漏记")
    pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason="金额单位错", **payroll.who)
    with payroll.company.read() as connection:
        lines = [one for _, one in audit.read(connection) if one.action.startswith("pay.")]
        assert audit.first_broken(connection) is None
    assert [one.action for one in lines] == [
        *["pay.enter"] * 5,
        "pay.settle",
        "pay.enter",
        "pay.reverse",
    ]
    correction, reversal = lines[-2:]
    assert (correction.reason, reversal.reason) == ("到账漏记", "金额单位错")
    assert '"80000"' in str(correction.before)
    assert '"100000"' in str(correction.after)


def test_what_was_not_settled_is_not_reversed(payroll: Payroll) -> None:
    with pytest.raises(NotAllowedError, match="2026年3月还没有结算，不需要冲销"):
        pay.reverse_settlement(payroll.company, payroll.ref, MARCH, reason="错", **payroll.who)


def test_entering_the_same_again_changes_nothing(payroll: Payroll) -> None:
    payroll.enter("张三", "collected", {"m03": 100})
    assert payroll.enter("张三", "collected", {"m03": 100}) == pay.Entered(Changes.NONE)


@pytest.mark.parametrize(
    ("name", "fact", "said"),
    [
        ("张三", "unheard", "没有这个人的数据项“unheard”"),
        ("张三", "base_salary", "应为一个不小于零的数字"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(
    payroll: Payroll, name: str, fact: str, said: str
) -> None:
    with pytest.raises(KpiDeskError, match=said):
        payroll.enter(name, fact, {"m03": -5})
    assert payroll.person("张三", MARCH).state == "未录入"
