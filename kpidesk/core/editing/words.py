"""How the records of a scheme's lists are called where one chooses among them."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from kpidesk.core.contract_sections import ContractSection
from kpidesk.core.measures import Metric
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget, TeamAttainment
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.pooling.rules import PartsSum, PerPointPenalty, PoolByShare, ScoreProduct
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
from kpidesk.core.scheme import Ambiguity, FactSpec, SourceRule
from kpidesk.core.settings import Parameter

_KINDS = {
    FormulaPay: "公式计算",
    FixedReimbursement: "固定报销",
    ComponentSplit: "月薪构成",
    PayTotal: "合计",
    Deadline: "每月期限",
    TextOnly: "只印文字",
    EvenTarget: "目标平均分解",
    QuarterlyBaseTarget: "任务基数奖金",
    TeamAttainment: "团队完成率",
    ConditionalBase: "按业绩发基本工资",
    CatchUp: "年终补发",
    Commission: "提成",
    ShareOfSum: "团队提成",
    Receipts: "回款合计",
    OverTarget: "超额奖励",
    DiscretionaryDistribution: "内部分配",
    PoolByShare: "贡献度占比",
    PerPointPenalty: "下降扣款",
    PartsSum: "相加减",
    ScoreProduct: "乘以得分",
}
_LONGEST = 24


def pay_words(kind: type) -> str:
    """What a kind of pay rule is called."""
    return _KINDS[kind]


def pay_title(rule: PayRule) -> str:
    """A line of pay in a list: its label, and of what kind it is."""
    match rule:
        case TextOnly(text=text):
            label = text or rule.unlimited
        case PoolByShare(items=items):
            label = "、".join(one.name for one in items)
        case (
            FormulaPay()
            | FixedReimbursement()
            | ComponentSplit()
            | PayTotal()
            | Deadline()
            | EvenTarget()
            | QuarterlyBaseTarget()
            | TeamAttainment()
            | ConditionalBase()
            | CatchUp()
            | Commission()
            | ShareOfSum()
            | Receipts()
            | OverTarget()
            | DiscretionaryDistribution()
            | PerPointPenalty()
            | PartsSum()
            | ScoreProduct()
        ):
            label = rule.label
        case _:
            assert_never(rule)
    return f"{_short(label)}（{_KINDS[type(rule)]}）"


Listed: TypeAlias = (
    FactSpec | Parameter | ContractSection | Metric | SourceRule | Ambiguity | PayRule
)


def record_title(record: Listed) -> str:
    """A record in the list that it stands in."""
    match record:
        case FactSpec(label=label, unit=unit):
            return f"{label}（{unit}）" if unit else label
        case Parameter(label=label):
            return label
        case ContractSection(heading=heading):
            return heading
        case Metric(name=name):
            return name
        case SourceRule(id=number, statement=text) | Ambiguity(id=number, phrase=text):
            return f"{number} {_short(text)}"
        case _:
            return pay_title(record)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
