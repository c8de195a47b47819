"""What holds for every evaluation, whatever the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.codec import canonical_json, from_json
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exact import round_half_up
from kpidesk.core.explain import explain, show_figure
from kpidesk.core.facts import Appraisee, Fact, Facts, FactValue
from kpidesk.core.figure import Figure, Op, Origin
from kpidesk.core.findings import Effect
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from tests.atoms import atoms

ORIGIN = Origin("考核台账", "王芳", date(2024, 2, 5))
Given = dict[tuple[str, str], FactValue]
MANAGER = builtin_scheme("account-manager-kpi")
DIRECTOR = builtin_scheme("director-annual")
GRADED = builtin_scheme("key-account-director")
STATEMENTS = (
    "了解公司产品基本知识",
    "熟悉本行业及本市场的模式",
    "熟练的掌握本岗位所具备的专业知识",
    "掌握熟练的业务知识及其他相关知识",
)


def run(scheme: Scheme, given_: Given, settings: dict[str, SettingValue]) -> Evaluation:
    facts = [Fact("A", name, value, key, ORIGIN) for (name, key), value in given_.items()]
    return evaluate(
        scheme,
        cycle=cycle_of(scheme, settings, date(2024, 1, 1)),
        people=(Appraisee("A", scheme.roles[0].name),),
        facts=Facts.of(facts),
        settings=settings,
    )


def amounts(least: int = 0, most: int = 1000, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(least, most, places=places)


counts = st.integers(0, 40).map(Decimal)
sheets = st.fixed_dictionaries(
    {
        ("sales_plan", "cycle"): amounts(1),
        ("sales", "cycle"): amounts(-50),
        ("quarter_sales", "2023Q4"): amounts(-50),
        ("quarter_sales", "2024Q1"): amounts(-50),
        ("new_customers_plan", "cycle"): counts,
        ("new_customers", "cycle"): counts,
        ("score.市场信息收集", "cycle"): amounts(0, 10),
        ("score.团队协作", "cycle"): amounts(0, 10),
        ("met.专业知识", "cycle"): st.lists(st.sampled_from(STATEMENTS), unique=True).map(tuple),
        ("score.分析判断能力", "cycle"): st.sampled_from(["4", "3.5", "3", "2.5"]).map(Decimal),
        ("score.沟通能力", "cycle"): st.sampled_from(["6", "5.5", "5", "4.5"]).map(Decimal),
        ("days_present", "cycle"): amounts(0, 31, 1),
        ("late_times", "cycle"): counts,
    }
)
modes = st.sampled_from(["whole", "up", "proportional"])
limits = amounts(0, 30) | st.just("none")
settings_of_managers = st.fixed_dictionaries(
    {
        "growth_step": amounts(1, 50),
        "completion_steps": modes,
        "growth_steps": modes,
        "completion_step": amounts(1, 20),
        "completion_cap": limits,
        "growth_cap": limits,
        "growth_start": amounts(0, 10),
        "new_customer_mode": st.sampled_from(["plan_based", "from_zero"]),
        "new_customer_down_step": st.integers(1, 5).map(Decimal),
        "new_customer_cap": limits,
        "knowledge_mode": st.sampled_from(["checklist", "level_as_written", "level_reversed"]),
        "late_over_6": st.sampled_from(["last_tier", "next_tier", "zero"]),
        "missing_days": st.sampled_from(["whole", "proportional"]),
        "normalise": st.booleans(),
    }
)
leaf_scores = st.fixed_dictionaries(
    {(f"score.{one.name}", "cycle"): amounts(0, 100) for one in DIRECTOR.leaves()}
)


@given(sheets, settings_of_managers)
def test_no_float_is_anywhere_in_a_result(sheet: Given, settings: dict[str, SettingValue]) -> None:
    assert not any(isinstance(one, float) for one in atoms(run(MANAGER, sheet, settings)))


@given(sheets, settings_of_managers)
def test_every_score_of_a_whole_sheet_is_there_and_in_range(
    sheet: Given, settings: dict[str, SettingValue]
) -> None:
    outcome = run(MANAGER, sheet, settings)
    assert not [one for one in outcome.findings if one.effect is not Effect.WARNS]
    recorded = {name: result for (_, name, _), result in outcome.results.items()}
    for leaf in MANAGER.leaves():
        result = recorded[f"score.{leaf.name}"]
        assert isinstance(result.value, Figure)
        assert result.value.value >= 0
        above = any(
            one.code == "score-above-full" and one.name == f"score.{leaf.name}"
            for one in outcome.findings
        )
        assert (Fraction(result.value.inputs[0].value) > leaf.points) == above
    assert "total" in recorded
    assert ("total_of_100" in recorded) == settings["normalise"]


@given(sheets, settings_of_managers)
def test_the_total_is_the_sum_of_exact_points(
    sheet: Given, settings: dict[str, SettingValue]
) -> None:
    outcome = run(MANAGER, sheet, settings)
    exact = Fraction(0)
    for leaf in MANAGER.leaves():
        result = outcome.get("A", f"score.{leaf.name}")
        assert result is not None
        assert isinstance(result.value, Figure)
        exact += Fraction(result.value.inputs[0].value)
    total = outcome.get("A", "total")
    assert total is not None
    assert total.text == f"{round_half_up(exact, 2):f}"


@given(sheets, settings_of_managers)
def test_a_derivation_names_every_fact_with_its_source_and_says_nothing_twice(
    sheet: Given, settings: dict[str, SettingValue]
) -> None:
    outcome = run(MANAGER, sheet, settings)
    total = outcome.get("A", "total")
    assert total is not None
    assert total.derivation is not None
    lines = explain(total.derivation)
    assert len({(one.label, one.formula, one.value, one.clause) for one in lines}) == len(lines)
    told = " ".join(one.text for one in lines)
    sourced = {one.label for one in lines if one.origin == ORIGIN}
    for figure in total.derivation.walk():
        if figure.op is Op.GIVEN:
            assert figure.label
            assert show_figure(figure) in told
            assert figure.origin != ORIGIN or figure.label in sourced
    used = {one.label for one in total.derivation.walk()}
    assert {"实际销售额", "计划销售额", "季度销售额（2023Q4）", "新开发客户", "计划开发新客户",
            "出勤天数", "迟到次数"} <= used  # fmt: skip


@given(sheets, st.data())
def test_a_missing_fact_is_never_zero(sheet: Given, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(sheet)))
    rest = {key: value for key, value in sheet.items() if key != gone}
    outcome = run(MANAGER, rest, {"growth_step": Decimal(5)})
    assert outcome.get("A", "total") is None
    assert any(
        (one.code, one.name, one.period) == ("missing-fact", *gone) for one in outcome.findings
    )
    whole = run(MANAGER, sheet, {"growth_step": Decimal(5)})
    assert set(outcome.results) < set(whole.results)


@given(leaf_scores)
def test_a_weighted_total_is_the_weighted_sum(scores: Given) -> None:
    exact = sum(
        (
            Fraction(str(scores[f"score.{one.name}", "cycle"])) * Fraction(one.points) / 100
            for one in DIRECTOR.leaves()
        ),
        Fraction(0),
    )
    total = run(DIRECTOR, scores, {}).get("A", "total")
    assert total is not None
    assert total.text == f"{round_half_up(exact, 2):f}"


@given(leaf_scores, st.data())
def test_a_missing_leaf_leaves_no_total(scores: Given, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(scores)))
    outcome = run(DIRECTOR, {key: one for key, one in scores.items() if key != gone}, {})
    assert outcome.get("A", "total") is None
    assert [one.name for one in outcome.findings if one.code == "missing-fact"] == [gone[0]]


@given(st.lists(amounts(0, 100, 3), min_size=2, max_size=8))
def test_every_score_has_one_grade_and_a_better_one_no_worse(scores: list[Decimal]) -> None:
    order = ["差", "及格", "一般", "良好", "优秀"]
    for policy in ("lower_bound", "round_integer"):
        grades = []
        for score in sorted(scores):
            outcome = run(GRADED, {("final_score", "cycle"): score}, {"gap_policy": policy})
            grade = outcome.get("A", "grade")
            assert grade is not None
            grades.append(order.index(grade.text))
        assert all(low <= high for low, high in pairwise(grades))


@given(st.lists(st.decimals(0, 30, places=2), min_size=12, max_size=12))
def test_weights_stand_only_when_they_add_up(weights: list[Decimal]) -> None:
    leaves = [one.name for one in DIRECTOR.leaves()]
    by_leaf = dict(zip(leaves, weights, strict=True))
    settings: dict[str, SettingValue] = {f"weight.{name}": one for name, one in by_leaf.items()}
    for root in DIRECTOR.indicators:
        settings[f"weight.{root.name}"] = sum(
            (by_leaf[one.name] for one in root.children), Decimal(0)
        )
    outcome = run(DIRECTOR, {}, settings)
    assert outcome.blocked == (sum(weights) != 100)
    assert any(one.code == "weights-not-100" for one in outcome.findings) == outcome.blocked


@pytest.mark.parametrize("scheme_id", builtin_ids())
def test_a_scheme_comes_back_from_its_text(scheme_id: str) -> None:
    scheme = builtin_scheme(scheme_id)
    text = canonical_json(scheme, Scheme)
    assert from_json(text, Scheme) == scheme
    assert canonical_json(from_json(text, Scheme), Scheme) == text
