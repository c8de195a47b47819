"""The bonus of a quarter: what accrues at each rate, and the factor with K, rounded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import RATIO, YUAN, Figure, given, total
from kpidesk.core.paying.base_quota.rule import BonusTerms
from kpidesk.core.period import Period

Factors: TypeAlias = Mapping[str, Figure]
"""80% + 20% × K, by quarter."""

NO_RELEASE = given(ZERO, YUAN, "没有补足的季度")


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates and factor of one evaluation."""

    sales: Figure
    service: Figure
    fixed_share: Figure
    kpi_share: Figure


@dataclass(frozen=True, slots=True)
class Accrued:
    """What accrues in a quarter before K: its own, of released quarters one by one, of services."""

    current: Figure
    back: tuple[tuple[str, Figure], ...]
    service: Figure

    @property
    def back_pay(self) -> Figure:
        """The back pay of all released quarters."""
        parts = [one for _, one in self.back]
        return (total(parts, YUAN) if parts else NO_RELEASE).named("补发奖金")

    @property
    def whole(self) -> Figure:
        """计提奖金: the three together; what is zero is not said."""
        there = [one for one in (self.current, self.back_pay, self.service) if one.value]
        return total(there or [self.current], YUAN).named("计提奖金")


def rates(terms: BonusTerms, context: Context) -> Rates | None:
    """The rates; None when one is a blank (reported)."""
    sales = context.amount(terms.sales_rate, RATIO, "销售提成比例", terms.sales_clause)
    service = context.amount(terms.service_rate, RATIO, "服务提成比例", terms.service_clause)
    fixed = context.amount(terms.fixed_share, RATIO, "固定部分", terms.factor_clause)
    kpi = context.amount(terms.kpi_share, RATIO, "KPI部分", terms.factor_clause)
    if sales is None or service is None or fixed is None or kpi is None:
        return None
    return Rates(sales, service, fixed, kpi)


def factors(
    terms: BonusTerms, rates_: Rates, who: Subject, periods: Sequence[Period], context: Context
) -> Factors:
    """80% + 20% × K of each quarter; K that is not there is reported."""
    found: dict[str, Figure] = {}
    for period in periods:
        k = context.number(who, "kpi_coefficient", period)
        if k is not None:
            factor = rates_.fixed_share + rates_.kpi_share * k
            found[period.key] = factor.named(f"奖金系数（{period.key}）", terms.factor_clause)
    return found


def bonus(
    accrued: Accrued, key: str, factors_: Factors, terms: BonusTerms, context: Context
) -> Figure | None:
    """What is paid for a quarter, exact; None while a K is missing."""
    of_origin = context.word(terms.back_pay_coefficient) == "origin_quarter"
    with_service = context.word(terms.applies_to) == "all"
    if key not in factors_:
        return None
    factor = factors_[key]
    if not of_origin or not accrued.back:
        if with_service:
            return accrued.whole * factor
        sales = (accrued.current + accrued.back_pay).named("计提销售奖金")
        return sales * factor + accrued.service
    if any(item not in factors_ for item, _ in accrued.back):
        return None
    parts = [(accrued.current + accrued.service if with_service else accrued.current) * factor]
    parts += [one * factors_[item] for item, one in accrued.back]
    if not with_service:
        parts.append(accrued.service)
    return total(parts, YUAN)
