"""The tree of indicators: what is added, copied, removed, moved and renamed stays sound."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.editing.blank import begun_from, blank_scheme
from kpidesk.core.editing.renaming import relabelled, renamed, reworded
from kpidesk.core.editing.tree import (
    TOP,
    duplicated,
    indicator_of,
    moved,
    parent_of,
    path_of,
    with_dimension,
    with_leaf,
    without,
)
from kpidesk.core.editing.weights import evened, filled_up, share_of, weighed, weight_sum
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.check_up import check_up
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Formula, Manual
from kpidesk.exchange.builtin import builtin_scheme

EMPTY = blank_scheme("own-1", "销售部考核方案")
POINTS = builtin_scheme("account-manager-kpi")
SHARED = builtin_scheme("dealership-director")
WEIGHTED = builtin_scheme("key-account-weighted")
LIBRARY = builtin_scheme("key-account-metrics")


def names(scheme: Scheme) -> list[str]:
    return [one.name for one in scheme.walk()]


def new_flaws(before: Scheme, after: Scheme) -> list[str]:
    old = {one.message for one in check_up(before).flaws}
    return [one.message for one in check_up(after).flaws if one.message not in old]


def test_an_empty_scheme_is_sound() -> None:
    assert check_up(EMPTY).flaws == ()
    assert EMPTY.contract_title == "销售部考核目标责任书"
    assert begun_from(POINTS, "own-2", "新名").id == "own-2"


def test_indicators_are_added_after_the_chosen_one() -> None:
    one, first = with_leaf(EMPTY, "工作业绩")
    two, second = with_leaf(one, "工作业绩", after="新指标")
    assert (first, second) == ("新指标 2", "新指标 3")
    assert names(two) == ["工作业绩", "新指标", "新指标 3", "新指标 2"]
    three, dimension = with_dimension(two)
    assert names(three)[-2:] == [dimension, "新指标 4"]


def test_an_indicator_is_known_by_its_name() -> None:
    assert path_of(POINTS, "专业知识") == ("indicators", 2, "children", 0)
    assert parent_of(POINTS, "专业知识") == "工作能力"
    assert parent_of(POINTS, "定量") == TOP
    with pytest.raises(InvalidValueError, match="没有指标“不在”"):
        path_of(POINTS, "不在")


def test_a_copy_has_figures_and_parameters_of_its_own() -> None:
    after, name = duplicated(POINTS, "销售完成率")
    copy = indicator_of(after, name)
    assert name == "销售完成率 2"
    assert names(after).index(name) == names(after).index("销售完成率") + 1
    assert copy.rule != indicator_of(POINTS, "销售完成率").rule
    assert len(after.facts) == len(POINTS.facts) + 2
    assert [one.label for one in after.facts][-2:] == [
        "计划销售额（销售完成率 2）",
        "实际销售额（销售完成率 2）",
    ]
    [flaw] = new_flaws(POINTS, after)
    assert flaw.startswith("各指标满分合计 110 分，表头写的是 100 分")
    again, third = duplicated(after, "销售完成率")
    assert third == "销售完成率 3"
    assert len({one.name for one in again.facts}) == len(again.facts)


def test_a_dimension_is_copied_with_what_is_below_it() -> None:
    after, name = duplicated(WEIGHTED, "销售额")
    assert f"{name}目标" in [one.label for one in after.facts]
    whole, copy = duplicated(POINTS, "定性")
    assert [one.name for one in indicator_of(whole, copy).children] == [
        "市场信息收集 2",
        "团队协作 2",
    ]


def test_what_only_a_removed_indicator_needed_goes_with_it() -> None:
    after = without(POINTS, "新客户开发")
    gone = {one.name for one in POINTS.facts} - {one.name for one in after.facts}
    assert gone == {"new_customers", "new_customers_plan"}
    kept = [one.name for one in after.parameters]
    assert "new_customer_cap" not in kept
    assert "completion_step" in kept
    assert all("score.新客户开发" not in one.results for one in after.ambiguities)
    assert [m for m in new_flaws(POINTS, after) if "没有任何规则用到" in m] == []


def test_a_dimension_that_loses_its_last_indicator_goes() -> None:
    assert "行为考核" not in names(without(POINTS, "员工出勤率"))


def test_an_indicator_that_supported_a_removed_one_supports_none() -> None:
    base = next(one for one in SHARED.walk() if one.supports)
    after = without(SHARED, base.supports)
    assert base.name not in names(after) or indicator_of(after, base.name).supports == ""


def test_metrics_of_a_removed_indicator_go() -> None:
    metric = next(one for one in LIBRARY.metrics if one.indicator)
    after = without(LIBRARY, metric.indicator)
    assert metric not in after.metrics


def test_moving_keeps_everything_but_the_place() -> None:
    down = moved(POINTS, "销售完成率", "定量", 3)
    assert [one.name for one in indicator_of(down, "定量").children][-1] == "销售完成率"
    up = moved(down, "销售完成率", "定量", 0)
    assert up == POINTS
    other = moved(POINTS, "销售完成率", "定性", 1)
    assert [one.name for one in indicator_of(other, "定性").children] == [
        "市场信息收集",
        "销售完成率",
        "团队协作",
    ]
    worths = [indicator_of(other, one).worth for one in ("定量", "定性")]
    assert worths == [Decimal(15), Decimal(45)]
    top = moved(POINTS, "销售完成率", TOP, 0)
    assert names(top)[0] == "销售完成率"


def test_moving_where_nothing_can_stand_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="它自己"):
        moved(POINTS, "定量", "销售完成率", 0)
    with pytest.raises(InvalidValueError, match="计分的指标"):
        moved(POINTS, "销售完成率", "团队协作", 0)
    with pytest.raises(InvalidValueError, match="维度就空了"):
        moved(POINTS, "员工出勤率", "定性", 0)
    with pytest.raises(InvalidValueError, match="超过 3 级"):
        moved(SHARED, "质量", "销售业绩", 0)


def test_a_moved_share_of_a_dimension_gets_a_weight() -> None:
    inside = [one for one in SHARED.walk() if one.inside is not None]
    for one in inside:
        siblings = indicator_of(SHARED, parent_of(SHARED, one.name)).children
        if len(siblings) > 1:
            after = moved(SHARED, one.name, TOP, 0)
            assert indicator_of(after, one.name).inside is None


def test_a_new_name_is_used_wherever_the_old_one_was() -> None:
    after = renamed(WEIGHTED, "销售额", "回款额")
    assert "回款额目标" in [one.label for one in after.facts]
    assert "“回款额”的考核方式" in [one.label for one in after.parameters]
    assert any("score.回款额" in one.results for one in after.ambiguities)
    assert not any("score.销售额" in one.results for one in after.ambiguities)
    kinds = [[one.kind for one in check_up(each).flaws] for each in (WEIGHTED, after)]
    assert kinds[0] == kinds[1]
    assert renamed(after, "回款额", "回款额") is after


def test_formulas_follow_a_new_name() -> None:
    scored, _ = with_leaf(EMPTY, "工作业绩")
    scheme = replace(
        scored,
        pay=(
            FormulaPay("bonus", "奖金", "100 × 新指标得分 ÷ “新指标 2得分”"),
            FormulaPay("odd", "怪", "“没有成对"),
        ),
    )
    after = renamed(scheme, "新指标", "或有收入")
    assert after.pay[0] == FormulaPay("bonus", "奖金", "100 × “或有收入得分” ÷ “新指标 2得分”")
    assert after.pay[1] == scheme.pay[1]
    scored = replace(
        EMPTY,
        indicators=(
            Indicator("一", HUNDRED, rule=Manual()),
            Indicator("二", HUNDRED, rule=Formula("一得分 × 2"), supports="一"),
        ),
    )
    again = renamed(scored, "一", "头")
    assert again.indicators[1].rule == Formula("头得分 × 2")
    assert again.indicators[1].supports == "头"


def test_a_line_of_pay_is_found_under_its_new_label() -> None:
    scheme = replace(
        EMPTY, pay=(FormulaPay("a", "奖金", "100"), FormulaPay("b", "合计", "奖金 × 2"))
    )
    after = relabelled(scheme, ("pay", 0), "奖金", "绩效奖")
    assert [one.label for one in after.pay if isinstance(one, FormulaPay)] == ["绩效奖", "合计"]
    assert after.pay[1] == FormulaPay("b", "合计", "绩效奖 × 2")
    assert reworded(scheme, {"不在": "在"}) == scheme


@pytest.mark.parametrize(("name", "match"), [("  ", "请填写名称"), ("团队协作", "已经有名为")])
def test_a_name_that_cannot_be_is_refused(name: str, match: str) -> None:
    with pytest.raises(InvalidValueError, match=match):
        renamed(POINTS, "销售完成率", name)


def test_a_weight_makes_its_dimensions_what_is_below_them() -> None:
    after = weighed(POINTS, "销售完成率", Decimal(30))
    assert indicator_of(after, "定量").worth == Decimal(45)
    total = weight_sum(after)
    assert total is not None
    assert (total.found, total.wanted, total.is_right) == (Decimal(90), HUNDRED, False)
    with pytest.raises(InvalidValueError, match="负数"):
        weighed(POINTS, "销售完成率", Decimal(-1))


def test_the_weight_of_a_dimension_is_divided_in_proportion() -> None:
    after = weighed(POINTS, "定量", Decimal(80))
    worths = [one.worth for one in indicator_of(after, "定量").children]
    assert worths == [Decimal(50), Decimal(20), Decimal(10)]


def test_shares_of_a_dimension_are_set_as_shares() -> None:
    parent = next(one for one in SHARED.walk() if one.is_divided)
    total = weight_sum(SHARED, parent.name)
    assert total is not None
    assert total.wanted == HUNDRED
    child = parent.children[0]
    after = weighed(SHARED, child.name, Decimal(60))
    assert share_of(after, indicator_of(after, child.name)) == Decimal(60)
    even = evened(after, parent.name)
    found = weight_sum(even, parent.name)
    assert found is not None
    assert found.is_right
    stated = replace(child, inside=Decimal(40))
    own = replace(SHARED, indicators=(replace(parent, children=(stated, *parent.children[1:])),))
    assert share_of(weighed(own, child.name, Decimal(55)), stated) == Decimal(40)
    assert indicator_of(weighed(own, child.name, Decimal(55)), child.name).inside == Decimal(55)


def test_a_share_whose_parameter_is_a_blank_is_none() -> None:
    one = next(one for one in SHARED.walk() if one.inside is not None)
    bare = replace(SHARED, parameters=tuple(replace(p, default=None) for p in SHARED.parameters))
    assert share_of(bare, one) is None
    assert share_of(replace(SHARED, parameters=()), one) is None


def test_a_dimension_without_a_weight_weighs_what_is_below() -> None:
    bare = Indicator("维", children=(Indicator("甲", Decimal(30), rule=Manual()),))
    scheme = replace(EMPTY, indicators=(bare, Indicator("乙", Decimal(70), rule=Manual())))
    assert share_of(scheme, bare) == Decimal(30)
    assert weighed(scheme, "维", Decimal(40)).indicators[0].worth is None


def test_nothing_adds_up_where_there_is_nothing() -> None:
    assert weight_sum(replace(EMPTY, indicators=())) is None
    assert weight_sum(POINTS, "定量") is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=7))
def test_divided_weights_are_exact(worths: list[int]) -> None:
    leaves = tuple(
        Indicator(f"项{n}", Decimal(one) / 4, rule=Manual()) for n, one in enumerate(worths)
    )
    scheme = replace(EMPTY, indicators=leaves)
    for change in (evened, filled_up):
        total = weight_sum(change(scheme))
        assert total is not None
        assert total.is_right
    assert filled_up(filled_up(scheme)) == filled_up(scheme)


def test_a_dimension_is_evened_within_its_weight() -> None:
    after = evened(POINTS, "定量")
    assert sum(one.points for one in indicator_of(after, "定量").children) == Decimal(40)


def test_what_clauses_told_of_weights_goes_once_they_add_up() -> None:
    told = [one.kind for one in check_up(filled_up(POINTS)).flaws]
    assert FlawKind.POINTS not in told
