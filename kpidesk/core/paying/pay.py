"""The one function that reads pay rules: each in its turn, on what came out before it."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.paying.base_quota.pay import pay_quarters
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget, TeamAttainment
from kpidesk.core.paying.base_quota.team import attain_as_team
from kpidesk.core.paying.by_formula import pay_by_formula
from kpidesk.core.paying.components import pay_components
from kpidesk.core.paying.deadlines import set_deadlines
from kpidesk.core.paying.department.pay import pay_department
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.even_target import split_target_evenly
from kpidesk.core.paying.lines import pay_total
from kpidesk.core.paying.pooling.pay import pay_from_pool
from kpidesk.core.paying.pooling.rules import (
    PartsSum,
    PerPointPenalty,
    PoolByShare,
    ScoreProduct,
)
from kpidesk.core.paying.reimbursing import reimburse
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
from kpidesk.core.paying.run import PayRun


def pay(  # noqa: C901, PLR0912 - one case for each kind of rule
    rules: tuple[PayRule, ...], run: PayRun
) -> None:
    """Record every line that the facts allow; what is missing is reported."""
    for rule in rules:
        match rule:
            case FixedReimbursement():
                reimburse(rule, run)
            case PayTotal():
                pay_total(rule, run)
            case ComponentSplit():
                pay_components(rule, run)
            case EvenTarget():
                split_target_evenly(rule, run)
            case Deadline():
                set_deadlines(rule, run)
            case QuarterlyBaseTarget():
                pay_quarters(rule, run)
            case TeamAttainment():
                attain_as_team(rule, run)
            case PoolByShare() | PerPointPenalty() | PartsSum() | ScoreProduct():
                pay_from_pool(rule, run)
            case FormulaPay():
                pay_by_formula(rule, run)
            case TextOnly():
                pass
            case (
                ConditionalBase()
                | CatchUp()
                | Commission()
                | ShareOfSum()
                | Receipts()
                | OverTarget()
                | DiscretionaryDistribution()
            ):
                pay_department(rule, run)
            case _:
                assert_never(rule)
