"""Growth tables: points for growth reached, and how the contract says it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.clauses import Prose
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.results import Evaluation
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.builtin import builtin_scheme

SCHEME = builtin_scheme("service-director-growth")
SCORE = "score.客户满意度"
X: dict[str, SettingValue] = {"satisfaction_growth_target": Decimal(10)}
STEPS: dict[str, SettingValue] = {
    **X,
    "decay": "step",
    "decay_points": Decimal(3),
    "decay_step": Decimal(2),
}
indexes = st.decimals(min_value=-50, max_value=500, places=2)


def _tried(before: Decimal, now: Decimal, settings: dict[str, SettingValue]) -> Evaluation:
    facts = (
        Fact("A", "satisfaction_index", before, "2023Q4"),
        Fact("A", "satisfaction_index", now, "2024Q1"),
    )
    return evaluate(
        SCHEME,
        cycle=cycle_of(SCHEME, settings, date(2024, 1, 1)),
        people=(Appraisee("A", "service_director"),),
        facts=Facts.of(facts),
        settings=settings,
    )


def _score(now: Decimal, settings: dict[str, SettingValue]) -> Decimal:
    result = _tried(Decimal(100), now, settings).get("A", SCORE, "2024Q1")
    assert result is not None
    return Decimal(result.text)


@given(indexes, indexes, st.sampled_from(["linear", "whole", "up", "proportional"]))
def test_more_growth_never_gives_fewer_points(one: Decimal, other: Decimal, how: str) -> None:
    settings = X if how == "linear" else {**STEPS, "decay_step_mode": how}
    low, high = (_score(index, settings) for index in sorted((one, other)))
    assert 0 <= low <= high <= 100


@given(indexes.filter(lambda index: index >= 110))
def test_the_target_reached_gives_full_points_and_no_more(now: Decimal) -> None:
    assert _score(now, X) == _score(now, STEPS) == 100


@given(indexes.filter(lambda index: index <= 0), indexes)
def test_no_growth_is_made_of_a_base_that_is_not_above_zero(before: Decimal, now: Decimal) -> None:
    tried = _tried(before, now, X)
    assert tried.get("A", SCORE, "2024Q1") is None
    codes = {one.code.value for one in tried.findings}
    assert ("zero-base" if before == 0 else "negative-base") in codes


def _standard(settings: dict[str, SettingValue], indicator: str) -> str:
    leaf = next(one for one in SCHEME.leaves() if one.name == indicator)
    return "".join(Prose(SCHEME, settings).rule(leaf))


def test_the_contract_says_from_when_full_points_are_given_and_how_they_fall() -> None:
    assert _standard(X, "客户满意度") == (
        "季度满意度指数比上一期间的增长率达到 10%，得 100 分。"
        "未达到的，得分 = 100 分 × 实际 ÷ 10%，最低 0 分。"
    )
    last_year = {**STEPS, "growth_base": "same_period_last_year"}
    assert _standard(last_year, "客户满意度") == (
        "季度满意度指数比去年同期的增长率达到 10%，得 100 分。"
        "每低 2 个百分点扣 3 分，满一档才计，扣完为止。"
    )
    assert "达到 ＿＿＿＿%" in _standard({}, "客户关怀计划")


def test_the_contract_says_what_is_left_when_a_requirement_is_not_met() -> None:
    asked = "客户问题解决率、服务水平、客户投诉量各项符合要求，得 100 分；有不符合要求的，"
    assert _standard({}, "团队绩效") == f"{asked}得 100 分 × 符合要求的项数 ÷ 3。"
    assert _standard({"team_decay": "all_or_nothing"}, "团队绩效") == f"{asked}得 0 分。"


def test_the_contract_says_how_quarters_make_the_year() -> None:
    assert "年度总分为四个季度总分的平均。" in Prose(SCHEME, {}).aggregation()
    last = Prose(SCHEME, {"rollup": "last"}).aggregation()
    assert "年度总分为最后一个季度的总分。" in last
