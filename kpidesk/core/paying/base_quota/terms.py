"""The open points of the quarterly rule as one company settled them: what the fold works with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.figure import YUAN, Figure
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.base_quota.state import Standing


class VariablePayTest(StrEnum):
    """What reaches the target for the floating wage."""

    ACTUAL = "actual"
    AFTER_MAKE_UP = "after_make_up"


class Order(StrEnum):
    """Which shortfall is filled first."""

    OLDEST_FIRST = "oldest_first"
    NEWEST_FIRST = "newest_first"
    PRO_RATA = "pro_rata"


class Release(StrEnum):
    """When a filled quarter is paid."""

    EACH = "each"
    ALL = "all"  # once no shortfall is left


class BackPay(StrEnum):
    """On what back pay is accrued."""

    BASE = "base"
    SHORTFALL = "shortfall"  # the amount filled in


class AboveTarget(StrEnum):
    """Above the target while shortfalls are open."""

    MAKE_UP_FIRST = "make_up_first"
    MANUAL = "manual"


class LimitOn(StrEnum):
    """What the printed limit of the carry clause is compared with."""

    EXCESS = "excess"
    ABSOLUTE = "absolute"


class AboveLimit(StrEnum):
    """What becomes of an excess that is not below the limit."""

    CARRY = "carry"
    PAY_NOW = "pay_now"
    MANUAL = "manual"


class ShortfallAtYearEnd(StrEnum):
    """Open shortfalls when a calendar year begins."""

    CARRY = "carry"
    CLEAR = "clear"


class ExcessAtYearEnd(StrEnum):
    """The excess at the end of the fourth quarter."""

    CARRY = "carry"
    SETTLE = "settle"
    LAPSE = "lapse"


class FreePay(StrEnum):
    """What a quarter without a task pays."""

    ALL_ACTUAL = "all_actual"
    ZERO_TARGET = "zero_target"


class Implementation(StrEnum):
    """What implementation counts for and earns."""

    SERVICE_RATE = "service_rate"
    BOTH_RATES = "both_rates"
    OUTSIDE_TASK = "outside_task"


@dataclass(frozen=True, slots=True)
class FoldTerms:
    """Everything that decides how one quarter changes what is carried to the next."""

    base_met_at_base: bool
    target_met_at_target: bool
    carried_counts: bool
    variable_pay_test: VariablePayTest
    order: Order
    release: Release
    back_pay: BackPay
    above_target: AboveTarget
    shortfall_at_year_end: ShortfallAtYearEnd
    limit: Figure
    limit_on: LimitOn
    above_limit: AboveLimit
    excess_at_year_end: ExcessAtYearEnd
    free_pay: FreePay
    free_variable_pay: bool
    clauses: Clauses


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses that the steps of the fold rest on."""

    actual: str
    below: str
    within: str
    fill: str
    left: str
    back_pay: str
    carry: str
    free: str

    def of_floating_wage(self, standing: Standing) -> str:
        """The clause that gives or refuses the floating wage of a quarter."""
        match standing:
            case Standing.BELOW_BASE:
                return self.below
            case Standing.BASE_MET:
                return self.within
            case Standing.TARGET_MET:
                return self.carry
            case Standing.FREE:
                return self.free
            case _:
                assert_never(standing)


def fold_terms(rule: QuarterlyBaseTarget, context: Context) -> FoldTerms | None:
    """The rule's open points as set; None when a number is a blank (reported)."""
    limit = context.amount(rule.excess.limit, YUAN, "超目标限额", rule.excess.clause)
    if limit is None:
        return None
    return FoldTerms(
        base_met_at_base=context.word(rule.tests.at_base) == "met",
        target_met_at_target=context.word(rule.tests.at_target) == "met",
        carried_counts=context.flag(rule.tests.carried_counts),
        variable_pay_test=VariablePayTest(context.word(rule.tests.variable_pay)),
        order=Order(context.word(rule.shortfalls.order)),
        release=Release(context.word(rule.shortfalls.release)),
        back_pay=BackPay(context.word(rule.shortfalls.back_pay)),
        above_target=AboveTarget(context.word(rule.shortfalls.above_target)),
        shortfall_at_year_end=ShortfallAtYearEnd(context.word(rule.shortfalls.year_end)),
        limit=limit,
        limit_on=LimitOn(context.word(rule.excess.limit_on)),
        above_limit=AboveLimit(context.word(rule.excess.above_limit)),
        excess_at_year_end=ExcessAtYearEnd(context.word(rule.excess.year_end)),
        free_pay=FreePay(context.word(rule.free.pay)),
        free_variable_pay=context.flag(rule.free.variable_pay),
        clauses=Clauses(
            actual=rule.clause,
            below=rule.tests.below_clause,
            within=rule.tests.target_clause,
            fill=rule.shortfalls.clause,
            left=rule.shortfalls.left_clause,
            back_pay=rule.shortfalls.back_pay_clause,
            carry=rule.excess.clause,
            free=rule.free.clause,
        ),
    )
