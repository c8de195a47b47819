"""The quarterly rule over a base quota as the contract states it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpidesk.core.clauses import Prose
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.builtin import builtin_scheme

SCHEME = builtin_scheme("key-account-sales-bonus")


def said(**chosen: SettingValue) -> str:
    return "\n".join(Prose(SCHEME, chosen).pay())


def test_the_printed_rule_is_stated_whole() -> None:
    text = said()
    for words in (
        "任务基数 = 当季目标 × 50%",
        "产品和实施按回款税后净额、二次开发按毛利计入，维护和培训收入不计入",
        "新入职的大客户部成员，入职日期所在的季度不承担任务",
        "X 小于任务基数的，不发当季浮动工资，不计提奖金，扣发当季固定工资 600 元",
        "余额加任务基数、以目标为限，按 4% 计提当季奖金",
        "X 不小于目标的，发放当季浮动工资",
        "补足一季，补发一季：按该季度的任务基数 × 4% 补发奖金；浮动工资和扣发的固定工资不补发",
        "X 超出目标达到 300,000 元及以上的，同样处理；跨年照转",
        "实施、维护和培训按税后净收入的 6% 计提奖金",
        "差额从该项目的软件款中划拨，划拨部分按 4% 计提",
        "实际奖金 = 计提奖金 ×（80% + 20% × KPI奖金系数）",
        "部门完成率：各人实际完成额之和 ÷ 部门收入目标 × 100%，只作报告",
    ):
        assert words in text


def test_every_sentence_is_finished() -> None:
    assert all(one.endswith("。") for one in Prose(SCHEME, {}).pay())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("base_ratio", Decimal("0.7"), "当季目标 × 70%"),
        ("sales_rate", Decimal("0.05"), "按 5% 计提当季奖金"),
        ("service_rate", Decimal("0.08"), "净收入的 8% 计提"),
        ("fixed_share", Decimal("0.7"), "（70% + 20% × KPI奖金系数）"),
        ("fixed_wage_deduction", Decimal(500), "扣发当季固定工资 500 元"),
        ("excess_limit", Decimal(200000), "达到 200,000 元及以上"),
        ("at_base", "unmet", "X 不大于任务基数的"),
        ("at_target", "unmet", "X 大于目标的"),
        ("limit_on", "absolute", "；X 达到 300,000 元"),
        ("above_limit", "pay_now", "全部在当季计提，不转入下季"),
        ("above_limit", "manual", "300,000 元及以上的，由公司决定"),
        ("above_target_with_shortfall", "manual", "X 超出目标而以前季度尚有差额的，由公司决定"),
        ("variable_pay_test", "after_make_up", "X 减去补足以前季度差额之后不小于目标的"),
        ("carried_counts", False, "（比较、补足差额时不含转入的超额）"),
        ("repay_order", "newest_first", "先补最近的季度"),
        ("repay_order", "pro_rata", "按各季差额的比例补"),
        ("release", "all", "全部补足后一起补发"),
        ("back_pay_base", "shortfall", "按补进去的差额 × 4% 补发"),
        ("repay_variable_pay", True, "并补发该季度的浮动工资"),
        ("repay_deduction", True, "并退还该季度扣发的固定工资"),
        ("back_pay_coefficient", "origin_quarter", "补发的奖金用原季度的系数"),
        ("kpi_applies_to", "sales", "按销售比例计提的奖金 ×（80% + 20% × KPI奖金系数） + 服务奖金"),
        ("implementation_pay", "both_rates", "实施收入同时按 4% 计提"),
        ("implementation_pay", "outside_task", "实施、维护和培训收入不计入"),
        ("service_needs_base", True, "低于任务基数的季度不计提"),
        ("service_net", "after_cost", "税后并扣除成本的净收入"),
        ("tax_method", "percent_off", "含税金额 ×（1 − 税率）"),
        ("split_of", "bonus", "任务归负责人（名单第一位），奖金按贡献度分配"),
        ("crm_cutoff", "settlement_date", "项目最迟在当季最后一天已登记CRM"),
        ("negative_margin", "floor_zero", "二次开发亏损的，毛利按零计入"),
        ("free_quarter", "calendar_first_quarter", "入职日期所在的季度是第一季度的，该季度不承担"),
        ("free_quarter_start", "first_full_quarter", "入职后第一个完整的季度不承担任务"),
        ("free_quarter_pay", "zero_target", "目标视为零，全部完成额转入下季"),
        ("free_quarter_variable_pay", False, "不转入下季，不发浮动工资"),
        ("year_end_shortfall", "clear", "下一年开始时作废"),
        ("year_end_excess", "settle", "第四季度的超额当季计提"),
        ("year_end_excess", "lapse", "第四季度的超额作废"),
    ],
)
def test_what_the_company_chose_is_what_the_contract_says(
    name: str, value: SettingValue, words: str
) -> None:
    assert words in said(**{name: value})
    assert words not in said()
