"""What is wrong with what pay rules read, beyond names and types; it blocks the evaluation."""

from __future__ import annotations

from kpidesk.core.context import Context
from kpidesk.core.paying.base_quota.checks import check_quarters
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget


def check_pay(context: Context) -> None:
    """Report what keeps the scheme's pay rules from being computed at all."""
    for rule in context.scheme.pay:
        if isinstance(rule, QuarterlyBaseTarget):
            check_quarters(rule, context)
