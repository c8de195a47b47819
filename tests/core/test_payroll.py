"""Who is paid together, what is paid when, and what keeps a period from being settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import TEAM, Event, EventValue, Fact, Facts
from kpidesk.core.figure import YUAN, given
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.paying.department.rules import OverTarget
from kpidesk.core.paying.payable import PayItem, pay_items, payable_lines
from kpidesk.core.paying.rules import FormulaPay, PayTotal, TextOnly
from kpidesk.core.payroll.books import (
    Books,
    lines_of,
    paid_lines,
    renamed,
    role_changes,
    what_stands_against,
)
from kpidesk.core.payroll.group import PayGroup, PayPeriod, late_period
from kpidesk.core.payroll.grouping import Hired, overlapping, pay_groups
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.record import (
    Cell,
    LedgerLine,
    PaidPerson,
    PayInputs,
    SettledResult,
    settled_results,
)
from kpidesk.core.payroll.words import period_words, plain_periods
from kpidesk.core.people import DepartmentId, Person, PersonId
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref, Word
from kpidesk.exchange.builtin import builtin_scheme

CLIENTS = builtin_scheme("client-department")
QUARTERS = builtin_scheme("key-account-sales-bonus")
BANK = builtin_scheme("bank-account-manager")
YEAR = Period.months(2026, 1, 12)


def person(number: int, name: str = "", **more: Any) -> Person:  # noqa: ANN401
    return Person(
        PersonId(number), f"{number:03d}", name or f"人{number}", DepartmentId(1), "岗", **more
    )


def hired(who: Person, scheme: Scheme, role: str, term: Period = YEAR, **more: Any) -> Hired:  # noqa: ANN401
    contract = Contract(
        ContractId(who.id),
        f"责-{who.id}",
        scheme.id,
        1,
        role,
        PartyA("公司"),
        PartyB(who.id, who.name, who.number, "客户部", who.post),
        term,
        **more,
    )
    return Hired(contract, scheme, who)


def clients(*more: Hired) -> PayGroup:
    (group,) = pay_groups(
        (
            hired(person(1, "甲"), CLIENTS, "account_manager"),
            hired(person(2, "总监"), CLIENTS, "director"),
            *more,
        )
    )
    return group


def default(scheme: Scheme, **chosen: str) -> Any:  # noqa: ANN401 - a reader of words
    def word(one: Word) -> str:
        if not isinstance(one, Ref):
            return str(one)
        parameter = scheme.parameter(one.parameter)
        assert parameter is not None
        return chosen.get(one.parameter, str(parameter.default))

    return word


# -- groups


def test_a_scheme_without_pay_makes_no_group() -> None:
    plain = builtin_scheme("account-manager-kpi")
    assert pay_groups([hired(person(1), plain, "account_manager")]) == ()


def test_terms_that_pay_nothing_make_no_group() -> None:
    words_only = replace(CLIENTS, pay=(TextOnly("车辆由公司提供"),))
    assert pay_groups([hired(person(1), words_only, "account_manager")]) == ()


def test_people_called_alike_are_told_apart_by_number() -> None:
    group = clients(hired(person(3, "甲"), CLIENTS, "account_manager"))
    assert [one.subject for one in group.members] == ["甲（001）", "总监", "甲（003）"]


def test_other_parameters_make_another_group_of_the_same_days() -> None:
    one = hired(person(1), CLIENTS, "account_manager")
    other = hired(
        person(2), CLIENTS, "account_manager", settings=(("commission_rate", Decimal("0.06")),)
    )
    groups = pay_groups([one, other])
    assert len(groups) == 2
    assert overlapping(groups, groups[0]) == (groups[1],)


def test_who_joins_an_open_cycle_later_is_paid_from_then_and_ends_with_the_others() -> None:
    late = Period.months(2026, 7, 6)
    group = clients(
        hired(person(3, "乙", hired_on=date(2020, 1, 1)), CLIENTS, "account_manager", late)
    )
    joined = group.member("乙")
    assert joined is not None
    assert joined.appraisee.hired_on == date(2026, 7, 1)
    assert group.cycle.period == YEAR
    assert not joined.in_service(Period.parse("2026-06"))


def test_an_open_cycle_of_two_years_is_two_and_a_rest() -> None:
    groups = pay_groups([hired(person(1), CLIENTS, "account_manager", Period.months(2026, 1, 30))])
    assert [one.cycle.period for one in groups] == [
        YEAR,
        Period.months(2027, 1, 12),
        Period.months(2028, 1, 6),
    ]


def test_a_fixed_cycle_needs_its_whole_length() -> None:
    groups = pay_groups([hired(person(1), BANK, "account_manager", Period.months(2026, 1, 18))])
    assert [one.cycle.period for one in groups] == [YEAR]
    assert groups[0].members[0].appraisee.group == "岗"


def test_a_chain_goes_on_from_contract_to_contract() -> None:
    who = person(1, "甲", hired_on=date(2020, 1, 1))
    second = replace(
        hired(who, QUARTERS, "salesperson", Period.months(2027, 1, 12)),
        contract=replace(
            hired(who, QUARTERS, "salesperson", Period.months(2027, 1, 12)).contract,
            id=ContractId(9),
        ),
    )
    (group,) = pay_groups([second, hired(who, QUARTERS, "salesperson")])
    assert group.is_chain
    assert group.cycle.period == Period.months(2026, 1, 24)
    assert group.members[0].contract.id == 9
    assert [one.key for one in group.periods()][-1] == "2027Q4"


def test_a_chain_is_joined_by_who_is_hired_later_not_by_who_only_changes_over() -> None:
    later = Period.months(2026, 4, 9)
    groups = pay_groups(
        [
            hired(person(1, "甲", hired_on=date(2020, 1, 1)), QUARTERS, "salesperson"),
            hired(person(2, "新", hired_on=date(2026, 4, 6)), QUARTERS, "salesperson", later),
            hired(person(3, "转", hired_on=date(2020, 1, 1)), QUARTERS, "salesperson", later),
        ]
    )
    assert [[one.subject for one in group.members] for group in groups] == [["甲", "新"], ["转"]]


def test_nobody_is_paid_in_a_chain_beyond_their_last_contract() -> None:
    next_year = Period.months(2027, 1, 12)
    (group,) = pay_groups(
        [
            hired(person(1, "甲", hired_on=date(2020, 1, 1)), QUARTERS, "salesperson"),
            hired(person(2, "新", hired_on=date(2027, 1, 5)), QUARTERS, "salesperson", next_year),
        ]
    )
    old, new = group.members
    assert group.cycle.period == Period.months(2026, 1, 24)
    assert old.until == date(2026, 12, 31)
    assert [old.in_service(one.days) for one in group.periods()] == [True] * 4 + [False] * 4
    assert new.until is None
    left = replace(old, person=replace(old.person, left_on=date(2026, 6, 30)))
    assert left.appraisee.left_on == date(2026, 6, 30)


def contract_of(one: Hired, number: int, role: str, term: Period) -> Hired:
    """Another contract of the same person."""
    terms = replace(
        one.contract, id=ContractId(number), number=f"责-{number}", role=role, term=term
    )
    return replace(one, contract=terms)


def promoted(
    *more: Hired,
    whole: frozenset[ContractId] = frozenset(),
    **who: Any,  # noqa: ANN401 - fields of Hired
) -> PayGroup:
    """A manager until June who is the director from July on."""
    one = hired(person(3, "丙", hired_on=date(2020, 1, 1), **who), CLIENTS, "account_manager")
    before = replace(one, until=date(2026, 6, 30))
    after = contract_of(one, 9, "director", Period.months(2026, 7, 6))
    (group,) = pay_groups([before, after, *more], whole=whole)
    return group


def test_who_changes_the_role_inside_a_cycle_is_paid_in_parts() -> None:
    group = promoted()
    first, second = group.members
    assert (first.subject, second.subject) == ("丙（客户经理）", "丙（客户总监）")
    assert (first.name, second.post) == ("丙（客户经理）", "岗")
    assert first.appraisee.left_on == date(2026, 6, 30)
    assert second.appraisee.hired_on == date(2026, 7, 1)
    assert (first.appraisee.role, second.appraisee.role) == ("account_manager", "director")
    assert (first.appraisee.goes_on, second.appraisee.goes_on) == (True, False)
    assert group.people == (first,)
    told, _ = role_changes(group)
    assert told.subject == "丙（客户经理）"
    assert "客户经理（责任书 责-3，2026-01-01 起，至 2026-06-30）" in told.message
    assert "客户总监（责任书 责-9，2026-07-01 起）" in told.message


def test_a_day_and_a_contract_tell_which_part_is_meant() -> None:
    group = promoted()
    first, second = (one.subject for one in group.members)
    who = PersonId(3)
    days = (date(2025, 12, 1), date(2026, 6, 30), date(2026, 7, 1), date(2027, 3, 1))
    assert [group.subject_on(who, one) for one in days] == [first, first, second, second]
    assert group.subject_on(PersonId(99), days[0]) is None
    assert group.subject_under(who, "责-9") == second
    assert group.subject_under(who, "别的") == first
    assert group.subject_under(PersonId(99), "责-9") is None
    assert [one.starts_on(YEAR) for one in group.members] == [YEAR.start, days[2]]
    assert group.members[1].starts_on(Period.months(2026, 8, 1)) == date(2026, 8, 1)


def test_roles_that_come_back_are_told_apart_by_their_start() -> None:
    back = contract_of(
        hired(person(3, "丙"), CLIENTS, "account_manager"),
        10, "account_manager", Period.months(2026, 10, 3),
    )  # fmt: skip
    group = promoted(back)
    assert [one.subject for one in group.members] == [
        "丙（客户经理，2026-01 起）", "丙（客户总监）", "丙（客户经理，2026-10 起）",
    ]  # fmt: skip
    assert group.members[1].until == date(2026, 9, 30)


def test_two_contracts_of_one_role_are_one_part() -> None:
    one = hired(person(3, "丙"), CLIENTS, "account_manager", Period.months(2026, 1, 6))
    later = contract_of(one, 9, "account_manager", Period.months(2026, 7, 6))
    first = replace(one, contract=replace(one.contract, term=YEAR), until=date(2026, 6, 30))
    (group,) = pay_groups([first, later])
    (member,) = group.members
    assert (member.subject, member.parts, len(member.contracts)) == ("丙", 1, 2)


def test_what_paid_the_whole_cycle_once_goes_on_so() -> None:
    group = promoted(whole=frozenset({ContractId(9)}))
    (member,) = group.members
    assert (member.subject, member.appraisee.role) == ("丙", "director")
    (found,) = role_changes(group)
    assert "由客户经理变为客户总监（自 2026-07-01 起），整个周期都按客户总监计算" in found.message
    assert "先依次冲销" in found.message
    assert list(role_changes(clients())) == []


def test_a_chain_is_not_divided() -> None:
    one = hired(person(3, "丙"), QUARTERS, "salesperson", Period.months(2026, 1, 6))
    later = contract_of(one, 9, "manager", Period.months(2026, 7, 6))
    (group,) = pay_groups([one, later])
    (found,) = role_changes(group)
    assert "台账跟着人走" in found.message


def month_facts(subject: str, name: str, months: range, figure: int) -> list[Fact]:
    return [Fact(subject, name, Decimal(figure), f"2026-{one:02d}") for one in months]


@pytest.mark.parametrize(
    ("more", "caught_up"), [({}, "1600.00"), ({"left_on": date(2026, 11, 30)}, "0.00")]
)
def test_what_a_part_withheld_is_caught_up_unless_the_person_leaves(
    more: dict[str, Any], caught_up: str
) -> None:
    seller = hired(person(4, "丁", hired_on=date(2020, 1, 1)), CLIENTS, "account_manager")
    group = promoted(seller, **more)
    first, second, _ = (one.subject for one in group.members)
    facts = [
        *month_facts(first, "target", range(1, 7), 100),
        *month_facts(first, "collected", range(1, 2), 50),
        *month_facts(first, "collected", range(2, 7), 110),
        *month_facts(first, "base_salary", range(1, 7), 8000),
        *month_facts("丁", "target", range(1, 13), 100),
        *month_facts("丁", "collected", range(1, 13), 100),
        *month_facts("丁", "base_salary", range(1, 13), 8000),
        *month_facts(second, "base_salary", range(7, 13), 12000),
    ]
    done = evaluate(
        CLIENTS,
        cycle=group.cycle,
        people=tuple(one.appraisee for one in group.members),
        facts=Facts.of(facts),
        settings={},
    )
    assert not done.blocked
    texts = {(who, name, when): one.text for (who, name, when), one in done.results.items()}
    assert texts[first, "base_pay", "2026-01"] == "6400.00"
    assert texts[first, "catch_up", CYCLE] == caught_up
    assert texts[second, "override", "2026-07"] == "1.00"
    assert (first, "base_pay", "2026-07") not in texts
    assert (second, "base_pay", "2026-06") not in texts
    assert texts[TEAM, "collected", CYCLE] == "1800.00"


# -- periods and items


def test_periods_come_in_order_and_late_ones_after_them() -> None:
    group = clients()
    keys = [one.key for one in group.periods()]
    assert keys[0] == "2026-01"
    assert keys[-2:] == ["2026-12", CYCLE]
    late = group.periods([*keys, "周期后更正1"])[-1]
    assert late == late_period(YEAR, 1)
    assert late.is_late


def test_what_a_total_adds_up_is_paid_by_its_lines() -> None:
    items = pay_items(CLIENTS, default(CLIENTS))
    by_name = {one.result: one for one in items}
    assert by_name["pay_total"].total
    assert by_name["phone_allowance"].apart
    assert by_name["excess_bonus_director"] == PayItem(
        "excess_bonus_director", Grain.CYCLE, lead=True
    )
    assert "pay_total" not in payable_lines(items)
    assert by_name["base_pay"].grain is Grain.MONTH


def test_excess_that_is_settled_each_month_is_paid_each_month() -> None:
    items = pay_items(CLIENTS, default(CLIENTS, excess_period="running"))
    lead = next(one for one in items if one.lead)
    assert lead.grain is Grain.MONTH


def test_wages_that_may_be_left_out_are_optional_and_lines_that_are_not_chosen_no_lines() -> None:
    wages = {one.result: one for one in pay_items(QUARTERS, default(QUARTERS))}
    assert wages["variable_pay"].optional
    assert not wages["bonus"].optional
    of_team = {one.result: one for one in pay_items(CLIENTS, default(CLIENTS))}
    assert not of_team["base_pay"].optional
    assert of_team["commission"].roles == ("account_manager",)
    selling = default(CLIENTS, director_sales_commissioned="True")
    assert "commission" in payable_lines(pay_items(CLIENTS, selling))


def test_what_a_later_rule_works_with_is_paid_by_that_rule_alone() -> None:
    assert payable_lines(pay_items(BANK, default(BANK))) == ("assessed_pay",)


def test_without_a_total_each_rule_pays_by_itself() -> None:
    bare = replace(QUARTERS, pay=tuple(x for x in QUARTERS.pay if not isinstance(x, PayTotal)))
    assert payable_lines(pay_items(bare, default(bare))) == ("bonus",)
    no_total = replace(CLIENTS, pay=tuple(x for x in CLIENTS.pay if not isinstance(x, PayTotal)))
    assert payable_lines(pay_items(no_total, default(no_total)))[:3] == (
        "base_pay",
        "commission",
        "override",
    )
    parts = builtin_scheme("marketing-director")
    assert payable_lines(pay_items(parts, default(parts))) == ("monthly_pay",)


def test_a_formula_that_another_uses_and_one_of_the_team_pay_nothing_themselves() -> None:
    rules = (
        FormulaPay("basis", "基数", "1000"),
        FormulaPay("bonus", "奖金", "基数 × 2"),
        FormulaPay("points", "积分", "3", unit="分"),
        FormulaPay("pool", "奖金池", "5", of_team=True),
    )
    made = replace(CLIENTS, pay=rules)
    assert payable_lines(pay_items(made, default(made))) == ("bonus",)


def test_a_choice_that_the_contracts_make_counts() -> None:
    (group,) = pay_groups(
        [hired(person(1), CLIENTS, "account_manager", settings=(("excess_period", "running"),))]
    )
    assert next(one for one in group.items if one.lead).grain is Grain.MONTH


def test_a_choice_that_the_rule_itself_makes_counts() -> None:
    rules = tuple(
        replace(one, period="running") if isinstance(one, OverTarget) else one
        for one in CLIENTS.pay
    )
    (group,) = pay_groups([hired(person(1, "甲"), replace(CLIENTS, pay=rules), "account_manager")])
    assert next(one for one in group.items if one.lead).grain is Grain.MONTH
    assert group.subject_of(PersonId(1)) == "甲"
    assert group.subject_of(PersonId(9)) is None


# -- what stands against a settlement


def found(effect: Effect, period: str, subject: str = "甲") -> Evaluation:
    return Evaluation(findings=(Finding(Code.MISSING_FACT, effect, "缺", subject, "x", period),))


MARCH = PayPeriod("2026-03", Period.parse("2026-03"), Grain.MONTH)
WHOLE = PayPeriod(CYCLE, YEAR, Grain.CYCLE)


@pytest.mark.parametrize(
    ("effect", "when", "period", "stops"),
    [
        (Effect.WITHHOLDS, "2026-03", MARCH, True),
        (Effect.WITHHOLDS, "2026-02", MARCH, True),
        (Effect.WITHHOLDS, "2026-04", MARCH, False),
        (Effect.WITHHOLDS, "", MARCH, True),
        (Effect.WITHHOLDS, CYCLE, MARCH, False),
        (Effect.WITHHOLDS, CYCLE, WHOLE, True),
        (Effect.WITHHOLDS, CYCLE, late_period(YEAR, 1), True),
        (Effect.WITHHOLDS, "2026-01-01…2026-01-15", MARCH, True),
        (Effect.WARNS, "2026-03", MARCH, False),
        (Effect.BLOCKS, "2026-09", MARCH, True),
    ],
)
def test_a_period_waits_for_what_is_missing_in_it_or_before_it(
    effect: Effect, when: str, period: PayPeriod, *, stops: bool
) -> None:
    against = what_stands_against(clients(), found(effect, when), period)
    assert any(one.message == "缺" for one in against) is stops


def money(subject: str, name: str, period: str, amount: int) -> Result:
    return Result(subject, name, period, given(amount, YUAN, name))


def evaluation(*results: Result) -> Evaluation:
    return Evaluation({(one.subject, one.name, one.period): one for one in results})


def test_somebody_without_a_single_line_is_told() -> None:
    paid = evaluation(money("甲", "base_pay", "2026-03", 8000))
    (finding,) = what_stands_against(clients(), paid, MARCH)
    assert finding.subject == "总监"
    assert "没有算出任何一项薪酬" in finding.message


def test_nobody_is_missed_who_is_not_in_service() -> None:
    left = hired(person(3, "丙", left_on=date(2026, 1, 31)), CLIENTS, "account_manager")
    paid = evaluation(
        money("甲", "base_pay", "2026-03", 8000), money("总监", "base_pay", "2026-03", 9000)
    )
    assert what_stands_against(clients(left), paid, MARCH) == ()


def test_what_the_team_earned_for_its_leader_is_the_leaders() -> None:
    paid = evaluation(
        money(TEAM, "excess_bonus_director", CYCLE, 500),
        money(TEAM, "correction", CYCLE, 7),
        money("甲", "catch_up", CYCLE, 100),
    )
    group = clients()
    lines = [one.result.name for one in paid_lines(group, paid, WHOLE, "总监")]
    assert lines == ["excess_bonus_director", "correction"]
    assert [one.result.name for one in paid_lines(group, paid, WHOLE, "甲")] == ["catch_up"]
    assert what_stands_against(group, paid, WHOLE) == ()


def test_what_the_team_earned_without_a_leader_waits() -> None:
    (group,) = pay_groups([hired(person(1, "甲"), CLIENTS, "account_manager")])
    paid = evaluation(
        money(TEAM, "excess_bonus_director", CYCLE, 500), money("甲", "catch_up", CYCLE, 100)
    )
    (finding,) = what_stands_against(group, paid, WHOLE)
    assert "没有唯一的负责人在职" in finding.message
    nothing = evaluation(
        money(TEAM, "excess_bonus_director", CYCLE, 0), money("甲", "catch_up", CYCLE, 100)
    )
    assert what_stands_against(group, nothing, WHOLE) == ()


def test_a_result_that_is_no_amount_is_no_line() -> None:
    said = evaluation(
        Result("甲", "base_pay", "2026-03", "待定"), Result("甲", "correction", "2026-03", "待定")
    )
    assert list(paid_lines(clients(), said, MARCH, "甲")) == []


# -- books


def test_books_that_hold_nothing_correct_nothing() -> None:
    first = evaluation(money("甲", "base_pay", "2026-03", 8000))
    books = Books().with_next("2026-03", first, ("base_pay",))
    assert books.closed == ("2026-03",)
    blocked = Evaluation(blocked=True)
    assert books.due("2026-04", blocked, ("base_pay",)).evaluation is blocked


def test_what_is_settled_stays_and_its_difference_is_due_next() -> None:
    lines = lines_of(clients())
    first = evaluation(money("甲", "base_pay", "2026-01", 8000))
    books = Books().with_next("2026-01", first, lines)
    changed = evaluation(money("甲", "base_pay", "2026-01", 8500))
    after = books.with_next("2026-02", changed, lines)
    assert list(settled_results(after.settled, "2026-01")) == [
        SettledResult("甲", "base_pay", "8000")
    ]
    assert list(settled_results(after.settled, "2026-02")) == [
        SettledResult("甲", "correction", "500.00")
    ]


def test_people_who_are_called_otherwise_now_keep_their_books() -> None:
    entry = Entry("甲", Account.SHORTFALL, "2026Q1", "2026Q1", Side.ADD, given(5, YUAN, "差"), "差")
    before = replace(evaluation(money("甲", "bonus", "2026Q1", 1)), entries=(entry,))
    after = renamed(before, {"甲": "甲（001）"})
    assert list(after.results) == [("甲（001）", "bonus", "2026Q1")]
    assert after.entries[0].subject == "甲（001）"
    assert renamed(before, {"甲": "甲"}) is before


# -- fields


def fields(group: PayGroup, period: PayPeriod, subject: str, facts: Facts) -> dict[str, Any]:
    return {one.known.name: one for one in Asked.of(group, facts).fields(period, subject)}


def test_the_figures_of_a_role_and_month_are_asked_for() -> None:
    group = clients()
    months = group.periods()
    asked = fields(group, months[2], "甲", Facts())
    assert set(asked) == {"base_salary", "target", "collected", "contracted"}
    assert asked["target"].agreed
    assert asked["contracted"].optional
    assert set(fields(group, months[2], "总监", Facts())) == {"base_salary", "collected"}
    assert set(fields(group, months[2], TEAM, Facts())) == {"target"}
    assert "pool_share" in fields(group, months[-1], "甲", Facts())
    assert fields(group, late_period(YEAR, 1), "甲", Facts()) == {}


def test_a_figure_of_a_longer_period_holds_and_lines_are_summed() -> None:
    group = clients()
    march = group.periods()[2]
    line = Event("甲", "collection", date(2026, 3, 5), (("amount", Decimal(70)),))
    facts = Facts.of([Fact("甲", "base_salary", Decimal(8000), "2026")], {"甲": [line]})
    asked = fields(group, march, "甲", facts)
    assert asked["base_salary"].inherited
    assert asked["collected"].fed
    assert asked["collected"].summed.value == 70


def test_a_figure_that_ends_after_the_last_settlement_is_due_at_it() -> None:
    quarters = tuple(
        replace(one, grains=(Grain.QUARTER,)) if one.name == "contracted" else one
        for one in CLIENTS.facts
    )
    totals = tuple(one for one in CLIENTS.pay if isinstance(one, PayTotal))
    scheme = replace(CLIENTS, facts=quarters, pay=totals)
    term = Period(date(2026, 1, 16), date(2027, 1, 16))
    (group,) = pay_groups([hired(person(1, "甲"), scheme, "account_manager", term)])
    last = group.periods()[-1]
    assert last.key == "2027-01"
    assert fields(group, last, "甲", Facts())["contracted"].period == "2027Q1"


def test_nothing_is_asked_of_months_out_of_service() -> None:
    gone = hired(person(3, "丙", left_on=date(2026, 1, 31)), CLIENTS, "account_manager")
    group = clients(gone)
    assert fields(group, group.periods()[2], "丙", Facts()) == {}


def test_figures_of_the_year_before_are_asked_for_where_growth_is_measured() -> None:
    (group,) = pay_groups([hired(person(1, "甲"), BANK, "account_manager")])
    (whole,) = group.periods()
    keys = {(one.known.name, one.period) for one in Asked.of(group, Facts()).fields(whole, "甲")}
    assert {("loan_average", "2025"), ("loan_average", "2026"), ("annual_pay", CYCLE)} <= keys


@pytest.mark.parametrize(
    ("name", "period", "starts_on", "wanted"),
    [
        ("collected", "2026-03", date(2026, 3, 1), True),
        ("collected", "2026", date(2026, 1, 1), True),
        ("collected", "2025-12", date(2025, 12, 1), False),
        ("pool_share", CYCLE, date(2026, 1, 1), True),
        ("pool_share", CYCLE, date(2025, 1, 1), False),
        ("unheard", "2026-03", date(2026, 3, 1), False),
    ],
)
def test_a_figure_belongs_to_the_cycle_of_its_days(
    name: str, period: str, starts_on: date, *, wanted: bool
) -> None:
    assert Asked.of(clients(), Facts()).wants("甲", name, period, starts_on) is wanted


# -- records and words


@pytest.mark.parametrize("value", [Decimal(5), "华远", True, False, date(2026, 3, 5)])
def test_a_cell_holds_what_was_put_into_it(value: EventValue) -> None:
    assert Cell.of("x", value).value == value


def test_a_person_of_the_record_is_found_by_the_key_and_the_team_is_nobody() -> None:
    member = clients().members[0]
    line = LedgerLine("甲", "collection", date(2026, 3, 5), (Cell("amount", Decimal(1)),))
    inputs = PayInputs(
        "client-department", 1, "", 0, (), YEAR, ragged=True,
        people=(PaidPerson(member.person.id, "责-1", member.appraisee),),
        facts=(), ledger=(line,), lines=(),
    )  # fmt: skip
    assert inputs.person_of("甲") == 1
    assert inputs.person_of("丁") is None
    assert inputs.person_of(TEAM) is None
    assert not inputs.evaluated(CLIENTS).blocked


def test_periods_are_said_in_chinese() -> None:
    assert plain_periods("奖金（2026Q1）、2026H2、2026-03、2026-03-05") == (
        "奖金（2026年第1季度）、2026年下半年、2026年3月、2026-03-05"
    )
    assert plain_periods("2026H1") == "2026年上半年"
    assert period_words(CYCLE, YEAR) == "全周期（2026-01-01 至 2026-12-31）"
    assert period_words("2026-03", YEAR) == "2026年3月"
