"""The quarterly rule over a base quota in Chinese prose, as one company settled its open points."""

from __future__ import annotations

from collections.abc import Iterator

from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.words import Words


def state_quarters(rule: QuarterlyBaseTarget, words: Words) -> Iterator[str]:
    """The clause for the contract, a sentence or two for each step."""
    base = words.percent(rule.base_ratio)
    counts = "" if words.flag(rule.tests.carried_counts) else "（比较、补足差额时不含转入的超额）"
    yield f"按自然季度考核。任务基数 = 当季目标 × {base}；任务基数另有约定的，从约定。"
    yield f"当季完成额 X = 当季实际完成额 + 上季转入的超额{counts}。{_income(rule, words)}"
    if rule.free.roles:
        yield _free(rule, words)
    yield from _branches(rule, words)
    yield from _make_up(rule, words)
    yield _excess(rule, words)
    yield from _services(rule, words)
    yield _factor(rule, words)
    yield from _lines(rule, words)


def _income(rule: QuarterlyBaseTarget, words: Words) -> str:
    outside = words.word(rule.bonus.implementation) == "outside_task"
    counted, apart = ("产品", "实施、维护和培训") if outside else ("产品和实施", "维护和培训")
    return f"{counted}按回款税后净额、二次开发按毛利计入，{apart}收入不计入。"


def _free(rule: QuarterlyBaseTarget, words: Words) -> str:
    who = "、".join(words.role(one) for one in rule.free.roles)
    full = words.word(rule.free.start) == "first_full_quarter"
    which = "入职后第一个完整的季度" if full else "入职日期所在的季度"
    if words.word(rule.free.which) == "calendar_first_quarter":
        which += "是第一季度的，该季度"
    if words.word(rule.free.pay) == "all_actual":
        pay = "不与基数和目标比较，全部完成额计提奖金，不转入下季"
    else:
        pay = "目标视为零，全部完成额转入下季"
    wage = "发放浮动工资" if words.flag(rule.free.variable_pay) else "不发浮动工资"
    return f"新入职的{who}，{which}不承担任务：{pay}，{wage}。"


def _branches(rule: QuarterlyBaseTarget, words: Words) -> Iterator[str]:
    rate, deduction = words.percent(rule.bonus.sales_rate), words.amount(rule.deduction)
    below = "小于" if words.word(rule.tests.at_base) == "met" else "不大于"
    reached = "不小于" if words.word(rule.tests.at_target) == "met" else "大于"
    compared = "X "
    if words.word(rule.tests.variable_pay) == "after_make_up":
        compared = "X 减去补足以前季度差额之后"
    yield (
        f"X {below}任务基数的，不发当季浮动工资，不计提奖金，扣发当季固定工资 {deduction} 元；"
        "任务基数与 X 的差额由以后季度补足。"
    )
    yield (
        f"达到任务基数的，X 超出任务基数的部分先补足以前季度的差额，余额加任务基数、以目标为限，"
        f"按 {rate} 计提当季奖金。"
    )
    yield f"{compared}{reached}目标的，发放当季浮动工资；否则不发。"


def _make_up(rule: QuarterlyBaseTarget, words: Words) -> Iterator[str]:
    terms, rate = rule.shortfalls, words.percent(rule.bonus.sales_rate)
    order = {
        "oldest_first": "先补最早的季度",
        "newest_first": "先补最近的季度",
        "pro_rata": "按各季差额的比例补",
    }[words.word(terms.order)]
    when = "补足一季，补发一季" if words.word(terms.release) == "each" else "全部补足后一起补发"
    of_base = words.word(terms.back_pay) == "base"
    amount = "该季度的任务基数" if of_base else "补进去的差额"
    also = [
        what
        for ref, what in (
            (terms.repay_variable_pay, "补发该季度的浮动工资"),
            (terms.repay_deduction, "退还该季度扣发的固定工资"),
        )
        if words.flag(ref)
    ]
    more = f"，并{'、'.join(also)}" if also else "；浮动工资和扣发的固定工资不补发"
    yield f"补足的顺序：{order}。{when}：按{amount} × {rate} 补发奖金{more}。"
    if words.word(terms.above_target) == "manual":
        yield "X 超出目标而以前季度尚有差额的，由公司决定。"
    if words.word(terms.year_end) == "clear":
        yield "年末尚未补足的差额，下一年开始时作废。"


def _excess(rule: QuarterlyBaseTarget, words: Words) -> str:
    terms = rule.excess
    measured = "X " if words.word(terms.limit_on) == "absolute" else "X 超出目标"
    at_limit = f"{measured}达到 {words.amount(terms.limit)} 元及以上的，"
    beyond = {
        "carry": "同样处理",
        "pay_now": "全部在当季计提，不转入下季",
        "manual": "由公司决定",
    }[words.word(terms.above_limit)]
    year_end = {
        "carry": "跨年照转",
        "settle": "第四季度的超额当季计提",
        "lapse": "第四季度的超额作废",
    }[words.word(terms.year_end)]
    return f"补足差额后超出目标的部分转入下季核算；{at_limit}{beyond}；{year_end}。"


def _services(rule: QuarterlyBaseTarget, words: Words) -> Iterator[str]:
    rate, sales = words.percent(rule.bonus.service_rate), words.percent(rule.bonus.sales_rate)
    net = "税后净收入"
    if words.word(rule.lines.service_net) == "after_cost":
        net = "税后并扣除成本的净收入"
    needs = "；低于任务基数的季度不计提" if words.flag(rule.bonus.service_needs_base) else ""
    yield f"实施、维护和培训按{net}的 {rate} 计提奖金{needs}。"
    if words.word(rule.bonus.implementation) == "service_rate":
        yield f"实施收入不再按 {sales} 计提；补发时，其中已按 {rate} 计提的实施收入同样扣除。"
    elif words.word(rule.bonus.implementation) == "both_rates":
        yield f"实施收入同时按 {sales} 计提。"
    yield f"实施收入低于标准报价的，差额从该项目的软件款中划拨，划拨部分按 {sales} 计提。"


def _factor(rule: QuarterlyBaseTarget, words: Words) -> str:
    terms = rule.bonus
    what, apart = "计提奖金", ""
    if words.word(terms.applies_to) == "sales":
        what, apart = "按销售比例计提的奖金", " + 服务奖金"
    fixed, kpi = words.percent(terms.fixed_share), words.percent(terms.kpi_share)
    of_origin = words.word(terms.back_pay_coefficient) == "origin_quarter"
    whose = "原季度" if of_origin else "发放季度"
    return (
        f"实际奖金 = {what} ×（{fixed} + {kpi} × KPI奖金系数）{apart}，四舍五入到分；"
        f"补发的奖金用{whose}的系数。"
    )


def _lines(rule: QuarterlyBaseTarget, words: Words) -> Iterator[str]:
    terms = rule.lines
    until = "回款当日" if words.word(terms.crm_cutoff) == "collection_date" else "当季最后一天"
    off = words.word(terms.tax_method) == "percent_off"
    net = "含税金额 ×（1 − 税率）" if off else "含税金额 ÷（1 + 税率）"
    yield f"项目最迟在{until}已登记CRM的，回款才计入；税后净额 = {net}。"
    if words.word(terms.split_of) == "income":
        yield "多人参与的项目，按贡献度分配收入，任务一起分，各人比例合计 100%。"
    else:
        yield "多人参与的项目，任务归负责人（名单第一位），奖金按贡献度分配，各人比例合计 100%。"
    if words.word(terms.negative_margin) == "floor_zero":
        yield "二次开发亏损的，毛利按零计入。"
