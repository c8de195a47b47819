"""Flaws of pay: rules that can push what is paid below the minimum wage."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO, divide, round_half_up
from kpidesk.core.explain import show, show_money
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.formula.in_scheme import paying_scope
from kpidesk.core.formula.parse import parse
from kpidesk.core.formula.tree import Call, FormulaError, Function, Literal, Node, Sum, parts_of
from kpidesk.core.lint.flaw import Flaw
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
from kpidesk.core.settings import Amount, Ref


def wages(context: Context, minimum: Decimal) -> Iterator[Flaw]:
    """Rules under which somebody may get less than `minimum` yuan a month."""
    for place, rule in enumerate(context.scheme.pay):
        if problem := _below(rule, place, minimum, context):
            label = str(getattr(rule, "label", ""))
            message = (
                f"“{label}”{problem}，可能低于当地最低工资 {show_money(minimum)} 元/月；"
                "请写明实发不低于最低工资"
            )
            yield Flaw(FlawKind.WAGE, message, str(getattr(rule, "clause", "")), name=label)


def _below(rule: PayRule, place: int, minimum: Decimal, context: Context) -> str:
    """How pay can fall; empty where the rule takes nothing away."""
    match rule:
        case ComponentSplit():
            return _split(rule, minimum, context)
        case QuarterlyBaseTarget(deduction=deduction):
            taken = _figure(deduction, context)
            return f"未完成任务时扣发固定工资 {show_money(taken)} 元" if taken > ZERO else ""
        case ConditionalBase(unmet=unmet):
            return _unmet(_figure(unmet, context), minimum)
        case Commission(negative=negative) if context.word(negative) == "clawback":
            return "遇退款时扣回，没有下限"
        case PerPointPenalty():
            return "按下降的百分点扣款，没有下限"
        case FormulaPay():
            return _formula(rule, place, minimum, context)
        case (
            FixedReimbursement()
            | PayTotal()
            | EvenTarget()
            | Deadline()
            | TeamAttainment()
            | PoolByShare()
            | PartsSum()
            | ScoreProduct()
            | TextOnly()
            | CatchUp()
            | Commission()
            | ShareOfSum()
            | Receipts()
            | OverTarget()
            | DiscretionaryDistribution()
        ):
            return ""
        case _:
            assert_never(rule)


def _unmet(share: Decimal, minimum: Decimal) -> str:
    """What is left of the salary where the task is not reached."""
    if share >= 1:
        return ""
    if share <= ZERO:
        return "未完成任务时不发基本工资"
    least = show_money(round_half_up(divide(minimum, share), 2))
    return f"未完成任务时只发 {show(share * 100)}%：基本工资不足 {least} 元的"


def _split(rule: ComponentSplit, minimum: Decimal, context: Context) -> str:
    """Parts with a coefficient may shrink to nothing; the fixed ones remain."""
    fixed = sum((_figure(one.share, context) for one in rule.parts if not one.coefficient), ZERO)
    if fixed <= ZERO:
        return "各部分都按考核系数发放，系数为零时没有工资"
    least = round_half_up(divide(minimum, fixed), 2)
    return f"考核系数为零时只发 {show(fixed * 100)}%：基本月薪不足 {show_money(least)} 元的"


def _formula(rule: FormulaPay, place: int, minimum: Decimal, context: Context) -> str:
    """A formula that takes something off and has no floor at the minimum or above it."""
    if rule.unit != "元" or rule.of_team:
        return ""
    try:
        tree = parse(rule.expression, paying_scope(context.scheme, place).names)
    except FormulaError:
        return ""
    if _floor(tree) >= minimum or not _takes_off(tree):
        return ""
    return f"的公式有减项而没有下限（{rule.expression}）"


def _floor(tree: Node) -> Decimal:
    """The highest plain number in an outermost 最大(…)."""
    if not (isinstance(tree, Call) and tree.function is Function.MOST):
        return ZERO
    return max((one.value for one in tree.arguments if isinstance(one, Literal)), default=ZERO)


def _takes_off(tree: Node) -> bool:
    if isinstance(tree, Sum) and any(minus for minus, _ in tree.terms):
        return True
    return any(_takes_off(one) for one in parts_of(tree))


def _figure(amount: Amount, context: Context) -> Decimal:
    value = context.setting(amount.parameter) if isinstance(amount, Ref) else amount
    return value if isinstance(value, Decimal) else ZERO
