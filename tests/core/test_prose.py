"""A scheme in words: each rule says its numbers, and what the company chose instead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kpidesk.core.aggregation import WeightedScaled, WeightedTree
from kpidesk.core.clauses import Prose
from kpidesk.core.computed import what_is_computed
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Absence, Ratio
from kpidesk.core.paying.prose import pay_label
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Role, Scheme
from kpidesk.core.scoring.rules import (
    Attainment,
    Deduction,
    Direction,
    Formula,
    PerUnit,
    ScoringRule,
    Steps,
)
from kpidesk.core.settings import NONE, SettingValue
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme

MANAGER = "account-manager-kpi"
GROWTH = "service-director-growth"
TEN = "service-director-ten-point"
WEIGHTED = "key-account-weighted"
CLIENT = "client-department"
MARKETING = "marketing-director"


def said(scheme: str | Scheme, settings: dict[str, SettingValue] | None = None) -> str:
    """Everything that is said of a scheme's scores, total, grades and pay."""
    found = builtin_scheme(scheme) if isinstance(scheme, str) else scheme
    prose = Prose(found, settings or {})
    lines = [text for leaf in found.leaves() for text in prose.rule(leaf)]
    lines += [f"{one.grade}：{one.reading}" for one in prose.grades()]
    return "\n".join((*lines, *prose.aggregation(), *prose.raters(), *prose.pay()))


@pytest.mark.parametrize(
    ("scheme", "name", "value", "words"),
    [
        (MANAGER, "completion_step", Decimal(4), "每低 4 个百分点扣 1 分"),
        (MANAGER, "completion_step", Decimal(4), "每高 4 个百分点加 1 分"),
        (MANAGER, "completion_floor", Decimal(5), "最低 5 分"),
        (MANAGER, "completion_cap", Decimal(30), "加 1 分，最高 30 分"),
        (MANAGER, "completion_steps", "up", "不足一档按一档计。"),
        (MANAGER, "completion_steps", "proportional", "不足一档按比例计。"),
        (MANAGER, "growth_step", Decimal(20), "比上季每增加 20 万元加 1 分"),
        (MANAGER, "growth_start", Decimal(2), "从 2 分起计"),
        (MANAGER, "growth_cap", NONE, "负增长不扣分，加分不设上限"),
        (MANAGER, "growth_steps", "up", "不足一档按一档计；负增长不扣分"),
        (MANAGER, "new_customer_down_step", Decimal(3), "每低于计划满 3 户扣 1 分"),
        (MANAGER, "new_customer_cap", Decimal(8), "最低 0 分，最高 8 分"),
        (MANAGER, "new_customer_mode", "from_zero", "每新增 1 户得 1 分，最高 5 分"),
        (MANAGER, "knowledge_mode", "level_as_written", "取达到的各项中分数最高的一项"),
        (MANAGER, "knowledge_mode", "level_reversed", "4 分：掌握熟练的业务知识"),
        (MANAGER, "rest_days", Decimal(8), "应出勤天数 = 本月总天数 − 8 天"),
        (MANAGER, "missing_days", "proportional", "每少一天扣 1 分，半天按比例扣"),
        (MANAGER, "late_over_6", "next_tier", "超过 6 次再加扣一档"),
        (MANAGER, "late_over_6", "zero", "超过 6 次本项得 0 分"),
        (MANAGER, "normalise", True, "折算百分制：总分 ÷ 85 × 100"),
        (GROWTH, "satisfaction_growth_target", Decimal(3), "增长率达到 3%，得 100 分"),
        (GROWTH, "growth_base", "same_period_last_year", "比去年同期的增长率"),
        (GROWTH, "team_decay", "all_or_nothing", "有不符合要求的，得 0 分"),
        (GROWTH, "rollup", "last", "年度总分为最后一个季度的总分"),
        (GROWTH, "gap_policy", "round_integer", "70 分及以上，不足 90 分（先四舍五入到整数）"),
        (TEN, "grade_scale", "fifty", "等级按满分 50 分的绩效得分评定"),
        (TEN, "grade_scale", "raw", "等级按评定得分评定"),
        (TEN, "advice_threshold", Decimal("6.5"), "单项得分低于 6.5 分的，给出改进建议"),
        (WEIGHTED, "attainment_cap", Decimal(120), "按 0%～120% 计"),
        (WEIGHTED, "attainment_cap", NONE, "最低按 0% 计，不设上限"),
        (WEIGHTED, "method.客户满意度", "measured", "完成率 = 客户满意度实际 ÷ 客户满意度目标"),
        (
            "key-account-metrics",
            "attainment_cap",
            Decimal(90),
            "平均解决时间 × 100%，最高按 90% 计",
        ),
        ("auto-service-director", "method_weight.exam", Decimal(30), "合成：笔试 30%，模拟演练"),
        ("director-annual", "rollup", "mean", "年度总分为四个季度总分的平均"),
        ("bank-account-manager", "management_combine", "lower", "取较低的比例"),
        (MARKETING, "base_share", Decimal("0.5"), "基本工资 50%，效益工资 30%"),
        (MARKETING, "coefficient_cap", Decimal("1.2"), "考核系数最高为 1.2"),
        (MARKETING, "target_split", "even", "元按月平均分解，各月之和等于全年目标"),
        (MARKETING, "due_shift", "before", "遇休息日提前到前一个工作日"),
        (MARKETING, "due_shift", "after", "遇休息日顺延到后一个工作日"),
        (CLIENT, "annual_target", Decimal(9000000), "全年目标 9,000,000 元分解到各月"),
        (CLIENT, "target_split", "even", "平均分解到每位客户经理，再按月平均分解"),
        (CLIENT, "headcount", Decimal(6), "固定客户经理 6 人"),
        (CLIENT, "phone_allowance_director", Decimal(350), "客户总监每月 350 元"),
        (CLIENT, "expense_budget", Decimal(20000), "20000"),
    ],
)
def test_what_the_company_chose_is_what_the_scheme_says(
    scheme: str, name: str, value: SettingValue, words: str
) -> None:
    assert words in said(scheme, {name: value})
    assert words not in said(scheme)


