"""The check-up names contradictions, gaps and slips, with what would mend them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.aggregation import EnteredTotal, PointsSum, WeightedScaled, WeightedTree
from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.event_kinds import EventField, EventKind
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.grading import GradeScale
from kpidesk.core.indicator import Indicator
from kpidesk.core.lint.check_up import CheckUp, check_up
from kpidesk.core.lint.fixes import (
    AskForBase,
    Choose,
    Declare,
    Drop,
    Reorder,
    Reweigh,
    Reword,
    fix_text,
    mended,
)
from kpidesk.core.lint.flaw import Flaw, Severity
from kpidesk.core.measures import Metric, Proportion, Ratio
from kpidesk.core.paying.rules import (
    ComponentSplit,
    FixedReimbursement,
    FormulaPay,
    PayLine,
    PayTotal,
    RoleAmount,
    WagePart,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Ambiguity, FactSpec, Role, Scheme, SourceRule
from kpidesk.core.scoring.rules import (
    Attainment,
    Deduction,
    Formula,
    Level,
    LevelSelect,
    Manual,
    ProportionalClamped,
    Range,
    RangeTable,
    ScoringRule,
    Step,
    StepDeviation,
)
from kpidesk.core.settings import Parameter, ParameterKind, Ref, SettingValue
from kpidesk.core.tables import Band, Bands
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme

NORMALISE = Parameter("normalise", "折算百分制", ParameterKind.FLAG, "", default=False)
ATTAINED = Attainment(Ratio("actual", "plan"))
TARGETS = (FactSpec("plan", "计划", "元"), FactSpec("actual", "实际", "元"))


def leaf(name: str, worth: int, rule: ScoringRule | None = None, clause: str = "") -> Indicator:
    return Indicator(name, Decimal(worth), rule=rule or Manual(), clause=clause)


def scheme(*indicators: Indicator, declared: int = 100) -> Scheme:
    return Scheme(
        id="own", version=1, title="公司方案", contract_title="责任书", source_lines="",
        roles=(Role("seller", "销售"),), cycle=Grain.YEAR,
        aggregation=PointsSum(Decimal(declared), Ref("normalise")),
        indicators=indicators, parameters=(NORMALISE,),
    )  # fmt: skip


def scale(*starts: int, least: int = 0, printed: tuple[str, ...] = ()) -> GradeScale:
    names = ("差", "中", "好", "优")
    rows = tuple(Band(Decimal(at), names[place]) for place, at in enumerate(starts))
    return GradeScale(Bands(rows), Decimal(least), Decimal(100), printed or names[: len(starts)])


def of(kind: FlawKind, found: CheckUp) -> list[Flaw]:
    return [one for one in found.flaws if one.kind is kind]


def only(kind: FlawKind, own: Scheme) -> Flaw:
    [flaw] = of(kind, check_up(own))
    return flaw


def fixed(flaw: Flaw, own: Scheme) -> Scheme:
    assert flaw.fix is not None
    assert fix_text(flaw.fix)
    return mended(own, flaw.fix)


SOUND = scheme(leaf("甲", 60), leaf("乙", 40))


def test_a_sound_scheme_has_no_flaws() -> None:
    assert check_up(SOUND).flaws == ()


# -- the built-in schemes -----------------------------------------------------------------------


def quotes(scheme_id: str) -> set[tuple[str, str]]:
    """Kind and phrase of everything found in a built-in scheme."""
    return {(one.kind.value, one.phrase) for one in check_up(builtin_scheme(scheme_id)).flaws}


@pytest.mark.parametrize(
    ("scheme_id", "kind", "phrase"),
    [
        ("client-department", "impossible_date", "2011年2月30日"),
        ("client-department", "contradiction", "一个自然年度完成"),
        ("client-department", "missing", "月度计划分解"),
        ("client-department", "blank", "按100%核发工资"),
        ("key-account-director", "gap", "良好(80 89分)"),
        ("key-account-director", "missing", "五、考核结果管理"),
        ("key-account-weighted", "missing", "考核结果的应用"),
        ("key-account-sales-bonus", "missing", "任务目标及分解"),
        ("key-account-sales-bonus", "bound", "小于基数的"),
        ("key-account-sales-bonus", "bound", "大于基数小于目标的"),
        ("key-account-sales-bonus", "missing", "超出目标额部分转入下季核算"),
        ("key-account-sales-bonus", "undefined", "KPI奖金系数"),
        ("key-account-sales-bonus", "contradiction", "产品及实施回款"),
        ("bank-account-manager", "missing", "管理类百分考核"),
        ("bank-account-manager", "contradiction", "存款日均增量考核"),
        ("marketing-director", "missing", "如下表所示"),
        ("marketing-director", "blank", "销售额目标值"),
        ("marketing-director", "contradiction", "四部分组成"),
        ("marketing-director", "missing", "给予经济"),
        ("sales-director", "missing", "考核评分标准表"),
        ("director-annual", "blank", "自我评价"),
        ("key-account-metrics", "missing", "量化方案"),
        ("service-director-growth", "contradiction", "次年的12月31日"),
        ("service-director-growth", "undefined", "不达标得分递减"),
        ("service-director-growth", "gap", "90-100分"),
        ("service-director-growth", "blank", "X%"),
        ("dealership-director", "weights", "其他指标的权重分配类似"),
        ("client-director", "missing", "以下几个步骤"),
        ("service-director-ten-point", "contradiction", "满分为50分"),
        ("service-director-ten-point", "gap", "80-89分"),
        ("auto-service-director", "missing", "以上三个方面"),
        ("key-account-indicator-library", "undefined", "大客户流失率"),
        ("account-manager-kpi", "points", "KPI 考核指标100分"),
        ("account-manager-kpi", "blank", "比每增加"),
        ("account-manager-kpi", "gap", "4-6次扣除2分"),
        ("account-manager-kpi", "misprint", "较弱"),
    ],
)
def test_what_the_source_gets_wrong_is_found_and_quoted(
    scheme_id: str, kind: str, phrase: str
) -> None:
    found = quotes(scheme_id)
    assert any(one == kind and phrase in words for one, words in found), found


@pytest.mark.parametrize("scheme_id", builtin_ids())
def test_every_built_in_scheme_is_checked_and_every_flaw_is_told_once(scheme_id: str) -> None:
    own = builtin_scheme(scheme_id)
    found = check_up(own, minimum_wage=Decimal(2000))
    assert found.flaws
    told = [(one.kind, one.message) for one in found.flaws]
    assert len(told) == len(set(told))
    assert all(one.message and one.title for one in found.flaws)
    assert not of(FlawKind.NAME, found)
    assert not of(FlawKind.UNUSED, found)
    warned = [one for one in own.ambiguities if one.warns]
    quoted = {one.phrase for one in found.flaws}
    assert all(one.phrase in quoted or one.flaw for one in warned)


def test_flaws_come_worst_first() -> None:
    found = check_up(builtin_scheme("account-manager-kpi")).flaws
    order = [list(Severity).index(one.severity) for one in found]
    assert order == sorted(order)
    found_up = check_up(builtin_scheme("account-manager-kpi"))
    assert [one.kind for one in found_up.of(Severity.ERROR)] == [FlawKind.POINTS]


# -- sums ---------------------------------------------------------------------------------------


def test_full_points_that_do_not_add_up_can_be_declared_as_they_are() -> None:
    own = scheme(leaf("甲", 60), leaf("乙", 25))
    flaw = only(FlawKind.POINTS, own)
    assert flaw.severity is Severity.ERROR
    assert "合计 85 分，表头写的是 100 分" in flaw.message
    assert flaw.fix == Declare(Decimal(85))
    assert not check_up(fixed(flaw, own)).flaws


def test_weights_that_do_not_add_up_can_be_scaled() -> None:
    own = replace(
        scheme(leaf("甲", 30), leaf("乙", 20), leaf("丙", 20)), aggregation=WeightedTree()
    )
    flaw = only(FlawKind.WEIGHTS, own)
    assert "合计为 70%，应为 100%" in flaw.message
    assert flaw.fix == Reweigh(
        (("甲", Decimal("42.86")), ("乙", Decimal("28.57")), ("丙", Decimal("28.57")))
    )
    assert fix_text(flaw.fix) == "改为：甲 42.86，乙 28.57，丙 28.57"
    assert not of(FlawKind.WEIGHTS, check_up(fixed(flaw, own)))


def test_leaves_that_do_not_add_to_their_dimension_can_be_scaled() -> None:
    inner = Indicator("业绩", Decimal(60), children=(leaf("甲", 20), leaf("乙", 30)))
    own = replace(scheme(inner, leaf("态度", 40)), aggregation=WeightedTree())
    flaw = only(FlawKind.WEIGHTS, own)
    assert flaw.name == "业绩"
    assert flaw.fix == Reweigh((("甲", Decimal(24)), ("乙", Decimal(36))))
    assert not of(FlawKind.WEIGHTS, check_up(fixed(flaw, own)))


def test_weights_of_nothing_have_no_proportions_to_scale() -> None:
    own = replace(scheme(leaf("甲", 0), leaf("乙", 0)), aggregation=WeightedTree())
    assert only(FlawKind.WEIGHTS, own).fix is None


def test_weights_that_count_for_nothing_are_no_flaw_of_sums() -> None:
    own = builtin_scheme("key-account-metrics")
    name = next(one.name for one in own.leaves() if own.may_weigh(one))
    chosen: dict[str, SettingValue] = {"weighting": "equal", f"weight.{name}": Decimal(30)}
    assert not of(FlawKind.WEIGHTS, check_up(own, chosen))


def test_scales_that_fit_each_other_are_no_contradiction() -> None:
    own = builtin_scheme("service-director-ten-point")
    rule = own.aggregation
    assert isinstance(rule, WeightedScaled)
    same = replace(rule, full=Decimal(50))
    without = replace(own, aggregation=same, grades=None, ambiguities=())
    assert not of(FlawKind.CONTRADICTION, check_up(without))


def test_weights_of_raters_are_left_to_the_company() -> None:
    own = builtin_scheme("director-annual")
    shares = {f"rater_weight.{who}": Decimal(30) for who in ("self", "peer", "superior")}
    [flaw] = of(FlawKind.WEIGHTS, check_up(own, shares))
    assert flaw.fix is None


# -- what can be reached ------------------------------------------------------------------------

LEVELS = LevelSelect((Level(Decimal(2), "一般"), Level(Decimal(8), "好")))


@pytest.mark.parametrize(
    ("rule", "best"),
    [
        (LEVELS, "8"),
        (Attainment(Ratio("actual", "plan"), cap=Decimal(80)), "8"),
        (ProportionalClamped(("actual",), Decimal(1), Decimal(7)), "7"),
        (
            StepDeviation(
                Ratio("actual", "plan"), Decimal(100), Step(Decimal(5)), Step(Decimal(5)),
                cap=Decimal(9),
            ),
            "9",
        ),
    ],
)  # fmt: skip
def test_full_points_that_no_rule_gives_are_named(rule: ScoringRule, best: str) -> None:
    own = replace(scheme(leaf("甲", 10, rule), leaf("乙", 90)), facts=TARGETS)
    flaw = only(FlawKind.UNREACHABLE, own)
    assert flaw.message == f"“甲”满分 10 分，按规则最多得 {best} 分"


def test_a_reading_can_make_full_points_unreachable() -> None:
    own = builtin_scheme("account-manager-kpi")
    found = check_up(own, {"knowledge_mode": "level_as_written", "growth_cap": Decimal(8)})
    names = {one.name for one in of(FlawKind.UNREACHABLE, found)}
    assert names == {"专业知识", "销售增长率"}
    mode = check_up(own, {"new_customer_mode": "from_zero"})
    assert not of(FlawKind.UNREACHABLE, mode)


def test_a_grade_that_nobody_can_get_is_named() -> None:
    own = replace(scheme(leaf("甲", 10, LEVELS), leaf("乙", 90)), grades=scale(0, 2, 99))
    top = of(FlawKind.UNREACHABLE, check_up(own))
    assert [one.name for one in top] == ["甲", "差", "好"]
    assert "最高等级“好”没有人能得到：总分最高 98 分，该等级从 99 分起" in top[2].message
    assert "等级“差”没有人能得到：总分最低 2 分，该等级从 0 分起，不足 2 分" in top[1].message


def test_grades_of_weighted_and_entered_totals() -> None:
    weighted = replace(
        scheme(leaf("甲", 50, LEVELS), leaf("乙", 50)),
        aggregation=WeightedTree(), grades=scale(0, 50, 90),
    )  # fmt: skip
    names = [one.name for one in of(FlawKind.UNREACHABLE, check_up(weighted))]
    assert names == ["甲", "好"]  # at most 8 × 50 % + 50
    entered = replace(
        scheme(), indicators=(), aggregation=EnteredTotal("final"), grades=scale(0, 60),
        facts=(FactSpec("final", "得分", "分"),),
    )  # fmt: skip
    assert not of(FlawKind.UNREACHABLE, check_up(entered))


def test_a_rule_with_a_lowest_score_lifts_the_lowest_total() -> None:
    rule = ProportionalClamped(("actual",), Decimal(5), Decimal(10))
    own = replace(scheme(leaf("甲", 10, rule), leaf("乙", 90)), grades=scale(0, 5), facts=TARGETS)
    [flaw] = of(FlawKind.UNREACHABLE, check_up(own))
    assert "总分最低 5 分" in flaw.message


def test_without_a_limit_or_a_weight_nothing_is_said_of_the_top_grade() -> None:
    endless = StepDeviation(
        Ratio("actual", "plan"), Decimal(100), Step(Decimal(5)), Step(Decimal(5)),
        floor=Decimal(5),
    )  # fmt: skip
    free = leaf("甲", 10, endless)
    for rule in (PointsSum(Decimal(100), Ref("normalise")), WeightedTree()):
        own = replace(
            scheme(free, leaf("乙", 90)), aggregation=rule, facts=TARGETS, grades=scale(0, 100)
        )
        assert not of(FlawKind.UNREACHABLE, check_up(own))
    blank = replace(
        scheme(Indicator("甲", rule=Manual()), leaf("乙", 90, Formula("满分"))),
        aggregation=WeightedTree(), grades=scale(0, 99),
    )  # fmt: skip
    assert not of(FlawKind.UNREACHABLE, check_up(blank))


# -- bands --------------------------------------------------------------------------------------


def test_printed_grades_with_gaps_and_overlaps_are_named() -> None:
    gaps = replace(SOUND, grades=scale(0, 60, 90, printed=("0-59分", "60-89分", "90-100分")))
    assert "89.5、59.5 分等不属于任何等级" in only(FlawKind.GAP, gaps).message
    overlaps = replace(SOUND, grades=scale(0, 60, 90, printed=("60以下", "60-90", "90-100")))
    flaw = only(FlawKind.OVERLAP, overlaps)
    assert flaw.severity is Severity.ERROR
    assert "90 分属于两个等级" in flaw.message
    clear = replace(SOUND, grades=scale(0, 60, printed=("0-60（不含）", "60-100")))
    assert not of(FlawKind.OVERLAP, check_up(clear))


def table(*ranges: tuple[int, int]) -> Scheme:
    rows = tuple(Range(Decimal(a), Decimal(b), Decimal(p)) for p, (a, b) in enumerate(ranges, 1))
    own = scheme(leaf("出勤", 100, Deduction((RangeTable("late", rows),))))
    return replace(own, facts=(FactSpec("late", "迟到", "次"),))


def test_tables_with_gaps_and_overlaps_are_named_and_tabulated() -> None:
    found = check_up(table((1, 3), (5, 6)))
    assert [one.message for one in of(FlawKind.GAP, found)] == [
        "“出勤”的分段有空档：3 与 5 之间没有规定",
        "“出勤”超过 6 的没有规定",
    ]
    [line] = found.lines
    assert [(one.value, one.applies) for one in line.points] == [
        ("0 次", "不扣分"), ("1 次", "扣 1 分"), ("2 次", "扣 1 分"), ("3 次", "扣 1 分"),
        ("4 次", "没有规定"), ("5 次", "扣 2 分"), ("6 次", "扣 2 分"), ("7 次", "没有规定"),
    ]  # fmt: skip
    double = check_up(table((1, 3), (3, 6)))
    assert "3 同时属于两段" in of(FlawKind.OVERLAP, double)[0].message
    assert ("3 次", "扣 1 分、扣 2 分") in [
        (one.value, one.applies) for one in double.lines[0].points
    ]


def test_a_number_line_shows_the_points_beside_every_bound_of_attainment() -> None:
    own = builtin_scheme("account-manager-kpi")
    line = next(one for one in check_up(own).lines if one.title == "销售完成率：完成率")
    points = {one.value: one.applies for one in line.points}
    assert points["94.99%"] == "24 分"
    assert points["95%"] == "24 分"
    assert points["95.01%"] == "25 分"
    assert points["105%"] == "26 分"
    plain = replace(scheme(leaf("甲", 100, ATTAINED)), facts=TARGETS)
    [line] = check_up(plain).lines
    assert ("100.01%", "100 分") in [(one.value, one.applies) for one in line.points]


def test_a_number_line_of_grades_follows_the_reading_of_the_gaps() -> None:
    own = builtin_scheme("key-account-director")
    [line] = check_up(own, {"gap_policy": "round_integer"}).lines
    points = {one.value: one.applies for one in line.points}
    assert points["89.49 分"] == "良好"
    assert points["89.5 分"] == "优秀"
    below = replace(SOUND, grades=scale(10, 60))
    [other] = check_up(below).lines
    assert other.points[0].applies == "没有等级"


def test_attainment_that_cannot_be_tried_has_no_number_line() -> None:
    counted = (replace(TARGETS[0], name="plan"), FactSpec("actual", "实际", "元", optional=True))
    rated = replace(scheme(leaf("甲", 100, replace(ATTAINED, method="rated"))), facts=counted)
    assert check_up(rated).lines == ()
    made = Metric("rate", "比率", Proportion("actual", "plan"), indicator="甲")
    by_metric = replace(
        scheme(leaf("甲", 100, Attainment(Ratio("rate", "plan")))), facts=TARGETS, metrics=(made,)
    )
    assert check_up(by_metric).lines == ()


# -- names --------------------------------------------------------------------------------------


def test_unknown_names_are_errors_with_the_near_one() -> None:
    own = replace(
        scheme(leaf("甲", 100, ATTAINED, clause="R9")),
        aggregation=PointsSum(Decimal(100), Ref("normalize")),
        facts=(FactSpec("plans", "计划", "元"), FactSpec("actual", "实际", "元", roles=("saler",))),
        rules=(SourceRule("R01", "", ""),),
        events=(EventKind("got", "到账", (EventField("amount", "金额"),), ("actuals",), "amount"),),
        pay=(
            FixedReimbursement("x", "话费", (RoleAmount("driver", Decimal(1)),)),
            PayTotal("y", "合计", (PayLine("x", ("seller",)),)),
        ),
    )
    messages = [one.message for one in of(FlawKind.NAME, check_up(own))]
    assert messages == [
        "参数“normalize”不存在，是不是“normalise”？",
        "“甲”用到的数据项“plan”不存在，是不是“plans”？",
        "角色“saler”不存在，是不是“seller”？",
        "角色“driver”不存在，请先定义或改正名称",
        "“到账”汇总到的数据项“actuals”不存在，是不是“actual”？",
        "“甲”引用的条款“R9”不存在，请先定义或改正名称",
    ]


def test_a_parameter_that_chooses_nothing_is_an_error() -> None:
    own = builtin_scheme("key-account-weighted")
    kinds = {ParameterKind.CHOICE, ParameterKind.FLAG}
    blank = [replace(one, default=None) if one.kind in kinds else one for one in own.parameters]
    messages = [
        one.message for one in of(FlawKind.NAME, check_up(replace(own, parameters=tuple(blank))))
    ]
    assert len(messages) > 1
    assert all("没有默认的选项" in one for one in messages)


def test_an_indicator_that_supports_nothing_there_is_an_error() -> None:
    lost = replace(leaf("乙", 0, ATTAINED), supports="丙")
    own = scheme(leaf("甲", 100, ATTAINED), lost)
    assert [one.message for one in of(FlawKind.NAME, check_up(own))][-1] == (
        "“乙”所支持的指标“丙”不存在，请先定义或改正名称"
    )


def test_unused_names_can_be_dropped() -> None:
    spare = Parameter("spare", "备用", ParameterKind.NUMBER, "", Decimal(1))
    own = replace(
        scheme(leaf("甲", 100, Formula("最小(实际 × 比例, 满分)"))),
        facts=(FactSpec("actual", "实际", "分"), FactSpec("other", "其他", "元")),
        parameters=(NORMALISE, spare, replace(spare, name="rate", label="比例")),
    )
    fact, parameter = of(FlawKind.UNUSED, check_up(own))
    assert fact.fix == Drop("other", "其他")
    assert parameter.fix == Drop("spare", "备用")
    assert fact.severity is Severity.HINT
    clean = fixed(parameter, fixed(fact, own))
    assert check_up(clean).flaws == ()


def test_blank_parameters_are_named_until_they_are_filled() -> None:
    blank = Parameter("rate", "提成率", ParameterKind.NUMBER, "公司填写", unit="%")
    said = Ambiguity("A001", "按比例提成", "比例没有规定。", "由公司填写。", ("rate",), warns=True)
    clause = replace(said, flaw=FlawKind.BLANK)
    own = replace(
        SOUND, parameters=(NORMALISE, blank), ambiguities=(clause,),
        pay=(FormulaPay("x", "提成", "100元 × 提成率"),),
    )  # fmt: skip
    flaw = only(FlawKind.BLANK, own)
    assert (flaw.clause, flaw.phrase) == ("A001", "按比例提成")
    filled = mended(own, Choose("rate", "提成率", Decimal(5), " 5%"))
    assert [one.clause for one in of(FlawKind.BLANK, check_up(filled))] == ["A001"]
    assert fix_text(Choose("rate", "提成率", Decimal(5), " 5%")) == "把参数“提成率”定为 5%"


# -- words --------------------------------------------------------------------------------------


def test_days_that_do_not_exist_are_found_in_every_text() -> None:
    own = replace(
        SOUND,
        rules=(SourceRule("R01", "", "2010年3月1日—2011年2月30日"),),
        contract=(
            ContractSection(
                Slot.PURPOSE, "目的",
                (ContractItem("2011年2月30日止", "R01"), ContractItem("自 2023-13-01 起", "")),
            ),
        ),
        indicators=(replace(leaf("甲", 60), definition="到 2023.4.31"), leaf("乙", 40)),
    )  # fmt: skip
    found = of(FlawKind.IMPOSSIBLE_DATE, check_up(own))
    assert [(one.clause, one.name) for one in found] == [
        ("R01", "2011年2月30日"),
        ("", "2023-13-01"),
        ("", "2023.4.31"),
    ]
    assert "该月最后一天是 2011-02-28" in found[0].message


def test_a_clause_of_several_readings_is_a_warning_only_where_results_rest_on_it() -> None:
    quiet = Ambiguity("A001", "每月", "自然月还是计薪月。", "自然月。")
    loud = replace(quiet, id="A002", warns=True, parameters=("normalise", "gone"))
    found = check_up(replace(SOUND, ambiguities=(quiet, loud))).flaws
    assert [(one.clause, one.severity) for one in found] == [
        ("A002", Severity.WARNING),
        ("A001", Severity.HINT),
    ]
    assert found[0].message == "自然月还是计薪月。默认理解：自然月。可用参数“折算百分制”改选。"


# -- formulas -----------------------------------------------------------------------------------

BASE = FactSpec("base", "基本工资", "元", grains=(Grain.MONTH,))


def paying(*rules: tuple[str, str, str]) -> Scheme:
    return replace(
        SOUND,
        facts=(BASE,),
        pay=tuple(FormulaPay(name, label, text, clause="R01") for name, label, text in rules),
        rules=(SourceRule("R01", "", "工资的条款"),),
    )


def test_a_misspelt_name_in_a_formula_can_be_put_right() -> None:
    own = paying(("x", "工资", "基本公资 × 80%"))
    flaw = only(FlawKind.FORMULA, own)
    assert "“工资”的公式第 1 个字：没有名为“基本公资”的数据、参数或结果" in flaw.message
    assert flaw.fix == Reword("x", "基本工资 × 80%")
    assert flaw.phrase == "基本公资 × 80%"
    assert check_up(fixed(flaw, own)).flaws == ()
    beside = paying(("y", "其他", "基本工资"), ("x", "工资", "基本公资 × 80%"))
    assert check_up(fixed(only(FlawKind.FORMULA, beside), beside)).flaws == ()


def test_a_misspelt_name_in_a_score_can_be_put_right() -> None:
    inner = Indicator("业绩", Decimal(60), children=(leaf("甲", 60, Formula("满 分")),))
    own = scheme(inner, leaf("乙", 40, Formula("“甲得 分”")))
    first, second = of(FlawKind.FORMULA, check_up(own))
    assert first.fix is None  # two names beside each other: no way to tell what was meant
    assert second.fix is None  # in quotes it was meant as it stands
    wrong = scheme(inner, leaf("乙", 40, Formula("甲德分")))
    flaw = of(FlawKind.FORMULA, check_up(wrong))[1]
    assert flaw.fix == Reword("score.乙", "甲得分")
    repaired = fixed(flaw, wrong)
    assert [one.name for one in of(FlawKind.FORMULA, check_up(repaired))] == ["score.甲"]
    strange = scheme(leaf("甲", 100, Formula("完全不认识")))
    assert only(FlawKind.FORMULA, strange).fix is None


def test_formulas_that_need_each_other_are_a_circle() -> None:
    own = paying(("x", "甲", "乙 + 1元"), ("y", "乙", "丙 × 2"), ("z", "丙", "甲 − 1元"))
    circles = of(FlawKind.NAME_CYCLE, check_up(own))
    assert [one.message for one in circles] == [
        "公式互相引用，算不出来：“甲” → “乙” → “丙” → “甲”",
        "公式互相引用，算不出来：“乙” → “丙” → “甲” → “乙”",
        "公式互相引用，算不出来：“丙” → “甲” → “乙” → “丙”",
    ]
    itself = paying(("x", "甲", "甲 + 1元"))
    assert only(FlawKind.NAME_CYCLE, itself).message.endswith("“甲” → “甲”")
    assert not of(FlawKind.FORMULA, check_up(own))


def test_formulas_in_the_wrong_order_can_be_put_in_order() -> None:
    own = paying(("x", "工资", "提成 + 基本工资"), ("y", "提成", "基本工资 × 5%"))
    flaw = only(FlawKind.FORMULA, own)
    assert "“工资”的公式第 1 个字：“提成”在它之后才算出" in flaw.message
    assert flaw.fix == Reorder((1, 0))
    assert check_up(fixed(flaw, own)).flaws == ()


def test_an_order_is_not_offered_where_none_helps() -> None:
    tangled = paying(
        ("a", "头", "甲 + 1元"), ("x", "甲", "乙 + 1元"), ("y", "乙", "甲 + 1元")
    )  # fmt: skip
    [flaw] = of(FlawKind.FORMULA, check_up(tangled))
    assert flaw.fix is None
    scores = scheme(leaf("甲", 50, Formula("乙得分")), leaf("乙", 50))
    late = only(FlawKind.FORMULA, scores)
    assert "“乙得分”在它之后才算出" in late.message
    assert late.fix is None


def test_figures_of_earlier_periods_can_be_asked_for() -> None:
    own = paying(("x", "增长", "基本工资 − 上期(基本工资) − 去年同期(基本工资) − 上期(总分 × 1)"))
    before, last_year = of(FlawKind.GAP, check_up(own))
    assert before.fix == AskForBase("base", "基本工资", before=True)
    assert last_year.fix == AskForBase("base", "基本工资", last_year=True)
    assert check_up(fixed(last_year, fixed(before, own))).flaws == ()


def test_a_formula_that_cannot_be_read_is_said_once() -> None:
    own = paying(("x", "工资", "基本工资 ×"))
    assert "后面应有数字或名称" in only(FlawKind.FORMULA, own).message


# -- pay ----------------------------------------------------------------------------------------


def wage_of(own: Scheme, minimum: int = 2000) -> list[str]:
    found = check_up(own, minimum_wage=Decimal(minimum))
    return [one.message for one in of(FlawKind.WAGE, found)]


@pytest.mark.parametrize(
    ("text", "falls"),
    [
        ("基本工资 − 50元", True),
        ("最大(基本工资 − 50元, 1999)", True),
        ("最大(基本工资 − 50元, 2000)", False),
        ("基本工资 × 如果(1 > 2, 1 − 50%, 1)", True),
        ("最大(基本工资, 基本工资 − 50元)", True),
        ("基本工资 + 50元", False),
        ("基本工资 −", False),  # what cannot be read is said elsewhere
    ],
)
def test_a_formula_that_takes_off_needs_a_floor_at_the_minimum_wage(text: str, falls: bool) -> None:  # noqa: FBT001 - a column of the table
    assert bool(wage_of(paying(("x", "工资", text)))) is falls


def test_figures_that_are_no_wage_are_left_alone() -> None:
    own = replace(
        SOUND,
        facts=(BASE,),
        pay=(
            FormulaPay("k", "系数", "1 − 10%", unit=""),
            FormulaPay("t", "团队", "100元 − 1元", of_team=True),
        ),
    )
    assert wage_of(own) == []
    assert not of(FlawKind.WAGE, check_up(own))


def parts(*shares: tuple[str, str]) -> Scheme:
    rows = tuple(
        WagePart(f"s{place}", f"部分{place}", Decimal(share), coefficient)
        for place, (share, coefficient) in enumerate(shares)
    )
    split = ComponentSplit("wage", "工资", "base", rows)
    facts = (BASE, FactSpec("k", "系数", "", grains=(Grain.MONTH,)))
    return replace(SOUND, facts=facts, pay=(split,))


def test_wage_parts_by_coefficient_can_shrink_to_nothing() -> None:
    [some] = wage_of(parts(("0.6", ""), ("0.4", "k")))
    assert "考核系数为零时只发 60%：基本月薪不足 3,333.33 元的" in some
    [all_] = wage_of(parts(("1", "k")))
    assert "没有工资" in all_


@pytest.mark.parametrize(
    ("scheme_id", "settings", "says"),
    [
        ("client-department", {}, ["只发 80%：基本工资不足 2,500 元", "遇退款时扣回"]),
        (
            "client-department",
            {"unmet_base_rate": Decimal(0), "negative_commission": "carry"},
            ["未完成任务时不发基本工资"],
        ),
        (
            "client-department",
            {"unmet_base_rate": Decimal(1), "negative_commission": "floor_zero"},
            [],
        ),
        ("key-account-sales-bonus", {}, ["扣发固定工资 600 元"]),
        ("key-account-sales-bonus", {"fixed_wage_deduction": Decimal(0)}, []),
        ("bank-account-manager", {}, ["按下降的百分点扣款", "按下降的百分点扣款"]),
    ],
)
def test_rules_of_the_source_that_can_push_pay_below_the_minimum_wage(
    scheme_id: str, settings: dict[str, Decimal | str], says: list[str]
) -> None:
    found = check_up(builtin_scheme(scheme_id), settings, minimum_wage=Decimal(2000))
    messages = [one.message for one in of(FlawKind.WAGE, found)]
    assert len(messages) == len(says)
    assert all(part in message for part, message in zip(says, messages, strict=True))


def test_a_fix_for_another_way_of_adding_up_changes_nothing() -> None:
    own = replace(SOUND, aggregation=WeightedTree())
    assert mended(own, Declare(Decimal(85))) == own
