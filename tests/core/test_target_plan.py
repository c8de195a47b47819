"""Target plans: lines, contracts of a part of the year, and what keeps a line from a contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.core.target import Target
from kpidesk.core.target_plan import (
    TOTAL,
    PlanLine,
    TargetPlan,
    contract_places,
    line_problem,
    merged,
    target_of,
)

WHO = PersonId(7)
YEAR = Period.months(2026, 1, 12)
PLAN = TargetPlan("s", "", "sales_plan", "销售额", "万元", YEAR)
FULL = PlanLine(WHO, Decimal(12), (Decimal(1),) * 12)
ALL = tuple(range(12))


def test_a_line_says_what_is_left_and_takes_figures_place_by_place() -> None:
    line = PLAN.blank(WHO)
    assert line.is_empty
    assert (line.whole, line.unassigned, len(line.months)) == (None, Decimal(0), 12)
    line = line.put(2, Decimal(5))
    assert (line.whole, line.unassigned, line.has_months) == (Decimal(5), Decimal(0), True)
    line = line.put(TOTAL, Decimal(7))
    assert (line.at(TOTAL), line.at(2), line.unassigned) == (Decimal(7), Decimal(5), Decimal(2))
    assert line.lock(3, is_on=True).lock(2, is_on=True).locked == (2, 3)
    assert line.lock(3, is_on=True).lock(3, is_on=False).locked == ()
    with pytest.raises(InvalidValueError, match="不能为负数"):
        line.put(2, Decimal(-1))


def test_a_figure_without_months_leaves_nothing() -> None:
    plan = replace(PLAN, is_monthly=False, unit="%")
    line = plan.blank(WHO).put(TOTAL, Decimal(3))
    assert line.months == ()
    assert line.unassigned == 0
    assert target_of(plan, line, ALL) == Target(
        "sales_plan", "销售额", "%", Decimal(3), adds_up=False
    )
    said = Target("sales_plan", "销售额", "%", Decimal(4), adds_up=False)
    assert merged(line, said, ALL).total == Decimal(4)
    assert merged(line, None, ALL).total is None


def test_customers_are_not_divided() -> None:
    assert (PLAN.places, replace(PLAN, unit="户").places) == (2, 0)


def test_a_plan_keeps_lines_in_their_order_and_knows_which_ones_changed() -> None:
    one, two = PlanLine(PersonId(1)), PlanLine(PersonId(2))
    plan = PLAN.with_lines([one, two])
    after = plan.with_lines([replace(two, total=Decimal(1)), PlanLine(PersonId(3))])
    assert [line.person for line in after.lines] == [1, 2, 3]
    assert after.changed_from(plan).lines == after.lines[1:]
    assert after.line(PersonId(2)) == after.lines[1]
    assert after.line(PersonId(9)) is None


def test_departments_may_have_a_figure() -> None:
    unit = DepartmentId(4)
    plan = PLAN.with_department(unit, Decimal(5)).with_department(unit, Decimal(6))
    assert plan.department_total(unit) == Decimal(6)
    assert plan.with_department(unit, None).departments == ()
    assert plan.department_total(DepartmentId(5)) is None
    with pytest.raises(InvalidValueError, match="不能为负数"):
        plan.with_department(unit, Decimal(-6))


def test_months_of_a_contract_are_found_among_those_of_the_plan() -> None:
    assert contract_places(YEAR, Period.months(2026, 7, 3)) == (6, 7, 8)
    odd = Period(date(2026, 3, 15), date(2026, 5, 15))
    assert contract_places(YEAR, odd) == (2, 3)
    assert contract_places(YEAR, Period.months(2026, 12, 2)) == ()


def test_a_contract_of_a_quarter_takes_its_part() -> None:
    target = target_of(PLAN, FULL, (0, 1, 2))
    assert target is not None
    assert (target.total, target.months) == (Decimal(3), (Decimal(1),) * 3)
    whole = target_of(PLAN, FULL, ALL)
    assert whole is not None
    assert whole.total == Decimal(12)
    said = replace(target, total=Decimal(6), months=(Decimal(2),) * 3)
    line = merged(FULL, said, (0, 1, 2))
    assert (line.total, line.months[:4]) == (Decimal(15), (*said.months, Decimal(1)))
    assert merged(FULL, whole, ALL) == FULL
    gone = merged(FULL, None, ALL)
    assert gone.is_empty
    assert target_of(PLAN, merged(FULL, None, (0, 1, 2)), (0, 1, 2)) is None


def test_nothing_to_reach_is_no_target() -> None:
    assert target_of(PLAN, PLAN.blank(WHO), ALL) is None
    assert target_of(PLAN, PLAN.blank(WHO).put(TOTAL, Decimal(0)), ALL) is None
    only = PLAN.blank(WHO).put(TOTAL, Decimal(9))
    assert target_of(PLAN, only, ALL) == Target("sales_plan", "销售额", "万元", Decimal(9))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (FULL.put(TOTAL, Decimal(13)), "各月合计 12万元，比全期目标少 1万元"),
        (FULL.put(TOTAL, Decimal(11)), "各月合计 12万元，比全期目标多 1万元"),
        (
            FULL.put(TOTAL, Decimal(10)).put(3, None).put(11, None),
            "缺少 4月、12月 的目标，没有任务的月份请填 0",
        ),
    ],
)
def test_what_is_not_whole_cannot_go_into_a_contract(line: PlanLine, problem: str) -> None:
    assert line_problem(PLAN, line, ALL) == problem
    with pytest.raises(InvalidValueError, match=problem):
        target_of(PLAN, line, ALL)
