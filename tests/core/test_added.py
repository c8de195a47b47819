"""What an improvement plan left to do becomes an indicator of the next contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.core.added import DIMENSION, total, weights_beside, why_not, with_added
from kpidesk.core.added_item import Added
from kpidesk.core.aggregation import NoTotal, PointsSum
from kpidesk.core.clauses import Prose
from kpidesk.core.editing.blank import blank_scheme
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.lint.check_up import check_up
from kpidesk.core.period import Cycle, Period
from kpidesk.core.scoring.rules import Manual
from kpidesk.exchange.builtin import builtin_scheme

D = Decimal
REPORTS = Added("按时交报告", D(10), "每月 5 日前交齐得满分", date(2026, 6, 30))
COURSE = Added("完成培训", D(5), "取得证书")
WEIGHTED = builtin_scheme("key-account-weighted")
POINTS = builtin_scheme("account-manager-kpi")


def test_all_other_weights_leave_room_and_the_sum_stays_a_hundred() -> None:
    after = with_added(WEIGHTED, (REPORTS, COURSE))
    assert sum(one.points for one in after.indicators) == 100
    assert [one.worth for one in after.indicators][:2] == [D("25.5"), D("21.25")]
    dimension = after.indicators[-1]
    assert (dimension.name, dimension.worth) == (DIMENSION, D(15))
    first, second = dimension.children
    assert first.definition == "承接改进计划，完成期限：2026-06-30"
    assert second.definition == "承接改进计划"
    assert "每月 5 日前交齐得满分" in "".join(Prose(after, {}).rule(first))
    assert with_added(WEIGHTED, ()) is WEIGHTED
    before = {one.kind for one in check_up(WEIGHTED).flaws}
    assert {one.kind for one in check_up(after).flaws} <= before


def test_dimensions_and_what_is_below_them_are_less_in_proportion() -> None:
    director = builtin_scheme("director-annual")
    after = with_added(director, (REPORTS,))
    for one in after.indicators[:-1]:
        if one.children and not one.is_divided and one.worth is not None:
            assert one.worth == sum(each.points for each in one.children)
    assert after.indicators[0].worth != director.indicators[0].worth


def test_an_added_indicator_is_scored_and_enters_the_total() -> None:
    scheme = blank_scheme("own-1", "方案")
    after = with_added(scheme, (replace(REPORTS, weight=D(20)),))
    who, cycle = "甲", Cycle(Period.months(2026, 1, 12))
    facts = Facts.of((Fact(who, "score.新指标", D(90)), Fact(who, "score.按时交报告", D(50))))
    outcome = evaluate(
        after, cycle=cycle, people=(Appraisee(who, "role_1"),), facts=facts, settings={}
    )
    found = outcome.get(who, "total", "cycle")
    assert found is not None
    assert found.text == "82.00"  # 90 × 80% + 50 × 20%


def test_points_are_added_to_the_sum() -> None:
    after = with_added(POINTS, (COURSE,))
    assert isinstance(after.aggregation, PointsSum)
    assert isinstance(POINTS.aggregation, PointsSum)
    assert after.aggregation.declared == POINTS.aggregation.declared + 5
    assert after.indicators[:-1] == POINTS.indicators


def test_without_a_total_it_stands_for_itself() -> None:
    scheme = replace(blank_scheme("own-1", "方案"), aggregation=NoTotal(), grades=None)
    after = with_added(scheme, (COURSE,))
    assert after.indicators[:-1] == scheme.indicators
    assert after.indicators[-1].children[0].rule == Manual("取得证书")


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ((replace(REPORTS, weight=D(100)),), "应小于 100%"),
        ((REPORTS, REPORTS), "请给改进事项换一个名称"),
        ((replace(REPORTS, name="销售额"),), "已经有名为“销售额”的指标"),
        ((replace(REPORTS, name=DIMENSION),), "换一个名称"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_refused(
    added: tuple[Added, ...], says: str
) -> None:
    with pytest.raises(InvalidValueError, match=says):
        with_added(WEIGHTED, added)


def test_one_must_say_what_it_is_and_how_much_it_counts() -> None:
    for name, weight, standard in ((" ", D(5), "看"), ("甲", D(0), "看"), ("甲", D(5), "")):
        with pytest.raises(InvalidValueError):
            Added(name, weight, standard)


def test_some_schemes_take_none() -> None:
    for one in ("key-account-director", "bank-account-manager", "client-department"):
        scheme = builtin_scheme(one)
        assert why_not(scheme)
        with pytest.raises(InvalidValueError, match="请写进特别约定"):
            with_added(scheme, (COURSE,))


def test_weights_of_the_contract_itself_leave_room_and_come_back() -> None:
    own = {"weight.销售额": D(40), "weight.按时交报告": D(10), "sales_cap": D(120)}
    less = weights_beside(own, WEIGHTED, D(0), D(10))
    assert less == {"weight.销售额": D(36), "sales_cap": D(120)}
    assert weights_beside(less, WEIGHTED, D(10), D(0)) == {
        "weight.销售额": D(40), "sales_cap": D(120),
    }  # fmt: skip
    assert weights_beside({"weight.销售额": D(1)}, WEIGHTED, D(70), D(0)) == {
        "weight.销售额": D("3.33")
    }
    assert weights_beside({"a": D(1)}, POINTS, D(0), D(5)) == {"a": D(1)}
    assert total((REPORTS, COURSE)) == 15
