"""How dates, periods and figures are written on paper, and the words common to all documents."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.appraisal import Delivery
from kpidesk.core.contract import Contract
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Ref

_NUMERALS = "一二三四五六七八九十"
GRAINS = {
    Grain.MONTH: "月",
    Grain.QUARTER: "季度",
    Grain.HALF_YEAR: "半年",
    Grain.YEAR: "年",
    Grain.CYCLE: "全期",
}

DELIVERIES = {
    Delivery.LEFT: "留置送达",
    Delivery.POST: "邮寄送达",
    Delivery.ELECTRONIC: "电子送达",
    Delivery.NOTICE: "公告送达",
}


def numeral(position: int) -> str:
    """The number of a section, counted from 0: 一, 二, … 十一."""
    if position < len(_NUMERALS):
        return _NUMERALS[position]
    return f"十{_NUMERALS[position - len(_NUMERALS)]}"


def span(period: Period) -> str:
    """2026年1月1日至2026年12月31日."""
    first, last = period.start, period.last_day
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def period_name(period: Period) -> str:
    """2026年3月, 2026年第1季度, 2026年上半年, 2026年度, or its first and last day."""
    year, first = period.start.year, period.start.month
    if period == Period.containing(period.start, Grain.MONTH):
        return f"{year}年{first}月"
    if period == Period.containing(period.start, Grain.QUARTER):
        return f"{year}年第{(first + 2) // 3}季度"
    if period == Period.containing(period.start, Grain.HALF_YEAR):
        return f"{year}年{'上' if first == 1 else '下'}半年"
    if period == Period.containing(period.start, Grain.YEAR):
        return f"{year}年度"
    return span(period)


def month_names(term: Period) -> list[str]:
    """The months of a term as heads of columns: 2026.01; 3.16–4.15 where they start mid-month."""
    names = []
    for month in Cycle(term).contract_months():
        if month.start.day == 1:
            names.append(f"{month.start:%Y.%m}")
        else:
            last = month.last_day
            names.append(f"{month.start.month}.{month.start.day}–{last.month}.{last.day}")
    return names


def figure(value: Decimal | None) -> str:
    """A number with thousands: 1,250 or 83.25; a line to write on when there is none."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cycle_grain(scheme: Scheme, contract: Contract) -> Grain:
    """How long one appraisal is, under this contract's parameters."""
    if isinstance(scheme.cycle, Grain):
        return scheme.cycle
    return Grain(str(_setting(scheme, contract, scheme.cycle)))


def _setting(scheme: Scheme, contract: Contract, ref: Ref) -> object:
    chosen = dict(contract.settings)
    if ref.parameter in chosen:
        return chosen[ref.parameter]
    parameter = scheme.parameter(ref.parameter)
    return parameter.default if parameter else None
