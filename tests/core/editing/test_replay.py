"""Figures of one version through another: what it knows, in its points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kpidesk.core.editing.blank import blank_scheme
from kpidesk.core.editing.kinds import beginnings, with_rule
from kpidesk.core.editing.places import put
from kpidesk.core.editing.replay import Replay
from kpidesk.core.editing.tree import path_of, with_leaf
from kpidesk.core.editing.weights import weighed
from kpidesk.core.facts import TEAM, Appraisee, Event, Fact, Facts
from kpidesk.core.period import Cycle, Grain
from kpidesk.core.rating import Rater
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Level, LevelSelect
from kpidesk.core.settings import Parameter, ParameterKind, Ref, SettingValue
from kpidesk.exchange.builtin import builtin_scheme

EMPTY = blank_scheme("own-1", "方案")
POINTS = builtin_scheme("account-manager-kpi")
BONUS = builtin_scheme("key-account-sales-bonus")


def carried(before: Scheme, after: Scheme, name: str, value: object) -> list[object]:
    facts = (Fact("张三", name, value),)  # type: ignore[arg-type]  # a figure of the test
    return [one.value for one in Replay(before, after).facts(facts)]


def levels(*points: int) -> Scheme:
    rule = LevelSelect(tuple(Level(Decimal(one), f"{one} 分") for one in points))
    return put(EMPTY, (*path_of(EMPTY, "新指标"), "rule"), rule)


def test_scores_are_of_the_same_share_of_full_points() -> None:
    after = weighed(POINTS, "团队协作", Decimal(15))
    assert carried(POINTS, after, "score.团队协作", Decimal(8)) == [Decimal("12.00")]
    assert carried(POINTS, POINTS, "score.团队协作", Decimal(8)) == [Decimal(8)]
    none = weighed(POINTS, "团队协作", Decimal(0))
    assert carried(none, POINTS, "score.团队协作", Decimal(0)) == [Decimal(0)]
    assert carried(POINTS, after, "score.团队协作", "优") == []


def test_scores_of_several_raters_are_each_of_that_share() -> None:
    share = Parameter("p", "权重", ParameterKind.NUMBER, "权重", Decimal(100))
    rated = replace(POINTS, raters=(Rater("peer", "互评", Ref("p")),), parameters=(share,))
    after = weighed(rated, "团队协作", Decimal(15))
    given = (Decimal(8), Decimal(6))
    expected = [(Decimal("12.00"), Decimal("9.00"))]
    assert carried(rated, after, "score.团队协作.peer", given) == expected


def test_levels_stay_the_same_level() -> None:
    before, after = levels(100, 60, 20), levels(100, 80, 50)
    assert carried(before, after, "score.新指标", Decimal(60)) == [Decimal(80)]
    assert carried(before, levels(100, 50), "score.新指标", Decimal(60)) == [Decimal(60)]
    assert carried(before, after, "score.新指标", Decimal(61)) == [Decimal(61)]


def test_what_the_other_version_does_not_know_is_left_out() -> None:
    assert carried(POINTS, EMPTY, "sales", Decimal(8)) == []
    team = Facts.of((Fact(TEAM, "sales", Decimal(1)),))
    assert list(Replay(POINTS, POINTS).facts([team.by_name[TEAM, "sales"]["cycle"]])) == []
    measured = with_rule(EMPTY, "新指标", list(beginnings(EMPTY, "新指标"))[2])
    assert carried(EMPTY, measured, "score.新指标", Decimal(70)) == []
    more, name = with_leaf(EMPTY, "工作业绩")
    assert carried(EMPTY, more, f"score.{name}", Decimal(70)) == [Decimal(70)]


def test_parameters_of_contracts_hold_where_the_scheme_leaves_them() -> None:
    settings: dict[str, SettingValue] = {"completion_step": Decimal(3), "gone": True}
    settings["growth_step"] = Decimal(9)
    same = Replay(POINTS, POINTS).settings(settings)
    assert same == {"completion_step": Decimal(3), "growth_step": Decimal(9)}
    changed = replace(
        POINTS,
        parameters=tuple(
            replace(one, default=Decimal(8)) if one.name == "completion_step" else one
            for one in POINTS.parameters
        ),
    )
    assert Replay(POINTS, changed).settings(settings) == {"growth_step": Decimal(9)}
    weighted = builtin_scheme("key-account-weighted")
    own: dict[str, SettingValue] = {"weight.销售额": Decimal(50)}
    assert Replay(weighted, weighted).settings(own) == own
    moved = weighed(weighted, "销售额", Decimal(35))
    assert Replay(weighted, moved).settings(own) == {}


def test_people_whose_role_is_gone_are_left_out() -> None:
    cycle = Cycle.starting(date(2026, 1, 1), Grain.YEAR)
    people = (Appraisee("张三", "role_1"), Appraisee("李四", "elsewhere"))
    facts = Facts.of((Fact("张三", "score.新指标", Decimal(88)),))
    outcome = Replay(EMPTY, EMPTY).evaluate(cycle, people, facts, {})
    total = outcome.get("张三", "total", "cycle")
    assert total is not None
    assert total.text == "88.00"
    assert outcome.get("李四", "total", "cycle") is None


def test_dated_lines_go_on_where_their_kind_is_known() -> None:
    kind = BONUS.events[0].name
    lines = (Event("张三", kind, date(2026, 1, 5)), Event("张三", "别的", date(2026, 1, 5)))
    replay = Replay(BONUS, BONUS)
    assert [one.kind for one in replay.lines(lines)] == [kind]
    cycle = Cycle.starting(date(2026, 1, 1), Grain.YEAR)
    outcome = replay.evaluate(cycle, (), Facts.of((), {"张三": lines}), {})
    assert outcome.results == {}
