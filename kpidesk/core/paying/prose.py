"""Pay rules in Chinese prose, for the contract, the pay statement and the screen alike."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.paying.base_quota.prose import state_quarters
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget, TeamAttainment
from kpidesk.core.paying.department.prose import state_department
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.pooling.prose import state_pool
from kpidesk.core.paying.pooling.rules import (
    PartsSum,
    PerPointPenalty,
    PoolByShare,
    ScoreProduct,
)
from kpidesk.core.paying.rules import (
    ComponentSplit,
    Deadline,
    EvenTarget,
    FixedReimbursement,
    FormulaPay,
    PayRule,
    PayTotal,
    TextOnly,
)
from kpidesk.core.paying.words import Words
from kpidesk.core.period import Grain

_OFTEN = {
    Grain.MONTH: "每月",
    Grain.QUARTER: "每季度",
    Grain.HALF_YEAR: "每半年",
    Grain.YEAR: "每年",
    Grain.CYCLE: "全周期",
}


def state_pay(  # noqa: C901 - one case for each kind of rule
    rule: PayRule, words: Words
) -> tuple[str, ...]:
    """A pay rule in sentences; empty where it only adds up what others say."""
    match rule:
        case FixedReimbursement(label=label, amounts=amounts):
            each = "，".join(
                f"{words.role(x.role)}每月 {words.amount(x.amount)} 元" for x in amounts
            )
            return (f"{label}固定报销：{each}。",)
        case QuarterlyBaseTarget():
            return tuple(state_quarters(rule, words))
        case TeamAttainment(label=label):
            return (f"{label}：各人实际完成额之和 ÷ 部门收入目标 × 100%，只作报告，不计发奖金。",)
        case PayTotal():
            return ()
        case ComponentSplit():
            return _components(rule, words)
        case EvenTarget():
            return _even(rule, words)
        case Deadline():
            return (f"每月 {rule.day} 日以前{rule.label}{_shift(rule, words)}。",)
        case PoolByShare() | PerPointPenalty() | PartsSum() | ScoreProduct():
            return state_pool(rule, words)
        case FormulaPay():
            return (_formula(rule, words),)
        case TextOnly():
            amount = words.limit(rule.amount)
            return (rule.text.format(amount) if amount else rule.unlimited,)
        case (
            ConditionalBase()
            | CatchUp()
            | Commission()
            | ShareOfSum()
            | Receipts()
            | OverTarget()
            | DiscretionaryDistribution()
        ):
            return state_department(rule, words)
        case _:
            assert_never(rule)


def pay_label(rules: tuple[PayRule, ...], result: str) -> str:
    """What a result of pay rules is called; an item of a pool by its own name."""
    for rule in rules:
        match rule:
            case PoolByShare(items=items):
                named = {f"pay.{one.name}": one.name for one in items}
                if result in named:
                    return named[result]
            case QuarterlyBaseTarget() | OverTarget() | TextOnly():
                continue  # no one result of which it is the rule
            case _ if rule.result == result:
                return rule.label
            case _:
                continue
    return result


def _even(rule: EvenTarget, words: Words) -> tuple[str, ...]:
    people = "、".join(words.role(one) for one in rule.among)
    target = words.amount(rule.target)
    if words.word(rule.mode) == "even":
        if not people:
            return (f"全年目标 {target} 元按月平均分解，各月之和等于全年目标。",)
        first = f"平均分解到每位{people}，再按月平均分解"
        return (f"全年目标 {target} 元{first}，各部分之和等于全年目标。",)
    if not people:
        return ()
    return (f"全年目标 {target} 元分解到各月、分解到每位{people}，金额见月度计划分解表。",)


def _components(rule: ComponentSplit, words: Words) -> tuple[str, ...]:
    shares = "，".join(f"{one.label} {words.percent(one.share)}" for one in rule.parts)
    paid = " + ".join(
        f"{one.label} × 考核系数" if one.coefficient else one.label for one in rule.parts
    )
    cap = words.limit(rule.cap)
    highest = f"考核系数最高为 {cap}。" if cap else "考核系数不设上限。"
    return (
        f"基本月薪由下列部分组成：{shares}；各部分之和等于基本月薪。",
        f"{rule.label} = {paid}，保留到分。{highest}",
    )


def _formula(rule: FormulaPay, words: Words) -> str:
    """The formula as the officer wrote it, for whom, how often, and how it is rounded."""
    whom = "全组" if rule.of_team else "、".join(words.role(one) for one in rule.roles)
    often = _OFTEN[rule.grain]
    rounding = f"四舍五入保留 {rule.places} 位小数" if rule.places else "四舍五入到整数"
    unit = f"（{rule.unit}）" if rule.unit else ""
    return f"{whom}{often}{rule.label}{unit} = {rule.expression}，{rounding}。"


def _shift(rule: Deadline, words: Words) -> str:
    match words.word(rule.shift):
        case "before":
            return "，遇休息日提前到前一个工作日"
        case "after":
            return "，遇休息日顺延到后一个工作日"
        case _:
            return "，遇休息日不调整"
