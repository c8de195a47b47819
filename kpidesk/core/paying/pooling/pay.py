"""The one function that reads the rules of a pool of pay."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.paying.pooling.penalty import take_off
from kpidesk.core.paying.pooling.pool import share_pools
from kpidesk.core.paying.pooling.product import add_parts, multiply_by_score
from kpidesk.core.paying.pooling.rules import (
    PartsSum,
    PerPointPenalty,
    PoolByShare,
    PoolRule,
    ScoreProduct,
)
from kpidesk.core.paying.run import PayRun


def pay_from_pool(rule: PoolRule, run: PayRun) -> None:
    """Record what the rule gives everybody in service."""
    match rule:
        case PoolByShare():
            share_pools(rule, run)
        case PerPointPenalty():
            take_off(rule, run)
        case PartsSum():
            add_parts(rule, run)
        case ScoreProduct():
            multiply_by_score(rule, run)
        case _:
            assert_never(rule)
