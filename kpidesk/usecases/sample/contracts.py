"""The terms on which the sample company's people sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.period import Period
from kpidesk.core.settings import SettingValue
from kpidesk.core.target import Target
from kpidesk.usecases.sample.figures import MEASURED, Figures, spread, spread_whole
from kpidesk.usecases.sample.material import Director, Manager

MONTHLY = "account-manager-kpi"
_RATERS = {"self": 10, "peer": 30, "superior": 60}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What `draw_up` wants to know of a contract, besides the person."""

    scheme: str
    role: str
    term: Period
    settings: dict[str, SettingValue]
    targets: tuple[Target, ...]
    indicator_scheme: str = ""
    special_terms: Sequence[str] = ()


def terms_of(who: Director | Manager, figures: Figures) -> Terms:
    """The terms of the sample year."""
    year = figures.material.year
    if isinstance(who, Director):
        return _annual(who, figures, year)
    return _monthly(who, figures, year, more=0)


def next_terms(who: Manager, figures: Figures) -> Terms:
    """The terms of the year after, with higher targets."""
    more = figures.material.next_year.raise_
    return _monthly(who, figures, figures.material.year + 1, more=more)


def _annual(who: Director, figures: Figures, year: int) -> Terms:
    sales, share, margin = MEASURED
    total = Decimal(who.sales)
    months = spread(total, figures.material.seasons, 2)
    raters = {f"rater_weight.{name}": Decimal(part) for name, part in _RATERS.items()}
    return Terms(
        scheme=who.scheme,
        role="director",
        term=Period.months(year, 1, _MONTHS),
        settings={**raters, **who.settings},
        targets=(
            Target(f"target.{sales}", "销售额目标", "万元", total, months),
            Target(f"target.{share}", "市场份额目标", "%", who.share[0], adds_up=False),
            Target(f"target.{margin}", "利润率目标", "%", who.margin[0], adds_up=False),
        ),
        indicator_scheme=who.indicators,
        special_terms=who.terms,
    )


def _monthly(who: Manager, figures: Figures, year: int, *, more: int) -> Terms:
    plans = figures.plans(who, more=more)
    customers = spread_whole(who.customers, len(plans))
    return Terms(
        scheme=MONTHLY,
        role=who.role,
        term=Period.months(year, who.first_month, len(plans)),
        settings={"growth_step": figures.material.growth_step},
        targets=(
            Target("sales_plan", "计划销售额", "万元", sum(plans, Decimal(0)), plans),
            Target("new_customers_plan", "计划开发新客户", "户", Decimal(who.customers), customers),
        ),
    )
