"""Measures: how a figure that a rule scores is made from facts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kpidesk.core.settings import Amount, Word


@dataclass(frozen=True, slots=True)
class Ratio:
    """完成率: actual in percent of plan. A plan of zero or less gives no value (zero-target)."""

    actual: str
    plan: str


@dataclass(frozen=True, slots=True)
class Increase:
    """A fact of this quarter less that of the quarter before; no base is needed."""

    fact: str


class Whole(StrEnum):
    """What a part is compared with."""

    EXISTING = "existing"  # with the other figure
    TOTAL = "total"  # with both together


@dataclass(frozen=True, slots=True)
class Proportion:
    """比率: a part in percent of another figure. A divisor of zero or less gives no value."""

    part: str
    whole: str
    of: Word = Whole.EXISTING


class GrowthBase(StrEnum):
    """What a growth rate starts from."""

    PREVIOUS_PERIOD = "previous_period"  # 环比
    SAME_PERIOD_LAST_YEAR = "same_period_last_year"  # 同比


@dataclass(frozen=True, slots=True)
class Growth:
    """增长率: how much a fact rose over its base period, in percent of that base.

    A base of zero gives no value (zero-base), nor does a negative one (negative-base).
    """

    fact: str
    base: Word = GrowthBase.PREVIOUS_PERIOD


@dataclass(frozen=True, slots=True)
class Absence:
    """Days short of the required days: calendar days of the month − rest days − days present."""

    present: str
    rest_days: Amount = Decimal(4)


Measure: TypeAlias = Ratio | Proportion | Increase | Growth | Absence


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure made from facts that is a result of its own: actual.客户投诉率.

    A fact entered under the name of the result stands in place of what it is made from. Nobody
    misses the facts where the score of `indicator` was entered by hand.
    """

    result: str
    name: str
    measure: Measure
    clause: str = ""
    indicator: str = ""
