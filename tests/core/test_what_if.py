"""测算: pay under assumptions; nothing that was entered is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.aggregation import PointsSum
from kpidesk.core.facts import Fact
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Ratio
from kpidesk.core.paying.rules import FormulaPay, TextOnly
from kpidesk.core.payroll.grouping import pay_groups
from kpidesk.core.payroll.record import Cell, LedgerLine
from kpidesk.core.payroll.what_if import Assumed, Outlook, Scope, WhatIf, levers
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactKind, FactSpec, Role, Scheme
from kpidesk.core.scoring.rules import Attainment, Manual, NewCustomers
from kpidesk.core.settings import Parameter, ParameterKind, Ref
from tests.core.pay_groups import Paid, _paid, months, quarters, told
from tests.core.test_payroll import hired, person


def outlook(
    paid: Paid,
    values: dict[str, str],
    scope: Scope = Scope.MISSING,
    closed: tuple[str, ...] = (),
    coming: str = "2026Q1",
) -> Outlook:
    what_if = WhatIf(paid.group, paid.inputs, paid.evaluation, closed)
    chosen = {name: Decimal(value) for name, value in values.items()}
    return what_if.outlook(Assumed(chosen, scope), paid.period(coming))


def seller(actual: list[int | None], **more: Any) -> Paid:  # noqa: ANN401 - parameters
    return quarters({"甲": {"actual": actual, "kpi_coefficient": [1, None, None, None]}}, **more)


def test_what_is_not_entered_is_assumed_in_percent_of_the_target() -> None:
    found = outlook(seller([100_000]), {"actual": "80"})
    assert found.coming == {"甲": 4000}
    assert found.total == 4000 + 3 * 3200
    assert found.assumed == 6  # the actual figures and the coefficients of three quarters
    assert found.findings == ()


def test_open_periods_or_all_can_be_assumed_in_place_of_what_was_entered() -> None:
    paid = seller([100_000, 50_000])
    assert outlook(paid, {"actual": "100"}).total == 4000 + 2000 + 2 * 4000
    opened = outlook(paid, {"actual": "100"}, Scope.OPEN, ("2026Q1",))
    assert opened.total == 4 * 4000
    whole = outlook(paid, {"actual": "50"}, Scope.ALL, ("2026Q1",))
    assert whole.total == 4 * 2000


def test_other_figures_go_on_as_they_were_or_as_assumed() -> None:
    wages = {"base_salary": [9000], "variable_pay": [2000]}
    paid = quarters({"甲": {"actual": [100_000], "kpi_coefficient": [1], **wages}})
    kept = outlook(paid, {"actual": "100"})
    assert kept.total == 4 * (4000 + 9000 + 2000)
    better = outlook(paid, {"actual": "100", "kpi_coefficient": "2"}, Scope.ALL)
    assert better.total == 4 * (4800 + 9000 + 2000)


def test_what_nobody_knows_and_nobody_assumes_is_missing_not_zero() -> None:
    bare = quarters({"甲": {"actual": [], "kpi_coefficient": []}})
    found = outlook(bare, {"actual": "100"})
    assert found.total == 0
    assert "缺少“KPI奖金系数”" in found.findings[0].message
    none = outlook(bare, {"kpi_coefficient": "1"})
    assert "缺少“当季实际完成额”" in none.findings[0].message


def test_a_target_that_is_not_agreed_gives_no_figure() -> None:
    paid = seller([None])
    facts = tuple(x for x in paid.inputs.facts if x.name != "target")
    without = replace(paid, inputs=replace(paid.inputs, facts=facts))
    assert outlook(without, {"actual": "100"}).total == 0


def test_dated_lines_stand_in_the_periods_that_are_kept() -> None:
    paid = months(
        {"甲": {"base_salary": [8000], "target": [5000] * 12}}, director_override_source="extra"
    )
    line = LedgerLine("甲", "collection", date(2026, 1, 5), (Cell("amount", Decimal(10_000)),))
    lined = replace(paid, inputs=replace(paid.inputs, ledger=(line,)))
    kept = outlook(lined, {"collected": "100"}, coming="2026-01")
    assert kept.coming == {"甲": 8500}
    assert kept.total == 8500 + 11 * 8250
    anew = outlook(lined, {"collected": "100"}, Scope.ALL, coming="2026-01")
    assert anew.coming == {"甲": 8250}
    opened = outlook(lined, {"collected": "100"}, Scope.OPEN, ("2026-01",), coming="2026-01")
    assert opened.coming == {"甲": 8500}


def test_a_target_that_the_program_splits_is_one_too() -> None:
    paid = months(
        {"甲": {"base_salary": [8000]}},
        target_split="even",
        annual_target=Decimal(120_000),
        director_override_source="extra",
    )
    found = outlook(paid, {"collected": "50"}, coming="2026-01")
    assert found.coming == {"甲": 6400 + 250}


def test_without_a_coming_period_there_is_only_the_whole() -> None:
    paid = seller([100_000])
    what_if = WhatIf(paid.group, paid.inputs, paid.evaluation)
    assert what_if.outlook(Assumed({"actual": Decimal(100)}), None).coming == {}


def test_levers_in_percent_come_first_and_targets_are_none() -> None:
    found = levers(quarters({"甲": {}}).group)
    assert [(one.name, one.in_percent) for one in found][:2] == [
        ("actual", True),
        ("kpi_coefficient", False),
    ]
    assert "target" not in {one.name for one in found}


def own_scheme() -> Scheme:
    """A scheme that is scored by what was sold, by new customers and by a rater, and pays by it."""
    return Scheme(
        id="own", version=1, title="公司方案", contract_title="责任书", source_lines="",
        roles=(Role("seller", "销售"),), cycle=Grain.YEAR, calendar_cycle=True,
        aggregation=PointsSum(Decimal(100), Ref("normalise")),
        parameters=(Parameter("normalise", "折算", ParameterKind.FLAG, "", default=False),),
        indicators=(
            Indicator("态度", Decimal(30), rule=Manual()),
            Indicator("业绩", Decimal(40), rule=Attainment(Ratio("sold", "goal"))),
            Indicator("新客户", Decimal(30), rule=NewCustomers("new", "new_goal")),
        ),
        facts=(
            FactSpec("goal", "目标", "元", plan=True),
            FactSpec("sold", "成交额", "元"),
            FactSpec("new_goal", "新客户目标", "个", FactKind.COUNT, plan=True),
            FactSpec("new", "新客户数", "个", FactKind.COUNT),
            FactSpec("told", "说明", "", FactKind.STATEMENTS, optional=True),
        ),
        pay=(
            FormulaPay(
                "award", "奖金", "如果(总分 达到 100, 1000元, 800元)", grain=Grain.CYCLE
            ),
            TextOnly("另有通信补贴"),
        ),
    )  # fmt: skip


@pytest.fixture
def scored() -> Paid:
    scheme = own_scheme()
    (group,) = pay_groups([hired(person(1, "甲"), scheme, "seller")])
    bare = _paid(group, {"甲": {}}, [])
    return bare.having(Fact("甲", "goal", Decimal(100)), Fact("甲", "new_goal", Decimal(7)))


def test_scores_are_assumed_in_percent_of_full_points(scored: Paid) -> None:
    found = levers(scored.group)
    assert [one.name for one in found] == ["sold", "new", "score.态度"]
    names = {one.name: Decimal(80) for one in found}
    what_if = WhatIf(scored.group, scored.inputs, scored.evaluation)
    (period,) = scored.group.periods()
    low = what_if.outlook(Assumed(names), period)
    assert told(low.findings, low.total) == ((), 800)
    full = {name: Decimal(100) for name in names}
    assert what_if.outlook(Assumed(full), period).total == 1000
    real = scored.having(Fact("甲", "score.态度", Decimal(30)))
    entered = WhatIf(real.group, real.inputs, real.evaluation)
    assert entered.outlook(Assumed({**full, "score.态度": Decimal(0)}), period).total == 1000
    assert entered.outlook(Assumed(names, Scope.ALL), period).total == 800
    assert entered.outlook(Assumed({}), period).total == 0
