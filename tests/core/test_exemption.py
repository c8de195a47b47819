"""Not rated, zero and exempt are three things; what becomes of a weight is decided and told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.aggregation import WeightedScaled
from kpidesk.core.appraisal import Appraisal, Entry, Override
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exemption import EXEMPT, Exemption, Handling
from kpidesk.core.explain import explain
from kpidesk.core.facts import Appraisee, Fact, Facts, FactValue
from kpidesk.core.findings import Code, Effect
from kpidesk.core.period import Cycle, Period
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.sheet import Sheet, make_sheet
from kpidesk.exchange.builtin import builtin_scheme
from tests.core.test_sheet import MANAGER, WHOLE, appraisal_of, contract_of

TEN_POINTS = builtin_scheme("service-director-ten-point")
DIRECTOR = builtin_scheme("director-annual")
YEAR = Cycle(Period.parse("2026"))
GROWTH_STEP: dict[str, SettingValue] = {"growth_step": Decimal(10)}
LEAVES = [one.name for one in DIRECTOR.leaves()]


def filled(*missing: str) -> Appraisal:
    """A month of a manager, without what is missing."""
    there = {key: value for key, value in WHOLE.items() if key[0] not in missing}
    return appraisal_of(there, "2026-01")


def sheet_of(exemption: Exemption | None, *missing: str) -> Sheet:
    appraisal = filled(*missing)
    if exemption is not None:
        appraisal = appraisal.exempted(exemption)
    return make_sheet(MANAGER, contract_of(MANAGER, GROWTH_STEP, (), "2026"), appraisal)


def rated(
    scheme: Scheme,
    settings: dict[str, SettingValue],
    scores: dict[str, FactValue],
    exempt: dict[str, str],
) -> Evaluation:
    role = scheme.roles[0].name
    facts = [Fact("甲", name, value) for name, value in scores.items()]
    facts += [Fact("甲", f"{EXEMPT}{name}", how) for name, how in exempt.items()]
    return evaluate(
        scheme,
        cycle=YEAR,
        people=(Appraisee("甲", role),),
        facts=Facts.of(facts),
        settings=settings,
    )


def text(found: Evaluation, name: str) -> str:
    result = found.get("甲", name)
    return result.text if result else ""


@pytest.mark.parametrize(
    ("handling", "total", "score"),
    [(Handling.FULL, "+2", "10.00"), (Handling.OUTSIDE, "-8", ""), (Handling.SPREAD, "÷", "")],
)
def test_each_handling_gives_its_own_total_and_says_so(
    handling: Handling, total: str, score: str
) -> None:
    whole = sheet_of(None).total
    sheet = sheet_of(Exemption("团队协作", handling, "产假"))
    assert whole is not None
    assert sheet.total is not None
    before, after = Decimal(whole.text), Decimal(sheet.total.text)
    wanted = {"+2": before + 2, "-8": before - 8, "÷": ((before - 8) * 85 / 75)}[total]
    assert after == round(wanted, 2)
    row = next(one for one in sheet.rows if one.exemption)
    assert (row.score.text if row.score else "") == score
    assert (row.fields, row.measured) == ((), False)
    told = "\n".join(line.text for line in explain(sheet.total.derivation))  # type: ignore[arg-type]
    assert "免考核" in told
    assert ("计分指标的权重合计" in told) is (handling is Handling.SPREAD)
    (warning,) = (one for one in sheet.warnings if one.code is Code.EXEMPT)
    assert warning.message == f"指标“团队协作”免考核（{handling.text}），理由：产假"


def test_not_rated_zero_and_exempt_are_three_things() -> None:
    missing = sheet_of(None, "score.团队协作")
    exempt = sheet_of(Exemption("团队协作", Handling.OUTSIDE, "产假"), "score.团队协作")
    assert missing.total is None
    assert [one.name for one in missing.missing] == ["score.团队协作"]
    assert exempt.total is not None
    assert exempt.missing == ()
    zero = filled().entered(Entry("score.团队协作", Decimal(0)))
    shown = make_sheet(MANAGER, contract_of(MANAGER, GROWTH_STEP, (), "2026"), zero)
    row = next(one for one in shown.rows if one.indicator.name == "团队协作")
    assert row.score is not None
    assert (row.score.text, row.exemption) == ("0.00", None)


def test_nobody_misses_the_figures_of_an_exempt_indicator() -> None:
    sheet = sheet_of(Exemption("销售增长率", Handling.SPREAD, "新部门"), "quarter_sales")
    assert sheet.total is not None
    assert sheet.missing == ()


def test_dimensions_are_not_held_to_what_is_exempt_in_them() -> None:
    first = DIRECTOR.indicators[0]
    inside = [one.name for one in first.children]
    scores: dict[str, FactValue] = {f"score.{one}": Decimal(80) for one in LEAVES}
    plain = rated(DIRECTOR, {}, scores, {})
    one = rated(DIRECTOR, {}, scores, {inside[0]: "outside"})
    assert (text(plain, "total"), text(plain, f"score.{first.name}")) == ("80.00", "80.00")
    assert Decimal(text(one, "total")) < Decimal(80)
    assert text(one, f"score.{first.name}") == "80.00"
    spread = rated(DIRECTOR, {}, scores, {inside[0]: "spread"})
    assert text(spread, "total") == "80.00"
    every = rated(DIRECTOR, {}, scores, dict.fromkeys(inside, "spread"))
    assert text(every, "total") == "80.00"
    assert text(every, f"score.{first.name}") == ""


def test_a_dimension_scored_itself_counts_with_all_of_its_weight() -> None:
    first = DIRECTOR.indicators[0]
    scores: dict[str, FactValue] = {f"score.{one}": Decimal(60) for one in LEAVES}
    scores[f"score.{first.name}"] = Decimal(60)
    found = rated(DIRECTOR, {}, scores, {first.children[0].name: "spread"})
    assert text(found, "total") == "60.00"


def test_scores_of_ten_points_are_spread_too() -> None:
    assert isinstance(TEN_POINTS.aggregation, WeightedScaled)
    leaves = [one.name for one in TEN_POINTS.leaves()]
    scores: dict[str, FactValue] = {f"score.{one}": Decimal(8) for one in leaves}
    assert text(rated(TEN_POINTS, {}, scores, {leaves[0]: "spread"}), "total") == "80.00"
    assert text(rated(TEN_POINTS, {}, scores, {leaves[0]: "full"}), "total") > "80.00"


@pytest.mark.parametrize("scheme", [DIRECTOR, TEN_POINTS, MANAGER])
def test_nothing_is_spread_over_nothing(scheme: Scheme) -> None:
    leaves = [one.name for one in scheme.leaves()]
    settings = GROWTH_STEP if scheme is MANAGER else {}
    found = rated(scheme, settings, {}, dict.fromkeys(leaves, "spread"))
    assert text(found, "total") == ""
    assert "没有可以分摊权重的指标" in "".join(
        one.message for one in found.findings if one.effect is Effect.WITHHOLDS
    )


@pytest.mark.parametrize(
    ("indicator", "how", "code"),
    [("胡说", "full", Code.UNKNOWN_NAME), (LEAVES[0], "half", Code.BAD_VALUE)],
)
def test_an_exemption_that_cannot_be_meant_blocks(indicator: str, how: str, code: Code) -> None:
    found = rated(DIRECTOR, {}, {}, {indicator: how})
    assert found.blocked
    assert code in {one.code for one in found.findings}


def test_an_exemption_needs_a_reason_and_stands_beside_no_override() -> None:
    with pytest.raises(InvalidValueError, match="必须填写理由"):
        Exemption("团队协作", Handling.FULL, " ")
    exempt = Exemption("销售完成率", Handling.FULL, "产假")
    by_hand = Override("销售完成率", Decimal(3), "退货")
    with pytest.raises(NotAllowedError, match="请先恢复按标准计分"):
        filled().overridden(by_hand).exempted(exempt)
    with pytest.raises(NotAllowedError, match="请先取消免考核"):
        filled().exempted(exempt).overridden(by_hand)
    twice = filled().exempted(exempt).exempted(replace(exempt, reason="调岗"))
    assert [one.reason for one in twice.exemptions] == ["调岗"]
    assert twice.appraised("销售完成率").exemptions == ()
