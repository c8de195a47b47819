"""What the reader of a person's quarters must know, and on which open clauses they rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show, show_money
from kpidesk.core.findings import Code, Effect
from kpidesk.core.paying.base_quota.fold import LAST
from kpidesk.core.paying.base_quota.ledger import Ledger
from kpidesk.core.paying.base_quota.prepare import Prepared
from kpidesk.core.paying.base_quota.rule import LineUse, QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.state import Outcome, Standing
from kpidesk.core.paying.run import PayRun
from kpidesk.core.scheme import Aspect
from kpidesk.core.settings import Ref, Word

RESULTS = (
    "state", "tested_actual", "carried_out", "variable_pay_due", "deduction", "current_bonus",
    "back_pay", "service_bonus", "accrued_bonus", "bonus",
)  # fmt: skip
"""The results that may rest on a clause with several readings."""


def warn(
    prepared: Sequence[Prepared],
    outcomes: Sequence[Outcome],
    ledger: Ledger,
    rule: QuarterlyBaseTarget,
    run: PayRun,
) -> None:
    """Warn about the figures of all quarters and about what came up in those computed."""
    for one in prepared:
        _warn_of_figures(one, run)
    for one, outcome in zip(prepared, outcomes, strict=False):
        _warn_of_bounds(outcome, rule, run)
        for aspect in _aspects(one, outcome, ledger):
            for name in RESULTS:
                run.touch(outcome.quarter.subject, name, aspect)
    if outcomes and len(outcomes) == len(prepared):
        _warn_of_leaving(prepared[-1], outcomes[-1], run)


def _warn_of_figures(prepared: Prepared, run: PayRun) -> None:
    who, key = prepared.person.key, prepared.period.key

    def report(code: Code, message: str, name: str) -> None:
        run.context.report(code, Effect.WARNS, message, subject=who, name=name, period=key)

    target = prepared.target
    if target is not None and not prepared.free and target.value <= ZERO:
        report(
            Code.ZERO_TARGET,
            f"{target.label}为 {show_money(target.value)} 元：完成额不低于它即视为完成，请核对",
            "target",
        )
    k = run.context.number(who, "kpi_coefficient", prepared.period, required=False)
    if k is not None and k.value > 1:
        report(Code.COEFFICIENT_ABOVE_1, f"{k.label}为 {show(k.value)}，高于 1，请核对", k.label)
    income = prepared.income
    if income is not None and not income.is_from_lines:  # a line is named where it is read
        for name, figure in (
            ("actual", income.actual),
            ("implementation_net", income.implementation),
            ("service_net", income.services),
        ):
            if figure is not None and figure.value < ZERO:
                report(
                    Code.REFUND,
                    f"{figure.label}为 {show_money(figure.value)} 元，小于零（退款），请核对",
                    name,
                )
    paid = run.board.figure(who, "bonus", key)
    if paid is not None and paid.value < ZERO:
        report(
            Code.NEGATIVE_PAY,
            f"{paid.label}为 {show_money(paid.value)} 元，小于零，请核对后再处理；"
            "从工资中扣回须符合当地规定",
            "bonus",
        )


def _warn_of_bounds(outcome: Outcome, rule: QuarterlyBaseTarget, run: PayRun) -> None:
    """Where the source is cut off: at the limit, and above the target while shortfalls are open."""
    if outcome.at_limit:
        _warn_of_cut(outcome, "超出目标的部分达到限额", rule.excess.above_limit, run)
    if outcome.above_target and outcome.in_debt:
        what = "超出目标，而以前季度的差额尚未补足"
        _warn_of_cut(outcome, what, rule.shortfalls.above_target, run)


def _warn_of_cut(outcome: Outcome, what: str, chosen: Word, run: PayRun) -> None:
    name = chosen.parameter if isinstance(chosen, Ref) else ""
    parameter = run.context.parameters.get(name)
    by = f"方案参数“{parameter.label}”" if parameter else "方案"
    undecided = outcome.settlement is None
    then = f"本季奖金和以后各季待定，公司决定后请改选{by}" if undecided else f"现按{by}计算"
    run.context.report(
        Code.CLAUSE_CUT_OFF,
        Effect.WITHHOLDS if undecided else Effect.WARNS,
        f"{outcome.quarter.key} {what}，原文缺少这种情况的条款：{then}，请人工确认",
        subject=outcome.quarter.subject,
        name=name,
        period=outcome.quarter.key,
    )


def _aspects(prepared: Prepared, outcome: Outcome, ledger: Ledger) -> Iterator[Aspect]:
    """What came up in a quarter on which a clause with several readings may turn."""
    income, settlement = prepared.income, outcome.settlement
    below = outcome.standing is Standing.BELOW_BASE
    came_up = {
        Aspect.FREE_QUARTER: prepared.free,
        Aspect.ABOVE_TARGET: outcome.above_target,
        Aspect.AT_LIMIT: outcome.at_limit,
        Aspect.ABOVE_TARGET_IN_DEBT: outcome.above_target and outcome.in_debt,
        Aspect.DEDUCTED: below,
        Aspect.IMPLEMENTATION: income is not None and bool(income.implementation.value),
        Aspect.SERVICE_BELOW_BASE: income is not None and below and bool(income.service.value),
        Aspect.RELEASED: settlement is not None and bool(settlement.released),
        Aspect.CROSSED_YEAR: outcome.quarter.number == LAST and _is_open(outcome),
    }
    yield from (aspect for aspect, is_so in came_up.items() if is_so)
    for part in ledger.parts:
        if part.subject == prepared.person.key and part.line.on in prepared.period:
            if part.line.shares:
                yield Aspect.SHARED_LINE
            if part.use is LineUse.MARGIN:
                yield Aspect.SECONDARY_DEVELOPMENT


def _is_open(outcome: Outcome) -> bool:
    """Whether something was short or above the target, so that it may go on to the next quarter."""
    settlement = outcome.settlement
    return outcome.above_target or (
        settlement is not None and bool(settlement.open or settlement.carried_out.value)
    )


def _warn_of_leaving(prepared: Prepared, outcome: Outcome, run: PayRun) -> None:
    """Somebody who leaves with something open or carried is settled by hand."""
    person, settlement = prepared.person, outcome.settlement
    if person.left_on is None or person.left_on not in prepared.period or settlement is None:
        return
    if settlement.open or settlement.carried_out.value:
        for name in RESULTS:
            run.touch(person.key, name, Aspect.LEFT_WITH_BALANCE)
