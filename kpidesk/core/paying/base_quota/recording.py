"""What a person's quarters came to, as results: what is carried, as it is."""

from __future__ import annotations

from kpidesk.core.figure import YUAN, total
from kpidesk.core.paying.base_quota.prepare import Prepared
from kpidesk.core.paying.base_quota.state import Outcome, Standing
from kpidesk.core.paying.base_quota.terms import FoldTerms
from kpidesk.core.results import Board, Table

STANDINGS = {
    Standing.BELOW_BASE: "低于任务基数",
    Standing.BASE_MET: "完成任务基数",
    Standing.TARGET_MET: "完成目标",
    Standing.FREE: "不承担任务",
}


def record_income(prepared: Prepared, board: Board) -> None:
    """What the person brought in, whether or not the rest of the quarter can be computed."""
    income = prepared.income
    if income is None:
        return
    who, key = prepared.person.key, prepared.period.key
    if income.actual is not None:
        board.record(who, "actual", income.actual, key)
    board.record(who, "implementation_net", income.implementation, key)
    board.record(who, "service_net", income.services, key)
    if income.transferred is not None:
        board.record(who, "transferred", income.transferred, key)


def record_ledgers(outcome: Outcome, terms: FoldTerms, board: Board) -> None:
    """How the quarter stands, and what it filled, released and carried on."""
    quarter = outcome.quarter
    who, key = quarter.subject, quarter.key
    board.record(who, "tested_actual", outcome.tested, key)
    board.record(who, "carried_in", outcome.carried_in, key)
    if outcome.standing is not None and outcome.variable_pay_due is not None:
        task = (quarter.target,) if quarter.free else (quarter.base, quarter.target)
        compared = outcome.tested.because(*task)
        stands = compared.named(f"考核状态：{STANDINGS[outcome.standing]}", terms.clauses.actual)
        said = STANDINGS[outcome.standing]
        board.state(
            who, "state", outcome.standing.value, key, basis=stands, label="考核状态", said=said
        )
        due = stands.named("是否发放浮动工资", terms.clauses.of_floating_wage(outcome.standing))
        board.state(who, "variable_pay_due", outcome.variable_pay_due, key, basis=due)
    settlement = outcome.settlement
    if settlement is None:
        return
    board.record(who, "made_up", settlement.made_up, key)
    board.record(who, "carried_out", settlement.carried_out, key)
    released = total([one.amount for one in settlement.released], YUAN).named("补发的季度")
    keys = tuple(one.key for one in settlement.released)
    board.state(who, "released", keys, key, basis=released)
    open_ = total([remaining for _, remaining in settlement.open], YUAN).named("未补足的差额")
    rows = tuple((item, remaining.rounded(2)) for item, remaining in settlement.open)
    board.state(who, "open_shortfalls", Table(rows), key, basis=open_)
    board.post(*settlement.entries)
