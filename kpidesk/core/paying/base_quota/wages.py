"""The fixed and the floating wage of a quarter, where they are entered."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.exact import ZERO
from kpidesk.core.figure import YUAN, Figure, given, total
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.state import Outcome, Standing
from kpidesk.core.paying.base_quota.terms import Clauses
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import Period


def record_wages(
    outcome: Outcome,
    chain: Sequence[Outcome],
    rule: QuarterlyBaseTarget,
    clauses: Clauses,
    run: PayRun,
) -> None:
    """What is withheld of the fixed wage, what is left of it, and the floating wage."""
    who, key, board = outcome.quarter.subject, outcome.quarter.key, run.board
    period = Period.parse(key)
    origins = _released(outcome, chain)
    deduction = _deduction(outcome, origins, rule, run)
    if deduction is not None:
        board.record(who, "deduction", deduction, key)
    salary, floating = (
        run.context.number(who, name, period, required=False)
        for name in ("base_salary", "variable_pay")
    )
    if salary is None and floating is None:
        return
    if salary is None:
        run.context.missing(who, "base_salary", period)
    elif deduction is not None:
        left = salary - deduction if deduction.value else salary
        clause = deduction.clause if deduction.value else ""  # nothing rests on it where nothing is
        board.record(who, "base_pay", left.named("固定工资实发", clause), key)
    if floating is None:
        run.context.missing(who, "variable_pay", period)
        return
    if outcome.standing is None:  # whether it is due waits for a decision
        return
    paid = _floating(outcome, origins, floating, rule, run)
    if paid is not None:
        clause = clauses.of_floating_wage(outcome.standing)
        board.record(who, "variable_pay", paid.named("浮动工资实发", clause), key)


def _released(outcome: Outcome, chain: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The earlier quarters that this one releases."""
    released = outcome.settlement.released if outcome.settlement else ()
    keys = {one.key for one in released}
    return tuple(one for one in chain if one.quarter.key in keys)


def _deduction(
    outcome: Outcome, origins: Sequence[Outcome], rule: QuarterlyBaseTarget, run: PayRun
) -> Figure | None:
    """The 600 of a quarter below base; less those of quarters that are paid back now.

    None while that waits for a decision by hand.
    """
    clause = rule.tests.below_clause
    amount = run.context.amount(rule.deduction, YUAN, "每季扣发额", clause)
    if amount is None:
        return None
    label = f"扣发固定工资（{outcome.quarter.key}）"
    if outcome.standing is Standing.BELOW_BASE:
        return amount.because(outcome.tested, outcome.quarter.base).named(label, clause)
    nothing = given(ZERO, YUAN, "不扣发", clause)
    if not run.context.flag(rule.shortfalls.repay_deduction):
        return nothing.named(label)
    if outcome.may_repay:
        return None
    repaid = [
        amount.named(f"退还 {one.quarter.key} 扣发", rule.shortfalls.back_pay_clause)
        for one in origins
        if one.standing is Standing.BELOW_BASE
    ]
    return (nothing - total(repaid, YUAN) if repaid else nothing).named(label, clause)


def _floating(
    outcome: Outcome,
    origins: Sequence[Outcome],
    amount: Figure,
    rule: QuarterlyBaseTarget,
    run: PayRun,
) -> Figure | None:
    """The floating wage when it is due; and that of quarters paid back now.

    None while that waits for a decision by hand, or for a figure (reported).
    """
    nothing = given(ZERO, YUAN, "不发浮动工资").because(outcome.tested, outcome.quarter.target)
    own = amount if outcome.variable_pay_due else nothing
    if not run.context.flag(rule.shortfalls.repay_variable_pay):
        return own
    if outcome.may_repay:
        return None
    parts = [own]
    for one in origins:
        if not one.variable_pay_due:
            period = Period.parse(one.quarter.key)
            paid_back = run.context.number(outcome.quarter.subject, "variable_pay", period)
            if paid_back is None:
                return None
            parts.append(paid_back.named(f"补发 {one.quarter.key} 浮动工资"))
    return total(parts, YUAN)
