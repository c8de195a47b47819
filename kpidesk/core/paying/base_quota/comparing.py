"""What comparing a quarter with target and limit says, and whether that leaves a decision open."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kpidesk.core.exact import ZERO
from kpidesk.core.figure import Figure
from kpidesk.core.paying.base_quota.state import Outcome, Quarter, Standing
from kpidesk.core.paying.base_quota.terms import (
    AboveLimit,
    AboveTarget,
    FoldTerms,
    LimitOn,
    VariablePayTest,
)


def is_below_base(tested: Figure, quarter: Quarter, terms: FoldTerms) -> bool:
    """Whether the base is not met; a base of zero is met by zero."""
    if tested.value == quarter.base.value:
        return quarter.base.value > ZERO and not terms.base_met_at_base
    return tested.value < quarter.base.value


def compared(outcome: Outcome, made_up: Figure, terms: FoldTerms) -> Outcome:
    """The outcome of a quarter above its base, with its standing to target and limit."""
    quarter, tested = outcome.quarter, outcome.tested
    above = tested.value > quarter.target.value
    match terms.limit_on:
        case LimitOn.EXCESS:
            measured = tested - quarter.target
        case LimitOn.ABSOLUTE:
            measured = tested
        case _:
            assert_never(terms.limit_on)
    at_limit = above and measured.value >= terms.limit.value
    outcome = replace(outcome, above_target=above, at_limit=at_limit)
    after_make_up = terms.variable_pay_test is VariablePayTest.AFTER_MAKE_UP
    if quarter.free or (after_make_up and _makes_up_by_hand(outcome, terms)):
        return outcome
    reached = tested - made_up if after_make_up else tested
    at_target = reached.value == quarter.target.value
    due = terms.target_met_at_target if at_target else reached.value > quarter.target.value
    standing = Standing.TARGET_MET if due else Standing.BASE_MET
    return replace(outcome, standing=standing, variable_pay_due=due)


def is_undecided(outcome: Outcome, terms: FoldTerms) -> bool:
    """Whether the source is cut off here and the company settles such quarters by hand."""
    by_hand = terms.above_limit is AboveLimit.MANUAL
    return (by_hand and outcome.at_limit) or _makes_up_by_hand(outcome, terms)


def _makes_up_by_hand(outcome: Outcome, terms: FoldTerms) -> bool:
    by_hand = terms.above_target is AboveTarget.MANUAL
    return by_hand and outcome.above_target and outcome.in_debt
