"""Paying the bonus of quarters whose base has been made up."""

from __future__ import annotations

from typing import assert_never

from kpidesk.core.figure import NO_ORIGIN, YUAN, Figure, Origin, given
from kpidesk.core.paying.base_quota.state import Released, Shortfall
from kpidesk.core.paying.base_quota.terms import BackPay, FoldTerms, Release


def release(
    shortfalls: tuple[Shortfall, ...], now: str, terms: FoldTerms
) -> tuple[tuple[Released, ...], tuple[Shortfall, ...]]:
    """What is released now, oldest first, and what stays listed."""
    filled = [one for one in shortfalls if one.is_filled]
    match terms.release:
        case Release.EACH:
            going = filled
        case Release.ALL:
            going = filled if len(filled) == len(shortfalls) else []
        case _:
            assert_never(terms.release)
    paid = tuple(Released(one.quarter.key, _amount(one, now, terms)) for one in going)
    return paid, tuple(one for one in shortfalls if one not in going)


def _amount(shortfall: Shortfall, now: str, terms: FoldTerms) -> Figure:
    """What earns the sales rate, with the postings that show the shortfall to be filled."""
    quarter, clause = shortfall.quarter, terms.clauses.back_pay
    match terms.back_pay:
        case BackPay.BASE:
            amount = _of(quarter.key, quarter.base, f"{quarter.key} 任务基数", clause)
            apart = quarter.released_apart
            if apart is not None:
                amount -= _of(quarter.key, apart, apart.label, apart.clause)
        case BackPay.SHORTFALL:
            amount = _of(quarter.key, shortfall.gap, f"{quarter.key} 补足的差额", clause)
        case _:
            assert_never(terms.back_pay)
    amount = amount.because(shortfall.remaining(now))
    return amount.named(f"{quarter.key} 补发的计提额", clause)


def _of(quarter: str, figure: Figure, label: str, clause: str) -> Figure:
    """A figure of an earlier quarter, as a reference to what that quarter shows."""
    origin = Origin(f"{quarter} 的结果") if figure.value else NO_ORIGIN
    return given(figure.value, YUAN, label, clause, origin)
