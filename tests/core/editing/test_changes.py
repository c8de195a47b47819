"""Differences between versions, in the words of the contract; and trying a draft."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.editing.blank import blank_scheme
from kpidesk.core.editing.changes import changes
from kpidesk.core.editing.kinds import beginnings, with_rule
from kpidesk.core.editing.tree import with_leaf
from kpidesk.core.editing.trying import PARAMETER, PERSON, tried
from kpidesk.core.editing.weights import filled_up, weighed
from kpidesk.core.figure import Figure
from kpidesk.core.names import ValueKind
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec, Scheme
from kpidesk.core.settings import Ref
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme

EMPTY = blank_scheme("own-1", "方案")
POINTS = builtin_scheme("account-manager-kpi")


@pytest.mark.parametrize("scheme", builtin_ids())
def test_a_scheme_differs_from_itself_in_nothing(scheme: str) -> None:
    own = builtin_scheme(scheme)
    assert changes(own, replace(own, version=9)) == ()


def test_differences_are_read_as_what_was_and_what_is() -> None:
    after = weighed(POINTS, "销售完成率", Decimal(40))
    after = replace(
        after,
        parameters=tuple(
            replace(one, default=Decimal(8)) if one.name == "completion_step" else one
            for one in after.parameters
        ),
        contract_title="新责任书",
        cycle=Ref("cycle_length"),
        stages=Grain.QUARTER,
        facts=(*after.facts, FactSpec("x", "甲", "", of_team=True, plan=True)),
    )
    told = [one.text for one in changes(POINTS, after)]
    assert "责任书标题：大客户经理/专员绩效考核目标责任书 → 新责任书" in told
    assert "考核周期：每月 → 由公司选定" in told
    assert "期中评估：无 → 每季度" in told
    assert "“销售完成率”的满分：25分 → 40分" in told
    assert "参数“销售完成率每档”：5% → 8%" in told
    assert "数据项“甲”：无 → 团队的是或否、文字，写进责任书" in told
    assert any(one.startswith("“销售完成率”的评分标准：") for one in told)


def test_sentences_that_came_and_went_are_told() -> None:
    grown, _ = with_leaf(EMPTY, "工作业绩")
    told = [one.text for one in changes(EMPTY, grown)]
    assert "指标“新指标 2”：无 → 计分指标" in told
    bare = replace(EMPTY, contract=(), grades=None)
    told = [one.text for one in changes(EMPTY, bare)]
    assert "条款：考核流程：考核结果经总经理批准后，由乙方签字确认。 → 无" in told
    assert "等级“优秀”：90 分及以上 → 无" in told


def total(scheme: Scheme, role: str = "") -> str:
    first = tried(scheme, role or scheme.roles[0].name, 2026, {})
    values = {one.key: one.sample for one in first.fields}
    outcome = tried(scheme, role or scheme.roles[0].name, 2026, values)
    result = outcome.evaluation.get(PERSON, "total", "cycle")
    return result.text if result else ""


def test_a_trial_asks_for_what_is_missing_and_computes_at_once() -> None:
    assert total(EMPTY) == "100.00"
    scored = with_rule(EMPTY, "新指标", list(beginnings(EMPTY, "新指标"))[2])
    asked = tried(scored, "role_1", 2026, {}).fields
    assert [one.label for one in asked] == ["新指标目标", "新指标实际"]
    assert all(one.value is None and one.period == "cycle" for one in asked)
    half = {asked[0].key: Decimal(100), asked[1].key: Decimal(55)}
    outcome = tried(scored, "role_1", 2026, half)
    result = outcome.evaluation.get(PERSON, "total", "cycle")
    assert result is not None
    assert isinstance(result.value, Figure)
    assert result.value.value == Decimal(55)


@pytest.mark.parametrize("scheme", builtin_ids())
def test_every_scheme_can_be_tried(scheme: str) -> None:
    own = builtin_scheme(scheme)
    for role in own.roles:
        outcome = tried(own, role.name, 2026, {})
        assert len({one.key for one in outcome.fields}) == len(outcome.fields)
        values = {one.key: one.sample for one in outcome.fields}
        again = tried(own, role.name, 2026, values)
        assert {one.key for one in outcome.fields} <= {one.key for one in again.fields}


def test_samples_are_of_the_kind_that_is_asked_for() -> None:
    asked = tried(POINTS, "account_manager", 2026, {}).fields
    kinds = {one.kind: one for one in asked}
    assert kinds[ValueKind.STATEMENTS].sample == kinds[ValueKind.STATEMENTS].statements
    assert kinds[ValueKind.POINTS].sample in {Decimal(4), Decimal(6), Decimal(10)}
    conforming = list(beginnings(EMPTY, "新指标"))[-2]
    flagged = with_rule(EMPTY, "新指标", conforming)
    assert [one.sample for one in tried(flagged, "role_1", 2026, {}).fields] == [True]
    assert total(filled_up(flagged)) == "100.00"


def test_blanks_of_the_scheme_are_asked_for_too() -> None:
    first = tried(POINTS, "account_manager", 2026, {}).fields[0]
    assert first.key == (PARAMETER, "growth_step", "cycle")
    assert total(POINTS)
    ten = builtin_scheme("service-director-ten-point")
    assert not [one for one in tried(ten, ten.roles[0].name, 2026, {}).fields
                if one.key[0] == PARAMETER]  # fmt: skip


def test_optional_figures_of_measured_indicators_are_asked_for() -> None:
    own = builtin_scheme("key-account-weighted")
    asked = {one.key[1] for one in tried(own, own.roles[0].name, 2026, {}).fields}
    assert {"target.销售额", "actual.销售额"} <= asked
    assert "score.销售额" not in asked
