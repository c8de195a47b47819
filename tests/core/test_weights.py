"""Weights: printed, the company's own, equal, or shares of a dimension; always whole together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.clauses import Prose
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Fact, Facts
from kpidesk.core.findings import Code
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import Cycle, Grain
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import OwnWeights, Role, Scheme
from kpidesk.core.scoring.rules import Manual
from kpidesk.core.settings import Choice, Parameter, ParameterKind, Ref, SettingValue
from kpidesk.core.weight_figures import weight_figures
from kpidesk.exchange.builtin import builtin_scheme

WEIGHTING = Parameter(
    "weighting",
    "权重",
    ParameterKind.CHOICE,
    "填写或相等",
    "entered",
    choices=(Choice("entered", "填写"), Choice("equal", "相等")),
)
SHARE = Parameter("share", "甲的比例", ParameterKind.NUMBER, "合计 100%")


def leaf(name: str, worth: int | None = None, **more: object) -> Indicator:
    """A leaf that a rater scores."""
    made = Indicator(name, None if worth is None else Decimal(worth), rule=Manual())
    return replace(made, **more)  # type: ignore[arg-type]


def scheme_of(*roots: Indicator, **more: object) -> Scheme:
    """A scheme of these indicators, whose weights the company may set."""
    made = Scheme(
        "trial",
        1,
        "试",
        "试责任书",
        "1",
        (Role("director", "总监"),),
        Grain.YEAR,
        WeightedTree(),
        roots,
        parameters=(WEIGHTING, SHARE),
        own_weights=OwnWeights.LEAVES,
        weighting=Ref("weighting"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def result(scheme: Scheme, scores: dict[str, int], settings: dict[str, SettingValue]) -> Evaluation:
    """What the scores of a director give."""
    facts = [Fact("A", f"score.{name}", Decimal(score)) for name, score in scores.items()]
    return evaluate(
        scheme,
        cycle=Cycle.starting(date(2024, 1, 1), Grain.YEAR),
        people=(Appraisee("A", "director"),),
        facts=Facts.of(facts),
        settings=settings,
    )


@given(st.lists(st.integers(1, 7), min_size=1, max_size=7))
def test_equal_weights_add_up_exactly_whatever_the_tree(leaves: list[int]) -> None:
    roots = [
        Indicator(f"d{i}", children=tuple(leaf(f"d{i}.{j}") for j in range(count)))
        for i, count in enumerate(leaves)
    ]
    weights = weight_figures(scheme_of(*roots), {"weighting": "equal"})
    shares = {name: Fraction(one.value) for name, one in weights.items() if one is not None}
    assert sum(shares[root.name] for root in roots) == 100
    for root in roots:
        assert sum(shares[one.name] for one in root.children) == shares[root.name]
        assert len({shares[one.name] for one in root.children}) == 1


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_equal_thirds_give_the_mean(scores: list[int]) -> None:
    outcome = result(
        scheme_of(leaf("甲"), leaf("乙"), leaf("丙")),
        dict(zip(("甲", "乙", "丙"), scores, strict=True)),
        {"weighting": "equal"},
    )
    total = outcome.get("A", "total")
    assert total is not None
    assert total.derivation is not None
    assert Fraction(total.derivation.inputs[0].value) == Fraction(sum(scores), 3)


def test_a_dimension_shared_at_fixed_percentages_is_the_mean_by_them() -> None:
    parts = (leaf("甲", inside=Decimal(25)), leaf("乙", inside=Decimal(75)))
    shared = Indicator("共", Decimal(100), children=parts)
    outcome = result(scheme_of(shared), {"甲": 100, "乙": 60}, {})
    score = outcome.get("A", "score.共")
    assert score is not None
    assert score.text == "70.00"


def test_a_share_that_nobody_filled_gives_no_score_and_blocks_nothing() -> None:
    parts = (leaf("甲", inside=Ref("share")), leaf("乙", inside=Decimal(75)))
    shared = Indicator("共", Decimal(100), children=parts)
    outcome = result(scheme_of(shared), {"甲": 100, "乙": 60}, {})
    assert outcome.get("A", "score.共") is None
    assert outcome.get("A", "score.甲") is not None
    assert not outcome.blocked
    assert "“甲的比例”没有填写" in "".join(one.message for one in outcome.findings)


def test_blank_weights_are_reported_together_and_withhold_the_total_alone() -> None:
    outcome = result(scheme_of(leaf("甲"), leaf("乙", 40)), {"甲": 100, "乙": 60}, {})
    assert outcome.get("A", "score.乙") is not None
    assert outcome.get("A", "total") is None
    missing = [one for one in outcome.findings if one.code is Code.MISSING_PARAMETER]
    assert [one.name for one in missing] == ["weight.甲"]
    assert "改为各项相等" in missing[0].message


def test_a_blank_weight_without_the_choice_of_equal_ones_asks_for_the_weight_only() -> None:
    scheme = scheme_of(leaf("甲"), leaf("乙", 40), weighting=None)
    outcome = result(scheme, {"甲": 100, "乙": 60}, {})
    (missing,) = [one for one in outcome.findings if one.code is Code.MISSING_PARAMETER]
    assert "相等" not in missing.message


def test_what_only_supports_a_rater_counts_in_no_way() -> None:
    aid = leaf("参", supports="甲")
    chosen: tuple[dict[str, SettingValue], ...] = ({}, {"weighting": "equal"})
    for settings in chosen:
        outcome = result(scheme_of(leaf("甲", 100), aid), {"甲": 80, "参": 5}, settings)
        total = outcome.get("A", "total")
        assert total is not None
        assert total.text == "80.00"
        assert outcome.get("A", "score.参") is not None


def test_points_of_a_dimension_are_those_of_its_leaves() -> None:
    assert Indicator("共", children=(leaf("甲", 3), leaf("乙", 4))).points == 7


@pytest.mark.parametrize(
    ("scheme", "settings", "indicator", "worth"),
    [
        ("auto-service-director", {"weighting": "equal"}, "市场情况分析能力", "1/3"),
        ("auto-service-director", {"weighting": "equal"}, "团队的发展能力", "1/9"),
        ("auto-service-director", {}, "团队的发展能力", "＿＿＿＿%"),
        ("client-director", {"weighting": "equal"}, "领导能力", "12.5%"),
        ("client-director", {"weight.领导能力": Decimal(8)}, "领导能力", "8%"),
        ("dealership-director", {}, "数量", "35%"),
        ("dealership-director", {}, "利润", "15%"),
        ("dealership-director", {}, "退货率", "参考"),
        ("key-account-indicator-library", {}, "商务谈判技巧", ""),
        ("account-manager-kpi", {}, "定量", "40分"),
    ],
)
def test_a_weight_is_said_as_it_is(
    scheme: str, settings: dict[str, SettingValue], indicator: str, worth: str
) -> None:
    prose = Prose(builtin_scheme(scheme), settings)
    (found,) = [one for one in prose.scheme.walk() if one.name == indicator]
    assert prose.worth(found) == worth
