"""The traffic light of pay: minimum wages that the officer entered, deductions, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.facts import Fact
from kpidesk.core.figure import YUAN, given
from kpidesk.core.payroll.books import paid_lines
from kpidesk.core.payroll.grouping import pay_groups
from kpidesk.core.payroll.lawful import (
    LegalDesk,
    LegalKind,
    LegalNote,
    LegalParameter,
    LegalSettings,
    worst,
)
from kpidesk.core.people import DepartmentId
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.wording import Light
from tests.core.pay_groups import Paid, months, quarters
from tests.core.test_payroll import BANK, hired, person


def wage(value: str, since: date = date(2025, 1, 1), place: str = "绵阳") -> LegalParameter:
    return LegalParameter(
        LegalKind.MINIMUM_WAGE, place, Decimal(value), since, "川人社发〔2025〕1号"
    )


def notes(paid: Paid, key: str, settings: LegalSettings, who: str = "甲") -> list[LegalNote]:
    evaluation, period = paid.evaluation, paid.period(key)
    desk = LegalDesk(paid.group, evaluation, period, settings)
    member = next(one for one in paid.group.members if one.subject == who)
    return list(desk.notes(member, tuple(paid_lines(paid.group, evaluation, period, who))))


def clerk(base: int = 8000, collected: int = 10_000, **more: list[int]) -> Paid:
    figures = {"collected": [collected], "base_salary": [base], "target": [5000], **more}
    return months({"甲": figures}, director_override_source="extra")


MIANYANG = LegalSettings((wage("2000"),), "绵阳")


def test_pay_above_the_minimum_wage_is_green() -> None:
    found = notes(clerk(), "2026-01", MIANYANG)
    assert found == []
    assert worst(found) is Light.GREEN


def test_pay_below_the_minimum_wage_is_red_and_says_by_how_much() -> None:
    (found,) = notes(clerk(base=1400), "2026-01", MIANYANG)
    assert (found.light, found.line) == (Light.RED, "")
    assert "应发 1,900.00 元，低于绵阳最低工资 2,000.00 元（1 个月），差 100.00 元" in found.message


def test_the_wage_of_the_month_and_place_counts() -> None:
    settings = LegalSettings(
        (wage("2000"), wage("2600", date(2026, 2, 1)), wage("1800", place="雅安")),
        "绵阳",
        ((DepartmentId(1), "雅安"),),
    )
    assert settings.place_of(DepartmentId(2)) == "绵阳"
    feb = settings.in_force(LegalKind.MINIMUM_WAGE, "绵阳", date(2026, 2, 1))
    assert feb is not None
    assert feb.value == 2600
    assert notes(clerk(base=1400), "2026-01", settings) == []  # the department is in 雅安


def test_without_a_figure_nothing_is_taken_for_lawful() -> None:
    (found,) = notes(clerk(), "2026-01", LegalSettings())
    assert (found.light, "没有录入工作地点在2026年1月的最低工资" in found.message) == (
        Light.YELLOW,
        True,
    )
    (other,) = notes(clerk(), "2026-01", LegalSettings((wage("1", date(2026, 2, 1)),), "绵阳"))
    assert "“绵阳”" in other.message


def test_a_quarter_is_held_to_its_three_months_and_a_bonus_alone_to_none() -> None:
    paid = quarters({"甲": {"actual": [60_000], "base_salary": [5000], "variable_pay": [0]}})
    (found,) = notes(paid, "2026Q1", LegalSettings((wage("3000"),), "绵阳"))
    assert "9,000.00 元（3 个月）" in found.message
    (alone,) = notes(quarters({"甲": {"actual": [60_000]}}), "2026Q1", MIANYANG)
    assert (alone.light, "工资表" in alone.message) == (Light.GREEN, True)


def test_a_month_that_is_not_whole_is_for_the_officer_to_look_at() -> None:
    paid = clerk(base=100)
    (member,) = paid.group.members
    for change in ({"hired_on": date(2026, 1, 6)}, {"left_on": date(2026, 1, 20)}):
        part = replace(member, person=replace(member.person, **change))  # type: ignore[arg-type]
        group = replace(paid.group, members=(part,))
        found = notes(replace(paid, group=group), "2026-01", MIANYANG)
        assert "不足整月" in "".join(one.message for one in found)
    assert any("离职" in one.message for one in found)


def test_fixed_pay_that_was_withheld_is_red_at_its_line() -> None:
    (found,) = notes(clerk(collected=1), "2026-01", MIANYANG)
    assert (found.light, found.line) == (Light.RED, "base_pay")
    assert "扣减 1,600.00 元" in found.message
    paid = quarters({"甲": {"actual": [1], "base_salary": [9000], "variable_pay": [0]}})
    share = LegalParameter(
        LegalKind.DEDUCTION_SHARE, "绵阳", Decimal(30), date(2025, 1, 1), "某条例"
    )
    both = LegalSettings((wage("1"), share), "绵阳")
    found = notes(paid, "2026Q1", both)[0]
    assert "占应发的 6.7%，绵阳的上限为 30%（某条例）" in found.message


def test_a_line_below_zero_and_a_penal_word_are_told_at_the_line() -> None:
    refund = notes(clerk(collected=-10_000), "2026-01", MIANYANG)
    assert any((x.light, x.line) == (Light.YELLOW, "commission") for x in refund)
    paid = clerk()
    line = paid.evaluation.get("甲", "commission", "2026-01")
    assert line is not None
    assert line.derivation is not None
    rules = tuple(
        replace(one, phrase="完不成罚款") if one.id == line.derivation.clause else one
        for one in paid.group.scheme.rules
    )
    group = replace(paid.group, scheme=replace(paid.group.scheme, rules=rules))
    (found,) = notes(replace(paid, group=group), "2026-01", MIANYANG)
    assert (found.light, found.line) == (Light.RED, "commission")
    assert "完不成罚款" in found.message


def test_taking_back_what_was_paid_too_much_counts_against_the_minimum() -> None:
    first = months(
        {"甲": {"collected": [10_000] * 2, "base_salary": [2000] * 2, "target": [5000] * 2}},
        director_override_source="extra",
    )
    books = first.settled("2026-01")
    after = first.having(Fact("甲", "collected", Decimal(1000), "2026-01"))
    due = books.due("2026-02", after.evaluation, after.inputs.lines).evaluation
    period = after.period("2026-02")
    (member,) = after.group.members
    lines = tuple(paid_lines(after.group, due, period, "甲"))
    found = LegalDesk(after.group, due, period, MIANYANG).notes(member, lines)
    assert [one.light for one in found] == [Light.RED, Light.YELLOW]
    assert "扣回以前多发的" in found[1].message


def test_the_whole_cycle_and_an_empty_month_are_not_compared() -> None:
    assert notes(clerk(), "cycle", MIANYANG) == []
    assert notes(months({"甲": {}}), "2026-01", MIANYANG) == []


@pytest.mark.parametrize(
    ("kind", "value", "place", "source"),
    [
        (LegalKind.MINIMUM_WAGE, "0", "绵阳", "文件"),
        (LegalKind.DEDUCTION_SHARE, "101", "绵阳", "文件"),
        (LegalKind.MINIMUM_WAGE, "2000", " ", "文件"),
        (LegalKind.MINIMUM_WAGE, "2000", "绵阳", ""),
    ],
)
def test_a_figure_without_sense_or_source_is_refused(
    kind: LegalKind, value: str, place: str, source: str
) -> None:
    with pytest.raises(InvalidValueError, match="请填写"):
        LegalParameter(kind, place, Decimal(value), date(2026, 1, 1), source)


def test_a_penalty_by_the_point_is_told_at_the_sum() -> None:
    (group,) = pay_groups([hired(person(1, "甲"), BANK, "account_manager")])
    taken = given(-500, YUAN, "贷款日均下降扣款").rounded(2)
    result = Result("甲", "loan_penalty", CYCLE, taken)
    evaluation = Evaluation({("甲", "loan_penalty", CYCLE): result})
    desk = LegalDesk(group, evaluation, group.periods()[-1], MIANYANG)
    (found,) = desk.notes(group.members[0], ())
    assert (found.light, found.line) == (Light.RED, "")
    assert "扣减 500.00 元" in found.message