@pytest.mark.parametrize(
    ("scheme", "settings", "words"),
    [
        (
            MANAGER,
            {"new_customer_mode": "from_zero", "new_customer_cap": Decimal(3)},
            "每新增 1 户得 1 分，最高 3 分",
        ),
        (
            GROWTH,
            {
                "decay": "step",
                "decay_step": Decimal(2),
                "decay_points": Decimal(5),
                "decay_step_mode": "up",
            },
            "每低 2 个百分点扣 5 分，不足一档按一档计，扣完为止",
        ),
        (
            "director-annual",
            {
                "rollup": "mix",
                "rollup_weight.year_end": Decimal(60),
                "rollup_weight.quarter": Decimal(10),
            },
            "年度总分 = 年终总评 × 60% + 各季度总分 × 10%",
        ),
    ],
)
def test_choices_that_belong_together_are_said_together(
    scheme: str, settings: dict[str, SettingValue], words: str
) -> None:
    assert words in said(scheme, settings)


@pytest.mark.parametrize("name", builtin_ids())
def test_every_sentence_of_pay_and_total_is_finished(name: str) -> None:
    prose = Prose(builtin_scheme(name), {})
    assert all(one.endswith("。") for one in (*prose.aggregation(), *prose.pay()))


def scheme_of(rule: ScoringRule, **more: object) -> Scheme:
    """A scheme of one indicator by a rule."""
    made = Scheme(
        "trial",
        1,
        "试",
        "试责任书",
        "1",
        (Role("director", "总监"),),
        Grain.YEAR,
        WeightedTree(),
        (Indicator("甲", Decimal(100), rule=rule),),
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (Steps.WHOLE, "每少一天扣 2 分，满一天才扣"),
        (Steps.UP, "每少一天扣 2 分，不足一天按一天扣"),
        (Steps.PROPORTIONAL, "每少一天扣 2 分，半天按比例扣"),
    ],
)
def test_a_part_of_a_missing_day_counts_as_said(steps: Steps, words: str) -> None:
    rule = Deduction((PerUnit(Absence("days_present"), Decimal(2), steps),))
    assert words in said(scheme_of(rule))


def test_a_formula_is_said_as_it_was_written() -> None:
    words = "得分 = 销售额 ÷ 目标 × 100，满分 100 分。"
    assert said(scheme_of(Formula("销售额 ÷ 目标 × 100"))).startswith(words)


def test_a_mix_whose_shares_the_scheme_does_not_name_has_blanks() -> None:
    scheme = scheme_of(Formula("1"), aggregation=WeightedTree(rollup="mix"), stages=Grain.QUARTER)
    assert "年终总评 × ＿＿＿＿% + 各季度总分 × ＿＿＿＿%" in said(scheme)


def test_a_scale_without_advice_says_nothing_about_advice() -> None:
    rule = WeightedScaled(Decimal(10), Decimal(50))
    text = said(scheme_of(Formula("1"), aggregation=rule))
    assert "绩效得分 = 评定得分 × 5，满分 50 分" in text
    assert "改进建议" not in text


def test_a_fact_that_the_scheme_does_not_describe_is_called_by_its_name() -> None:
    rule = Attainment(Ratio("actual.甲", "target.甲"))
    assert "完成率 = actual.甲 ÷ target.甲" in said(scheme_of(rule))


