"""The quarterly rule over a base quota (任务基数) as data: what it reads, and its open points.

Facts and results of this kind have fixed names; a scheme that uses it declares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kpidesk.core.settings import Amount, Ref, Word


class LineUse(StrEnum):
    """How a kind of dated line counts."""

    PRODUCT = "product"  # for the task, at the sales rate
    IMPLEMENTATION = "implementation"  # for the task, at the service rate
    SERVICE = "service"  # outside the task, at the service rate
    MARGIN = "margin"  # its gross margin counts for the task, at the sales rate


@dataclass(frozen=True, slots=True)
class LineKind:
    """A kind of dated line, how it counts, and the clause that says so."""

    event: str
    use: LineUse
    clause: str = ""


@dataclass(frozen=True, slots=True)
class LineTerms:
    """How dated lines become figures.

    `tax_method`: included, percent_off. `crm_cutoff`: collection_date, settlement_date (the last
    day of the quarter). `split_of`: income, bonus (the task stays with the first named).
    `negative_margin`: as_is, floor_zero. `service_net`: after_tax, after_cost.
    """

    kinds: tuple[LineKind, ...]
    tax_method: Word
    crm_cutoff: Word
    split_of: Word
    negative_margin: Word
    service_net: Word
    crm_clause: str = ""
    share_clause: str = ""
    transfer_clause: str = ""


@dataclass(frozen=True, slots=True)
class FreeQuarter:
    """A quarter of a new member without a task.

    `which`: first_employed, calendar_first_quarter. `start`: entry_quarter, first_full_quarter.
    `pay`: all_actual, zero_target.
    """

    roles: tuple[str, ...]
    which: Word
    start: Word
    pay: Word
    variable_pay: Ref
    clause: str = ""


@dataclass(frozen=True, slots=True)
class QuotaTests:
    """What is compared with base and target, and what the bounds themselves count as.

    `at_base`, `at_target`: met, unmet. `variable_pay`: actual, after_make_up.
    """

    at_base: Word
    at_target: Word
    variable_pay: Word
    carried_counts: Ref
    base_clause: str = ""
    below_clause: str = ""
    target_clause: str = ""


@dataclass(frozen=True, slots=True)
class ShortfallTerms:
    """How shortfalls are made up, and what is paid once they are.

    `order`: oldest_first, newest_first, pro_rata. `release`: each, all. `back_pay`: base,
    shortfall. `year_end`: carry, clear. `above_target`: make_up_first, manual.
    """

    order: Word
    release: Word
    back_pay: Word
    above_target: Word
    year_end: Word
    repay_variable_pay: Ref
    repay_deduction: Ref
    clause: str = ""
    left_clause: str = ""
    back_pay_clause: str = ""


@dataclass(frozen=True, slots=True)
class ExcessTerms:
    """What becomes of an excess over the target.

    `limit_on`: excess, absolute. `above_limit`: carry, pay_now, manual. `year_end`: carry,
    settle, lapse.
    """

    limit: Amount
    limit_on: Word
    above_limit: Word
    year_end: Word
    clause: str = ""


@dataclass(frozen=True, slots=True)
class BonusTerms:
    """Rates, and the factor with the KPI coefficient K.

    bonus = accrued × (fixed_share + kpi_share × K). `implementation`: service_rate, both_rates,
    outside_task. `back_pay_coefficient`: paying_quarter, origin_quarter. `applies_to`: all, sales.
    """

    sales_rate: Amount
    service_rate: Amount
    fixed_share: Amount
    kpi_share: Amount
    highest_coefficient: Amount | str
    applies_to: Word
    back_pay_coefficient: Word
    implementation: Word
    service_needs_base: Ref
    sales_clause: str = ""
    service_clause: str = ""
    factor_clause: str = ""


@dataclass(frozen=True, slots=True)
class QuarterlyBaseTarget:
    """任务基数奖金: quarters of a person in a chain, with shortfalls and excess between them."""

    label: str
    base_ratio: Amount
    deduction: Amount
    tests: QuotaTests
    shortfalls: ShortfallTerms
    excess: ExcessTerms
    bonus: BonusTerms
    lines: LineTerms
    free: FreeQuarter
    clause: str = ""


@dataclass(frozen=True, slots=True)
class TeamAttainment:
    """部门完成率: the sum of a result over the people against the team's target; pays nothing."""

    label: str
    actual: str
    target: str
    result: str
    clause: str = ""
