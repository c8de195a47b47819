"""What the accounts hold, and what would release it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.accounts import Account
from kpidesk.core.facts import Fact
from kpidesk.core.payroll.make_up import Goal, Holding, MakeUp, YearGoal, balances
from kpidesk.core.period import Period
from tests.core.pay_groups import Figures, Paid, months, quarters, told


def holdings(paid: Paid, key: str, who: str = "甲") -> tuple[Holding, ...]:
    evaluation = paid.evaluation
    keys = [one.key for one in paid.group.periods()]
    upto = keys[: keys.index(key) + 1]
    entries = [x for x in evaluation.entries if x.subject == who and x.period in upto]
    return MakeUp(paid.group, paid.asked.context, evaluation).holdings(
        who, entries, paid.period(key)
    )


def seller(actual: list[int | str | None], **more: Any) -> Paid:  # noqa: ANN401 - parameters
    return quarters({"甲": {"actual": actual}}, **more)


def test_a_shortfall_names_what_the_next_quarter_must_reach_and_how_far_it_is() -> None:
    (one,) = holdings(seller([30_000, 60_000, None, None]), "2026Q1")
    assert told(one.account, one.item, one.left) == (Account.SHORTFALL, "2026Q1", 20_000)
    assert one.goal == Goal(
        Period.parse("2026Q2"), Decimal(50_000), Decimal(20_000), Decimal(60_000)
    )
    assert told(one.goal.needed, one.goal.distance) == (70_000, 10_000)


def test_a_goal_that_is_reached_is_no_distance_away_and_one_without_figures_has_none() -> None:
    (reached,) = holdings(seller([30_000, 90_000, None, None]), "2026Q1")
    assert reached.goal is not None
    assert reached.goal.distance == 0
    (unknown,) = holdings(seller([30_000, None, None, None]), "2026Q1")
    assert unknown.goal is not None
    assert unknown.goal.distance is None


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("oldest_first", [("2026Q1", 20_000), ("2026Q2", 50_000)]),
        ("newest_first", [("2026Q2", 30_000), ("2026Q1", 50_000)]),
        ("pro_rata", [("2026Q1", 50_000), ("2026Q2", 50_000)]),
    ],
)
def test_several_shortfalls_are_made_up_in_the_order_that_the_company_chose(
    order: str, expected: list[tuple[str, int]]
) -> None:
    found = holdings(seller([30_000, 20_000, None, None], repay_order=order), "2026Q2")
    ahead = [told(one.item, one.goal.ahead) for one in found if one.goal]
    assert ahead == expected


def test_where_all_are_released_together_each_waits_for_all() -> None:
    paid = seller([30_000, 20_000, 75_000, None], release="all")
    first, second = holdings(paid, "2026Q3")
    assert first.waits
    assert told(first.item, first.left, first.together) == ("2026Q1", 0, True)
    assert told(second.item, second.left) == ("2026Q2", 25_000)
    assert first.goal is not None
    assert first.goal.ahead == 25_000


def test_an_excess_is_held_until_it_counts_in_the_next_quarter() -> None:
    (one,) = holdings(seller([120_000, None, None, None]), "2026Q1")
    assert one == Holding(Account.EXCESS, "", Decimal(20_000))
    assert not one.waits


def test_without_a_next_quarter_or_its_target_there_is_no_goal() -> None:
    (last,) = holdings(seller([60_000, 60_000, 60_000, 30_000]), "2026Q4")
    assert last.goal is None
    bare = seller([30_000, None, None, None])
    facts = tuple(x for x in bare.inputs.facts if (x.name, x.period) != ("target", "2026Q2"))
    without = replace(bare, inputs=replace(bare.inputs, facts=facts))
    (untold,) = holdings(without, "2026Q1")
    assert untold.goal is None


def test_a_base_that_was_entered_counts_in_place_of_the_ratio() -> None:
    paid = seller([30_000, None, None, None]).having(
        Fact("甲", "base_quota", Decimal(80_000), "2026Q2")
    )
    (one,) = holdings(paid, "2026Q1")
    assert one.goal is not None
    assert one.goal.base == 80_000


def test_who_has_left_or_is_nobody_here_has_no_next_quarter() -> None:
    paid = seller([30_000, None, None, None])
    (member,) = paid.group.members
    left = replace(member, person=replace(member.person, left_on=date(2026, 3, 31)))
    gone = replace(paid, group=replace(paid.group, members=(left,)))
    (one,) = holdings(gone, "2026Q1")
    assert one.goal is None
    nobody = replace(paid, group=replace(paid.group, members=()))
    (other,) = holdings(nobody, "2026Q1")
    assert other.goal is None


def test_a_scheme_without_accounts_holds_nothing() -> None:
    paid = months({"甲": {"collected": [1], "base_salary": [1], "target": [1]}})
    assert holdings(paid, "2026-01") == ()


def test_balances_run_on_from_period_to_period() -> None:
    paid = seller([30_000, 90_000, 130_000, None])
    entries = [x for x in paid.evaluation.entries if x.subject == "甲"]
    keys = ["2026Q1", "2026Q2", "2026Q3"]
    assert told(*balances(entries, keys, Account.SHORTFALL)) == (20_000, 0, 0)
    assert told(*balances(entries, keys, Account.EXCESS)) == (0, 0, 30_000)


def of_the_year(collected: list[int | str | None], who: str = "甲") -> YearGoal | None:
    figures: Figures = {"collected": collected, "base_salary": [8000] * 3, "target": [5000] * 12}
    paid = months({"甲": figures, "总监": {"base_salary": [9000] * 3}})
    return MakeUp(paid.group, paid.asked.context, paid.evaluation).year_goal(who)


def test_a_year_says_what_is_still_to_come_in_for_what_was_withheld() -> None:
    goal = of_the_year([1000, 2000, None])
    assert goal is not None
    assert told(goal.needed, goal.so_far, goal.withheld) == (60_000, 3000, 3200)
    assert goal.distance == 57_000


def test_only_who_has_a_task_of_their_own_and_a_rule_has_a_year_to_reach() -> None:
    assert of_the_year([1000], "总监") is None
    assert of_the_year([1000], "乙") is None
    paid = seller([30_000])
    assert MakeUp(paid.group, paid.asked.context, paid.evaluation).year_goal("甲") is None
    bare = months({"甲": {"base_salary": [8000]}})
    assert MakeUp(bare.group, bare.asked.context, bare.evaluation).year_goal("甲") is None
