"""Reads the pay rules of a department: each in its turn."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.paying.department.base_pay import catch_up, pay_base
from kpidesk.core.paying.department.commission import pay_commission, pay_share
from kpidesk.core.paying.department.excess import pay_excess
from kpidesk.core.paying.department.pool import distribute
from kpidesk.core.paying.department.receipts import sum_receipts
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DepartmentRule,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.run import PayRun


def pay_department(rule: DepartmentRule, run: PayRun) -> None:
    """Record every line of a rule that the facts allow."""
    match rule:
        case ConditionalBase():
            pay_base(rule, run)
        case CatchUp():
            catch_up(rule, run)
        case Commission():
            pay_commission(rule, run)
        case ShareOfSum():
            pay_share(rule, run)
        case Receipts():
            sum_receipts(rule, run)
        case OverTarget():
            pay_excess(rule, run)
        case DiscretionaryDistribution():
            distribute(rule, run)
        case _:
            assert_never(rule)