def test_less_is_better_without_a_cap_below_100_says_none() -> None:
    rule = Attainment(Ratio("a", "b"), cap=Decimal(100), direction=Direction.DOWN)
    assert "否则完成率 = b ÷ a × 100%。" in said(scheme_of(rule))


def test_a_dimension_has_no_rule_to_say() -> None:
    scheme = builtin_scheme("director-annual")
    root = scheme.indicators[0]
    assert root.children
    assert Prose(scheme, {}).rule(root) == ()


@pytest.mark.parametrize(
    ("scheme", "leaf", "worth", "title"),
    [
        (MANAGER, "销售完成率", "25分", "满分"),
        (WEIGHTED, "销售额", "30%", "权重"),
        ("client-director", "客户满意度", "＿＿＿＿%", "权重"),
        ("dealership-director", "退货率", "参考", "权重"),
        ("key-account-indicator-library", "商务谈判技巧", "", ""),
    ],
)
def test_the_worth_of_an_indicator_is_said_as_the_scheme_counts(
    scheme: str, leaf: str, worth: str, title: str
) -> None:
    found = builtin_scheme(scheme)
    indicator = next(one for one in found.leaves() if one.name == leaf)
    prose = Prose(found, {})
    assert (prose.worth(indicator), prose.worth_title) == (worth, title)


@pytest.mark.parametrize(
    ("scheme", "parts"),
    [
        (MANAGER, "指标得分、总分"),
        (TEN, "指标得分、总分、等级"),
        (WEIGHTED, "指标数值、指标得分、总分"),
        ("client-director", "指标数值、指标得分、总分（须先填写权重）"),
        ("key-account-director", "总分（填写得分）、等级"),
        ("bank-account-manager", "指标得分、薪酬"),
        ("sales-director", "不能计算（原文缺失）"),
    ],
)
def test_a_list_says_what_a_scheme_can_compute(scheme: str, parts: str) -> None:
    assert what_is_computed(builtin_scheme(scheme)) == parts


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            FormulaPay("a", "奖金", "甲 × 2", roles=("director",)),
            "总监每月奖金（元） = 甲 × 2，四舍五入保留 2 位小数。",
        ),
        (
            FormulaPay("a", "奖池", "甲", grain=Grain.CYCLE, of_team=True, places=0),
            "全组全周期奖池（元） = 甲，四舍五入到整数。",
        ),
        (
            FormulaPay("a", "系数", "甲", grain=Grain.QUARTER, unit="", places=4),
            "每季度系数 = 甲，四舍五入保留 4 位小数。",
        ),
    ],
)
def test_a_formula_of_pay_says_whom_how_often_and_how_it_is_rounded(
    rule: FormulaPay, words: str
) -> None:
    assert said(scheme_of(Formula("1"), pay=(rule,))).endswith(words)


@pytest.mark.parametrize(
    ("scheme", "result", "label"),
    [
        ("bank-account-manager", "pay.存款日均增量", "存款日均增量"),
        (MARKETING, "monthly_pay", "月度工资"),
        (CLIENT, "phone_allowance", "通信费"),
        (CLIENT, "nothing", "nothing"),
    ],
)
def test_a_result_of_pay_is_called_as_its_rule_calls_it(
    scheme: str, result: str, label: str
) -> None:
    assert pay_label(builtin_scheme(scheme).pay, result) == label


def test_a_clause_of_the_contract_says_the_numbers_that_the_company_filled_in() -> None:
    scheme = builtin_scheme("service-director-growth")
    goals = next(one for one in scheme.contract if one.heading == "目标设定").items
    blank, filled = Prose(scheme, {}), Prose(scheme, {"satisfaction_growth_target": Decimal(5)})
    assert filled.item(goals[0]) == "提升客户满意度，达到 5% 的增长。"
    assert blank.item(goals[0]) == "提升客户满意度，达到 ＿＿＿＿% 的增长。"
    assert blank.item(goals[1]).startswith("实施客户关怀计划")


def test_a_cycle_no_longer_than_a_stage_promises_no_rolled_up_year() -> None:
    scheme = builtin_scheme("auto-service-director")
    half, year = Prose(scheme, {}), Prose(scheme, {"cycle_length": "year"})
    assert not any("平均" in one for one in half.aggregation())
    last = Prose(scheme, {"cycle_length": "year", "rollup": "last"})
    assert any("平均" in one for one in year.aggregation())
    assert any("年度总分为最后一个半年的总分" in one for one in last.aggregation())


def test_scores_by_rater_are_mixed_only_where_a_share_was_set() -> None:
    scheme = builtin_scheme("auto-service-director")
    assert not Prose(scheme, {}).mixes_raters
    assert Prose(scheme, {"method_weight.exam": Decimal(100)}).mixes_raters
