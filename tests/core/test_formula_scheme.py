"""Formulas inside a scheme: what names mean, what is missing, what the contract and sheet say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpidesk.codec import canonical_json, from_json
from kpidesk.core.aggregation import PointsSum, WeightedTree
from kpidesk.core.appraisal import Appraisal, AppraisalId, Entry
from kpidesk.core.clauses import Prose
from kpidesk.core.context import Context
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.event_kinds import EventField, EventKind
from kpidesk.core.explain import explain
from kpidesk.core.facts import CALIBRATED_TOTAL, Appraisee, Event, Fact, Facts, FactValue
from kpidesk.core.figure import YUAN
from kpidesk.core.figure import given as figure
from kpidesk.core.findings import Code, Effect
from kpidesk.core.formula.check import problems_of
from kpidesk.core.formula.in_scheme import formulas_of
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Metric, Proportion
from kpidesk.core.paying.by_formula import pay_by_formula
from kpidesk.core.paying.rules import FixedReimbursement, FormulaPay, RoleAmount
from kpidesk.core.paying.run import PayRun
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE, Cycle, Grain, Period
from kpidesk.core.results import Board, Evaluation
from kpidesk.core.scheme import FactKind, FactSpec, Role, Scheme
from kpidesk.core.scoring.asked import facts_of
from kpidesk.core.scoring.rules import Formula, Manual
from kpidesk.core.settings import Choice, Parameter, ParameterKind, Ref, SettingValue
from kpidesk.core.sheet_fields import FieldMaker, SheetField
from kpidesk.core.target import Target, split_target

BY_MONTH = (Grain.MONTH,)
ROLES = (Role("seller", "销售"), Role("driver", "司机"))
FACTS = (
    FactSpec("sales", "销售额", "元", grains=BY_MONTH, base_before=True, base_last_year=True),
    FactSpec("base", "基本工资", "元", grains=BY_MONTH, plan=True),
    FactSpec("visits", "拜访次数", "次", grains=(Grain.QUARTER,)),
    FactSpec("late", "迟到次数", "次"),
    FactSpec("award", "获奖", "", FactKind.FLAG),
    FactSpec("signed", "已签约", "", FactKind.FLAG, grains=BY_MONTH),
    FactSpec("told", "说明", "", FactKind.STATEMENTS),
    FactSpec("sold", "成交额", "元", grains=BY_MONTH, roles=("seller",)),
    FactSpec("received", "回款", "元", grains=BY_MONTH),
    FactSpec("goal", "目标", "元"),
    FactSpec("goal", "目标", "元", of_team=True),
    FactSpec("拜访", "拜访", "次"),
    FactSpec("team_cost", "团队费用", "元", of_team=True),
)
PARAMETERS = (
    Parameter("normalise", "折算", ParameterKind.FLAG, "", default=False),
    Parameter("rate", "提成率", ParameterKind.NUMBER, "公司填写", unit="%"),
    Parameter("cap", "封顶", ParameterKind.NUMBER_OR_NONE, "", "none", unit="元"),
    Parameter("way", "方式", ParameterKind.CHOICE, "", "a", choices=(Choice("a", "甲"),)),
    Parameter("strict", "从严", ParameterKind.FLAG, "", default=True),
)
COLLECTION = EventKind(
    "collection", "回款", (EventField("amount", "金额"),), ("received",), "amount"
)


def scheme(*pay: FormulaPay | FixedReimbursement, points: str = "") -> Scheme:
    rule = Formula(points) if points else Manual()
    return Scheme(
        id="own", version=1, title="公司方案", contract_title="责任书", source_lines="",
        roles=ROLES, cycle=Grain.QUARTER, aggregation=PointsSum(Decimal(100), Ref("normalise")),
        indicators=(
            Indicator("态度", Decimal(40), rule=Manual()),
            Indicator("业绩", Decimal(60), rule=rule),
        ),
        parameters=PARAMETERS, facts=FACTS, events=(COLLECTION,), pay=pay,
    )  # fmt: skip


def run(
    own: Scheme,
    facts: dict[tuple[str, str, str], FactValue],
    settings: dict[str, SettingValue] | None = None,
    people: tuple[Appraisee, ...] = (Appraisee("A", "seller"),),
    ledgers: dict[str, tuple[Event, ...]] | None = None,
) -> Evaluation:
    given = [Fact(who, name, value, key) for (who, name, key), value in facts.items()]
    return evaluate(
        own,
        cycle=cycle_of(own, {}, date(2024, 1, 1)),
        people=people,
        facts=Facts.of(given, ledgers),
        settings=settings or {},
    )


def months(who: str, name: str, *values: int) -> dict[tuple[str, str, str], FactValue]:
    return {
        (who, name, f"2024-0{month}"): Decimal(value) for month, value in enumerate(values, start=1)
    }


def problems(text: str, grain: Grain = Grain.MONTH, unit: str = "元") -> list[str]:
    own = scheme(FormulaPay("x", "某项", text, grain=grain, unit=unit))
    [place] = formulas_of(own)
    found = problems_of(place.text, place.scope, own, place.grain, place.unit)
    return [str(one) for one in found]


def pay_of(outcome: Evaluation, period: str = "2024-01", who: str = "A") -> str | None:
    result = outcome.get(who, "x", period)
    return result.text if result else None


# -- what a formula may say, seen without any figures -------------------------------------------


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("基本工资 × 80%", Grain.MONTH),
        ("base * 80% + sales * rate", Grain.MONTH),
        ("基本工资 − 50 × 迟到次数 + 拜访次数 × 2", Grain.MONTH),
        ("合计(销售额) × 总分 ÷ 100", Grain.CYCLE),
        ("如果(获奖 且 从严, 500, 0)", Grain.CYCLE),
        ("如果(已签约, 基本工资, 0)", Grain.MONTH),
        ("目标 − 团队目标 − team.goal − 团队费用", Grain.CYCLE),
        ("回款 × 提成率", Grain.CYCLE),  # dated lines add up in any period
        ("基本工资 × 态度得分 ÷ 40", Grain.MONTH),
        ("销售额 − 上期(销售额) + 去年同期(销售额)", Grain.MONTH),
        ("团队合计(销售额) × 占比(成交额)", Grain.MONTH),
        ("基本工资 ÷ (1 − 1)", Grain.MONTH),  # zero only for some figures
        ("如果(获奖 或 已签约, 1, 2)", Grain.MONTH),
    ],
)
def test_a_sound_formula_has_no_problems(text: str, grain: Grain) -> None:
    assert problems(text, grain) == []


@pytest.mark.parametrize(
    ("text", "grain", "says"),
    [
        ("基本工资 × ", Grain.MONTH, ["后面应有数字或名称"]),
        ("基本公资 × 2 + 完全不认识", Grain.MONTH, ["是不是“基本工资”？", "没有名为“完全不认识”"]),
        ("销售额 × 2", Grain.CYCLE, ["是按月填写的，这里没有单一的值；请写 合计(销售额)"]),
        ("拜访次数 + 说明", Grain.MONTH, ["“说明”是文字"]),
        ("方式 × 1", Grain.MONTH, ["参数“方式”是选项"]),
        ("基本工资 + 迟到次数", Grain.MONTH, ["元 与 次 不能相加减"]),
        ("如果(获奖 > 1, 1, 2)", Grain.CYCLE, ["这里应是数，不是条件"]),
        ("如果(迟到次数, 1, 2) + 如果(获奖, 不存在, 1)", Grain.CYCLE, ["应是条件", "“不存在”"]),
        ("如果(迟到次数 且 获奖, 1, 2)", Grain.CYCLE, ["应是条件"]),
        ("获奖", Grain.CYCLE, ["公式算出的是“是”或“否”"]),
        ("迟到次数", Grain.CYCLE, ["算出的单位是“次”，这里应是“元”"]),
        ("某项 + 1", Grain.MONTH, ["没有名为“某项”"]),  # a formula is not among its own names
    ],
)
def test_every_problem_is_found_without_figures(text: str, grain: Grain, says: list[str]) -> None:
    found = problems(text, grain)
    assert len(found) == len(says), found
    assert all(part in message for part, message in zip(says, found, strict=True))


def test_a_name_with_two_meanings_is_refused_with_names_that_have_one() -> None:
    own = scheme(FormulaPay("x", "某项", "提成率 × 100"))
    twice = replace(own, facts=(*FACTS, FactSpec("own_rate", "提成率", "%")))
    [place] = formulas_of(twice)
    [problem] = problems_of(place.text, place.scope, twice, place.grain, place.unit)
    assert "数据“提成率”写 own_rate；参数 rate写 rate" in str(problem)


def test_names_of_results_and_of_full_points_have_a_way_out_when_they_clash() -> None:
    more = (FactSpec("full", "满分", "分"), FactSpec("attitude", "态度得分", "分"))
    own = replace(scheme(points="满分 − 态度得分"), facts=(*FACTS, *more))
    [place] = formulas_of(own)
    rate = Metric("rate", "提成率", Proportion("late", "late"))
    other = replace(scheme(points="提成率"), metrics=(rate,))
    [at] = formulas_of(other)
    [clash] = problems_of(at.text, at.scope, other, at.grain, at.unit)
    assert "参数 rate（与别的重名，请先改名）；计算结果“提成率”（与别的重名，请先改名）" in str(
        clash
    )
    full, attitude = problems_of(place.text, place.scope, own, place.grain, place.unit)
    assert "数据“满分”写 full；指标的满分（与别的重名，请先改名）" in str(full)
    assert "数据“态度得分”写 attitude；结果“态度得分”写 score.态度" in str(attitude)


def test_full_points_are_points() -> None:
    own = scheme(points="满分 + 1元")
    [place] = formulas_of(own)
    [problem] = problems_of(place.text, place.scope, own, place.grain, place.unit)
    assert "分 与 元 不能相加减" in str(problem)


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [("0.8 + 0.1", "%", "90.00"), ("80% + 10%", "", "0.90"), ("80% + 10%", "%", "90.00")],
)
def test_a_coefficient_is_given_as_a_ratio_or_in_percent(text: str, unit: str, shown: str) -> None:
    assert pay_of(run(scheme(FormulaPay("x", "系数", text, unit=unit)), {})) == shown


def test_a_cycle_without_a_whole_calendar_month_has_no_sum_over_months() -> None:
    sum_of_all = FormulaPay("x", "奖", "合计(销售额)", grain=Grain.CYCLE)
    own = replace(scheme(sum_of_all), cycle=Grain.MONTH)
    outcome = evaluate(
        own,
        cycle=cycle_of(own, {}, date(2024, 1, 16)),
        people=(Appraisee("A", "seller"),),
        facts=Facts.of(()),
        settings={},
    )
    assert outcome.get("A", "x") is None
    assert any("没有在职的完整自然月" in one.message for one in outcome.findings)


def test_a_yes_or_no_that_an_earlier_rule_gave_is_a_condition() -> None:
    own = scheme(FormulaPay("x", "工资", "如果(met, 100, 80) + 如果(sure, 1, 0)"))
    context = Context(own, cycle_of(own, {}, date(2024, 1, 1)), Facts(), {})
    run_ = PayRun(context, (Appraisee("A", "seller"),), Board())
    basis = figure(5, YUAN, "实际")
    run_.board.state("A", "met", value=False, period="2024-01", basis=basis)
    run_.board.state("A", "sure", value=True, period="2024-01")
    [rule] = own.pay
    assert isinstance(rule, FormulaPay)
    pay_by_formula(rule, run_)
    result = run_.board.figure("A", "x", "2024-01")
    assert result is not None
    assert result.value == 81


# -- what it computes ---------------------------------------------------------------------------


def test_a_monthly_line_reads_months_quarters_and_the_whole_cycle() -> None:
    own = scheme(FormulaPay("x", "工资", "基本工资 − 50 × 迟到次数 + 10 × 拜访次数", clause="R01"))
    outcome = run(
        own,
        {
            **months("A", "base", 3000, 3100),
            ("A", "late", "cycle"): Decimal(2),
            ("A", "visits", "2024Q1"): Decimal(5),
        },
    )
    assert pay_of(outcome) == "2950.00"
    assert pay_of(outcome, "2024-02") == "3050.00"
    assert pay_of(outcome, "2024-03") is None
    assert "缺少“基本工资”（2024-03）" in " ".join(one.message for one in outcome.findings)
    result = outcome.get("A", "x", "2024-01")
    assert result is not None
    assert result.derivation is not None
    [first, *_] = explain(result.derivation)
    assert first.clause == "R01"
    assert first.text == (
        "工资 = 基本工资（2024-01） 3,000元 − 50 × 迟到次数 2次 + 10 × 拜访次数（2024Q1） 5次"
        " = 2,950.00元"
    )


def test_periods_before_are_read_by_their_own_keys() -> None:
    own = scheme(FormulaPay("x", "增长奖", "(销售额 − 上期(销售额)) × 10% + 去年同期(销售额) × 1%"))
    outcome = run(
        own,
        {
            **months("A", "sales", 100, 300),
            ("A", "sales", "2023-12"): Decimal(50),
            ("A", "sales", "2023-01"): Decimal(1000),
        },
    )
    assert pay_of(outcome) == "15.00"
    assert pay_of(outcome, "2024-02") is None
    assert "缺少“销售额”（2023-02）" in " ".join(one.message for one in outcome.findings)


def test_sums_and_means_run_over_the_months_in_service() -> None:
    own = scheme(FormulaPay("x", "季度奖", "合计(销售额) + 平均(销售额)", grain=Grain.CYCLE))
    facts = months("A", "sales", 100, 200, 600)
    assert pay_of(run(own, facts), "cycle") == "1200.00"
    late = (Appraisee("A", "seller", hired_on=date(2024, 2, 10)),)
    assert pay_of(run(own, facts, people=late), "cycle") == "1200.00"  # 800 + 400
    short = (Appraisee("A", "seller", date(2024, 3, 2), date(2024, 3, 3)),)
    assert pay_of(run(own, facts, people=short), "cycle") == "1200.00"  # 600 + 600


def test_dated_lines_are_added_up_in_whatever_period_is_asked() -> None:
    own = scheme(FormulaPay("x", "提成", "回款 × 5%", grain=Grain.CYCLE))
    lines = tuple(
        Event("A", "collection", date(2024, month, 5), (("amount", Decimal(1000)),))
        for month in (1, 3)
    )
    assert pay_of(run(own, {}, ledgers={"A": lines}), "cycle") == "100.00"
    outcome = run(own, months("A", "received", 1, 2, 3))
    assert pay_of(outcome, "cycle") is None
    assert [one.code for one in outcome.findings if one.name == "x"] == [Code.BAD_FORMULA]


def test_the_group_is_those_in_service_in_the_same_group_who_have_the_fact() -> None:
    own = scheme(FormulaPay("x", "分成", "团队合计(成交额) × 占比(成交额)", roles=("seller",)))
    people = (
        Appraisee("A", "seller", group="一组"),
        Appraisee("B", "seller", group="一组"),
        Appraisee("C", "seller", group="二组"),
        Appraisee("D", "driver", group="一组"),
        Appraisee("E", "seller", group="一组", hired_on=date(2024, 2, 1)),
    )
    facts = {
        **months("A", "sold", 100),
        **months("B", "sold", 300),
        **months("C", "sold", 50),
    }
    outcome = run(own, facts, people=people)
    assert pay_of(outcome) == "100.00"
    assert pay_of(outcome, who="C") == "50.00"
    assert pay_of(outcome, who="D") is None
    nobody = run(own, {**months("A", "sold", 0), **months("B", "sold", 0)}, people=people[:2])
    assert pay_of(nobody) is None
    assert Code.ZERO_DENOMINATOR in {one.code for one in nobody.findings}


def test_a_group_line_reads_the_group_and_sums_its_people() -> None:
    own = scheme(
        FormulaPay("x", "团队奖", "如果(团队合计(合计(销售额)) ≥ 目标, 团队费用 × 10%, 0)",
                   grain=Grain.CYCLE, of_team=True),
        FormulaPay("y", "人均", "销售额", of_team=True),
    )  # fmt: skip
    facts = {
        **months("A", "sales", 1, 2, 3),
        ("team", "goal", "cycle"): Decimal(6),
        ("team", "team_cost", "cycle"): Decimal(70),
    }
    outcome = run(own, facts)
    assert pay_of(outcome, "cycle", "team") == "7.00"
    assert any("请写 团队合计(销售额)" in one.message for one in outcome.findings)


def test_an_earlier_line_counts_as_it_was_recorded() -> None:
    own = scheme(
        FixedReimbursement("phone", "话费", (RoleAmount("seller", Decimal(100)),)),
        FormulaPay("part", "一份", "基本工资 ÷ 3", places=0),
        FormulaPay("x", "工资", "一份 × 3 + 话费 + 总分 × 1"),
        FormulaPay("last", "上月", "上期(工资)"),
        FormulaPay("sum", "全季", "合计(工资)", grain=Grain.CYCLE),
    )
    scores: dict[tuple[str, str, str], FactValue] = {
        ("A", "score.态度", "cycle"): Decimal(40),
        ("A", "score.业绩", "cycle"): Decimal("50.5"),
    }
    outcome = run(own, {**months("A", "base", 100, 100, 100), **scores})
    assert pay_of(outcome) == "289.50"  # 33 × 3 + 100 + 90.5
    whole = outcome.get("A", "sum")
    assert whole is not None
    assert whole.text == "868.50"
    assert outcome.get("A", "last", "2024-01") is None  # nothing was computed before the cycle
    last = outcome.get("A", "last", "2024-02")
    assert last is not None
    assert last.text == "289.50"
    without = run(own, months("A", "base", 100, 100, 100))
    assert pay_of(without) is None
    assert any("要用“总分”，它还没有算出" in one.message for one in without.findings)


def test_blanks_and_limits_among_parameters_are_findings() -> None:
    own = scheme(FormulaPay("x", "提成", "最小(基本工资 × 提成率, 封顶)"))
    facts = months("A", "base", 100)
    blank = run(own, facts, {"cap": Decimal(3)})
    assert pay_of(blank) is None
    assert Code.MISSING_PARAMETER in {one.code for one in blank.findings}
    unlimited = run(own, facts, {"rate": Decimal(5)})
    assert any("设为不设限" in one.message for one in unlimited.findings)
    both = run(own, facts, {"rate": Decimal(5), "cap": Decimal(3)})
    assert pay_of(both) == "3.00"


def test_flags_and_yes_or_no_results_are_conditions() -> None:
    own = scheme(
        FormulaPay("x", "奖励", "如果(从严 且 获奖, 500, 如果(已签约, 100, 0))"),
    )
    facts: dict[tuple[str, str, str], FactValue] = {
        ("A", "award", "cycle"): False,
        ("A", "signed", "2024-01"): True,
    }
    outcome = run(own, facts)
    assert pay_of(outcome) == "100.00"
    assert pay_of(outcome, "2024-02") is None
    result = outcome.get("A", "x", "2024-01")
    assert result is not None
    assert result.derivation is not None
    text = "\n".join(one.text for one in explain(result.derivation))
    assert "奖励 = 100（已签约（2024-01） 是）（从严 是 且 获奖 否 不成立） = 100.00元" in text


def test_a_score_by_formula_may_use_full_points_and_earlier_scores() -> None:
    own = scheme(points="最小(满分 × 合计(销售额) ÷ 1000元, 满分) − 如果(态度得分 < 20, 10, 0)")
    attitude: dict[tuple[str, str, str], FactValue] = {("A", "score.态度", "cycle"): Decimal(15)}
    outcome = run(own, {**months("A", "sales", 100, 200, 200), **attitude})
    score = outcome.get("A", "score.业绩")
    assert score is not None
    assert score.text == "20.00"
    more = run(own, {**months("A", "sales", 1000, 200, 200), **attitude})
    assert (total := more.get("A", "total")) is not None
    assert total.text == "65.00"


def test_a_metric_is_used_exactly_in_scores_and_pay() -> None:
    rate = Metric("actual.迟到率", "迟到率", Proportion("late", "shifts"))
    own = replace(
        scheme(FormulaPay("x", "扣款", "迟到率 × 3000元"), points="满分 × (1 − 迟到率)"),
        facts=(*FACTS, FactSpec("shifts", "班次", "次")),
        metrics=(rate,),
    )
    _, leaf = own.leaves()
    assert facts_of(leaf, own) == ("late", "shifts")
    facts: dict[tuple[str, str, str], FactValue] = {
        ("A", "late", "cycle"): Decimal(1),
        ("A", "shifts", "cycle"): Decimal(3),
    }
    outcome = run(own, facts)
    score = outcome.get("A", "score.业绩")
    assert score is not None
    assert score.text == "40.00"
    assert pay_of(outcome) == "1000.00"
    fine = FactSpec("late", "迟到次数", "次", grains=BY_MONTH)
    others = tuple(one for one in own.facts if one.name not in ("late", "shifts"))
    shifts = FactSpec("shifts", "班次", "次", grains=BY_MONTH)
    monthly = replace(own, facts=(*others, fine, shifts))
    given = {**months("A", "late", 1, 0), **months("A", "shifts", 2, 4)}
    by_month = run(monthly, given)
    assert pay_of(by_month) == "1500.00"
    assert pay_of(by_month, "2024-02") == "0.00"
    assert pay_of(run(own, {}), "2024-03") is None


def test_a_score_below_zero_or_above_full_is_said() -> None:
    below = run(scheme(points="满分 − 100 × 迟到次数"), {("A", "late", "cycle"): Decimal(1)})
    assert below.get("A", "score.业绩") is None
    assert any(
        one.code is Code.SCORE_OUT_OF_RANGE and "最大(…，0)" in one.message
        for one in below.findings
    )
    above = run(scheme(points="满分 + 迟到次数 × 1"), {("A", "late", "cycle"): Decimal(1)})
    score = above.get("A", "score.业绩")
    assert score is not None
    assert score.text == "61.00"
    assert Code.SCORE_ABOVE_FULL in {one.code for one in above.findings}


@pytest.mark.parametrize(
    ("text", "says"), [("迟到次数", "单位是“次”，这里应是“元”"), ("1 × 方式", "“方式”是选项")]
)
def test_what_shows_only_with_figures_is_a_finding_as_well(text: str, says: str) -> None:
    outcome = run(scheme(FormulaPay("x", "某项", text)), {("A", "late", "cycle"): Decimal(1)})
    assert pay_of(outcome) is None
    assert [one.code for one in outcome.findings if says in one.message] == [Code.BAD_FORMULA]


def test_a_broken_formula_is_a_finding_that_withholds_its_result_alone() -> None:
    own = scheme(
        FormulaPay("x", "坏的", "基本工资 ×"),
        FixedReimbursement("phone", "话费", ()),
        FormulaPay("y", "好的", "基本工资"),
    )
    assert [one.name for one in formulas_of(own)] == ["x", "y"]
    outcome = run(own, months("A", "base", 100))
    [finding] = [one for one in outcome.findings if one.name == "x"]
    assert finding.effect is Effect.WITHHOLDS
    assert finding.message.startswith("“坏的”的公式第 7 个字：")
    good = outcome.get("A", "y", "2024-01")
    assert good is not None
    assert good.text == "100.00"


# -- what is asked and said ---------------------------------------------------------------------


def test_the_sheet_asks_for_the_facts_that_a_formula_names() -> None:
    own = scheme(points="迟到次数 + 拜访次数 + 迟到次数 + 团队费用 + 提成率 + 态度得分")
    _, leaf = own.leaves()
    assert facts_of(leaf, own) == ("late", "visits")
    assert facts_of(replace(leaf, rule=Formula("迟到次数 ×")), own) == ()


def contract_of(own: Scheme, *targets: Target) -> Contract:
    return Contract(
        id=ContractId(1), number="销售部-001", scheme=own.id, scheme_version=1, role="seller",
        party_a=PartyA("甲公司", "", ""), party_b=PartyB(PersonId(1), "王芳", "001", "", "", ""),
        term=Cycle.starting(date(2024, 1, 1), Grain.YEAR).period, targets=targets,
    )  # fmt: skip


def asked(own: Scheme, cycle: Period, *entries: Entry, stage: str = CYCLE) -> list[SheetField]:
    plan = split_target(Decimal(1200), 12)
    contract = contract_of(own, Target("base", "基本工资", "元", Decimal(1200), plan))
    appraisal = Appraisal(AppraisalId(1), contract.id, PersonId(1), cycle, entries)
    maker = FieldMaker(own, contract, appraisal, "A", stage)
    _, leaf = own.leaves()
    return list(maker.fields(leaf, Decimal(60)))


def test_the_sheet_asks_for_each_period_that_a_formula_reads() -> None:
    text = "合计(销售额) + 上期(销售额) + 拜访次数 + 迟到次数 + 合计(基本工资)"
    own = scheme(points=text)
    entry = Entry("sales", Decimal(7), "2024-02")
    fields = asked(own, Period.parse("2024Q1"), entry)
    assert [(one.fact, one.period) for one in fields] == [
        ("sales", "2023-12"),
        ("sales", "2023-01"), ("sales", "2023-02"), ("sales", "2023-03"),
        ("sales", "2024-01"), ("sales", "2024-02"), ("sales", "2024-03"),
        ("visits", "2024Q1"),
        ("late", "cycle"),
        ("base", "2024-01"), ("base", "2024-02"), ("base", "2024-03"),
    ]  # fmt: skip
    assert fields[0].label == "销售额（2023-12）"
    assert fields[7].label == "拜访次数"
    assert [one.text for one in fields if one.fact == "sales"][5] == "7"
    agreed = [one for one in fields if one.fact == "base"]
    assert all(one.agreed and one.text == "100" for one in agreed)
    assert "责任书 销售部-001" in agreed[0].origin.source


def test_the_sheet_of_a_stage_asks_for_the_stage_alone() -> None:
    own = replace(
        scheme(points="拜访次数"), cycle=Grain.YEAR, stages=Grain.QUARTER,
        aggregation=WeightedTree(by_stage=True),
    )  # fmt: skip
    year = Cycle.starting(date(2024, 1, 1), Grain.YEAR).period
    fields = asked(own, year, stage="2024Q2")
    assert [(one.fact, one.period) for one in fields] == [("visits", "2024Q2")]


def test_the_contract_says_the_formula_in_the_officers_words() -> None:
    own = scheme(
        FormulaPay("x", "提成", "销售额 × 5%", roles=("seller", "driver")),
        FormulaPay("y", "团队奖", "团队费用", grain=Grain.CYCLE, of_team=True, places=0),
        FormulaPay("z", "系数", "1", unit="", places=4),
        points="满分 × 2",
    )
    prose = Prose(own, {})
    assert prose.pay() == (
        "销售、司机每月提成（元） = 销售额 × 5%，四舍五入保留 2 位小数。",
        "全组全周期团队奖（元） = 团队费用，四舍五入到整数。",
        "每月系数 = 1，四舍五入保留 4 位小数。",
    )
    assert prose.rule(next(one for one in own.leaves() if one.name == "业绩")) == (
        "得分 = 满分 × 2，满分 60 分。",
    )


def test_a_scheme_with_formulas_keeps_every_word_in_the_file() -> None:
    own = scheme(FormulaPay("x", "提成", "销售额 × 5%"), points="满分 × 2")
    assert from_json(canonical_json(own, Scheme), Scheme) == own


def test_pay_by_the_total_uses_the_calibrated_one_and_states_both() -> None:
    own = scheme(FormulaPay("x", "奖金", "1000元 × 总分 ÷ 100", grain=Grain.CYCLE, unit="元"))
    scores: dict[tuple[str, str, str], FactValue] = {
        ("A", "score.态度", CYCLE): Decimal(30),
        ("A", "score.业绩", CYCLE): Decimal(50),
    }
    assert pay_of(run(own, scores), CYCLE) == "800.00"
    moved = run(own, {**scores, ("A", CALIBRATED_TOTAL, CYCLE): Decimal(85)})
    assert moved.findings == ()
    assert pay_of(moved, CYCLE) == "850.00"
    total = moved.get("A", "total")
    assert total is not None
    assert total.derivation is not None
    told = [line.text for line in explain(total.derivation)]
    assert told == [
        "总分 = 校准后的总分 85分（校准前的总分 80.00分） = 85.00分",
        "校准前的总分 = 态度得分 30分 + 业绩得分 50分 = 80.00分",
    ]
