"""Other ways to be paid: pools of a year, wages by parts, scores, a second year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.contract import ContractId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.core.target import Target
from kpidesk.exchange.builtin import builtin_scheme
from kpidesk.store import contracts as store
from kpidesk.store.schemes import pin
from kpidesk.usecases import actuals, appraisals, contracts, pay, people
from tests.usecases.office import YEAR, Office
from tests.usecases.payroll_at_work import (
    LATER,
    MARCH,
    department,
    fill_month,
    fill_quarter,
    key_accounts,
)

TARGETS = (
    Target("sales_plan", "计划销售额", "万元", Decimal(100), (Decimal(100),)),
    Target("new_customers_plan", "计划开发新客户", "户", Decimal(2), (Decimal(2),)),
)
"""What January agrees on."""


def hire(office: Office, number: str, name: str, post: str, **more: Any) -> PersonId:  # noqa: ANN401
    return people.add_person(
        office.company,
        number=number,
        name=name,
        department=office.department,
        post=post,
        **more,
        **office.who,
    ).id


def sign(office: Office, person: PersonId, scheme: str, role: str, term: Period) -> ContractId:
    drawn = contracts.draw_up(
        office.company, people=[person], scheme=scheme, role=role, term=term, **office.who
    )
    office.sign(drawn.ids[0])
    return drawn.ids[0]


def enter(office: Office, ref: pay.GroupRef, person: PersonId, facts: Mapping[str, str]) -> None:
    """Figures by name and period: `{"loan_average@2025": "100"}`."""
    made = []
    for key, value in facts.items():
        name, _, period = key.partition("@")
        made.append(pay.NewFact(person, name, period or "cycle", Decimal(value), "统计表"))
    who = {**office.who, "today": LATER}
    pay.enter_facts(office.company, ref, facts=made, **who)


def test_a_pool_is_shared_among_people_of_one_post(office: Office) -> None:
    ids = {
        name: hire(office, number, name, post)
        for number, name, post in (
            ("031", "甲", "一级客户经理"),
            ("032", "乙", "一级客户经理"),
            ("033", "丙", "二级客户经理"),
        )
    }
    for one in ids.values():
        sign(office, one, "bank-account-manager", "account_manager", YEAR)
    (row,) = pay.list_groups(office.company)
    assert [one.key for one in row.periods] == ["cycle"]
    for name, loans in (("甲", 300), ("乙", 100), ("丙", 100)):
        years: dict[str, str] = {"annual_pay": "100000", "management_score": "100"}
        for fact in ("loan_average", "loan_year_end", "deposit_average", "borrowers"):
            years[f"{fact}@2025"] = "50"
            years[f"{fact}@2026"] = str(loans)
        enter(office, row.ref, ids[name], years)
    view = pay.load_pay(office.company, row.ref)
    assert view.stops == ()
    paid = {
        one.member.person.name: Decimal(one.sum_.value)
        for one in view.people
        if one.sum_ and isinstance(one.sum_.value, Decimal)
    }
    assert paid["丙"] == 100_000  # alone in the pool of the post
    assert paid["甲"] + paid["乙"] == 200_000
    assert paid["甲"] > 2 * paid["乙"]
    fields = {(one.known.name, one.period) for one in view.people[0].fields}
    assert ("loan_average", "2025") in fields
    assert ("loan_average", "2026") in fields
    assert [one.result.name for one in view.people[0].lines] == ["assessed_pay"]


def test_a_wage_of_parts_is_paid_by_the_month(office: Office) -> None:
    person = hire(office, "041", "丁", "营销总监")
    sign(office, person, "marketing-director", "marketing_director", YEAR)
    (row,) = pay.list_groups(office.company)
    enter(
        office,
        row.ref,
        person,
        {
            "base_salary@2026-01": "10000",
            "efficiency_coefficient@2026-01": "0.9",
            "management_coefficient@2026-01": "1",
        },
    )
    (shown,) = pay.load_pay(office.company, row.ref).people
    assert [(one.result.name, one.result.text) for one in shown.lines] == [
        ("monthly_pay", "9700.00")
    ]


def test_pay_that_rests_on_a_score_waits_until_the_score_is_recorded(office: Office) -> None:
    rule = FormulaPay("score_pay", "绩效工资", "总分 × 10", places=2, unit="元", grain=Grain.CYCLE)
    plain = builtin_scheme("account-manager-kpi")
    scheme = replace(plain, id="scored-pay", title="按得分发放", pay=(rule,))
    drafted = office.draft(term=Period.months(2026, 1, 1), targets=[])
    with office.company.file.transaction() as connection:
        pin(connection, scheme)
        loaded = store.load_contract(connection, drafted, office.company.path)
        assert loaded is not None
        january = replace(loaded[0], scheme=scheme.id, targets=TARGETS)
        store.save_contract(connection, january)
    (sheet,) = office.sign(drafted)
    (row,) = pay.list_groups(office.company)
    who = {**office.who, "today": LATER}
    with pytest.raises(NotAllowedError, match="评分表还没有定分，薪酬要用到得分"):
        pay.settle_period(office.company, row.ref, "cycle", **who)
    # What the sheet asks for is entered there, and not a second time for pay.
    (asked,) = pay.load_pay(office.company, row.ref).people
    assert all(one.agreed for one in asked.fields)
    twice = [pay.NewFact(office.manager, "sales", "cycle", Decimal(99))]
    with pytest.raises(NotAllowedError, match="填在评分表上"):
        pay.enter_facts(office.company, row.ref, facts=twice, **office.who)
    office.complete(sheet)
    assert pay.load_pay(office.company, row.ref).people[0].sum_ is None
    book = actuals.load_book(office.company, actuals.BookRef("scored-pay", 2026))
    homes = [one.homes for one in book.actuals.values() if one.item == "sales"]
    assert [(len(each), each[0].value) for each in homes] == [(1, Decimal(120))]
    appraisals.finish_scoring(office.company, sheet, **office.who)
    (shown,) = pay.load_pay(office.company, row.ref).people
    total = appraisals.load_sheet(office.company, sheet).sheet.total
    assert total is not None
    assert shown.sum_ is not None
    assert shown.sum_.value == Decimal(total.text) * 10
    pay.settle_period(office.company, row.ref, "cycle", **who)


def test_a_second_cycle_does_not_trip_over_the_figures_of_the_first(office: Office) -> None:
    payroll = department(office)
    fill_month(payroll, "m03", {"张三": 120_000, "李四": 80_000})
    following = Period.months(2027, 3, 12)
    sign(office, payroll.ids["张三"], "client-department", "account_manager", following)
    first, second = pay.list_groups(office.company)
    assert first.ref.cycle.start == date(2026, 3, 1)
    view = pay.load_pay(office.company, second.ref)
    assert view.period.key == "2027-03"
    assert not any("2026" in one.message for one in view.stops)
    assert pay.load_pay(office.company, first.ref, MARCH).stops == ()


def test_who_joins_later_is_paid_from_then_on_and_ends_the_cycle_with_the_others(
    office: Office,
) -> None:
    payroll = department(office)
    late = hire(office, "051", "戊", "客户经理", hired_on=date(2026, 6, 1))
    sign(office, late, "client-department", "account_manager", Period.months(2026, 6, 9))
    (row,) = pay.list_groups(office.company)
    assert row.people == 4
    names = [
        [one.member.person.name for one in pay.load_pay(office.company, row.ref, key).people]
        for key in ("2026-05", "2026-06")
    ]
    assert "戊" not in names[0]
    assert "戊" in names[1]
    assert payroll.ref == row.ref


def test_balances_of_a_chain_under_other_parameters_are_not_lost_silently(office: Office) -> None:
    payroll = key_accounts(office)
    fill_quarter(payroll, "q1", 20_000)
    for quarter in ("2026Q1", "2026Q2", "2026Q3", "2026Q4"):
        if quarter != "2026Q1":
            fill_quarter(payroll, quarter[4:].lower(), 37_500)
        payroll.settle(quarter)
    drawn = contracts.draw_up(
        office.company,
        people=[payroll.ids["王五"]],
        scheme="key-account-sales-bonus",
        role="salesperson",
        term=Period.months(2027, 1, 12),
        settings={"base_ratio": Decimal("0.6")},
        **office.who,
    )
    office.sign(drawn.ids[0])
    _, second = pay.list_groups(office.company)
    (shown,) = pay.load_pay(office.company, second.ref).people
    assert any("台账“补基数”余额 17500 元没有转入" in one.message for one in shown.warnings)


def test_a_figure_of_no_period_of_the_cycle_is_refused(office: Office) -> None:
    payroll = department(office)
    for period in ("2025-12", "2028-01"):
        fact = pay.NewFact(payroll.ids["张三"], "collected", period, Decimal(1))
        with pytest.raises(InvalidValueError, match="没有期间"):
            pay.enter_facts(office.company, payroll.ref, facts=[fact], **payroll.who)
