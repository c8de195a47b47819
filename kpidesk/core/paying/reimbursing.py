"""Reimbursements of a fixed amount."""

from __future__ import annotations

from kpidesk.core.facts import TEAM
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.paying.rules import FixedReimbursement
from kpidesk.core.paying.run import PayRun
from kpidesk.core.paying.whose import whose
from kpidesk.core.period import Grain


def reimburse(rule: FixedReimbursement, run: PayRun) -> None:
    """The amount of each person's role in each month of service, and the team's sums."""
    amounts = {one.role: one.amount for one in rule.amounts}
    months: list[Figure] = []
    for period in run.periods(Grain.MONTH):
        lines: list[Figure] = []
        for person in run.people:
            if person.role not in amounts or not person.in_service(period):
                continue
            amount = run.context.amount(amounts[person.role], YUAN, rule.label, rule.clause)
            if amount is not None:
                line = run.board.record(person.key, rule.result, amount, period.key)
                lines.append(whose(person.key, line))
        if lines:
            summed = total(lines, YUAN).named(f"{rule.label}（{period.key}）", rule.clause)
            months.append(run.board.record(TEAM, rule.result, summed, period.key))
    if months:
        whole = total(months, YUAN).named(f"{rule.label}合计", rule.clause)
        run.board.record(TEAM, rule.result, whole)
