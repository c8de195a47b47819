"""Making up shortfalls out of a surplus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kpidesk.core.accounts import Account, Entry, Side
from kpidesk.core.exact import ZERO
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.paying.base_quota.state import Quarter, Shortfall
from kpidesk.core.paying.base_quota.terms import Order
from kpidesk.core.splits import split


def fill(
    shortfalls: tuple[Shortfall, ...], surplus: Figure, order: Order, now: Quarter
) -> tuple[Shortfall, ...]:
    """The shortfalls, oldest first, with what the surplus fills of each posted."""
    parts = dict(_parts(shortfalls, surplus, order, now.key))
    return tuple(
        one.posted(_entry(parts[place], one, now)) if place in parts else one
        for place, one in enumerate(shortfalls)
    )


def filled_in(shortfalls: tuple[Shortfall, ...], now: str) -> tuple[Entry, ...]:
    """What was posted to fill shortfalls in a quarter."""
    return tuple(
        entry
        for one in shortfalls
        for entry in one.entries
        if entry.period == now and entry.side is Side.TAKE
    )


def _entry(part: Figure, shortfall: Shortfall, now: Quarter) -> Entry:
    item = shortfall.quarter.key
    return Entry(now.subject, Account.SHORTFALL, item, now.key, Side.TAKE, part, f"补足 {item}")


def _parts(
    shortfalls: tuple[Shortfall, ...], surplus: Figure, order: Order, now: str
) -> Iterator[tuple[int, Figure]]:
    """By place, what is filled; nothing where nothing is short or nothing is left to fill with."""
    short = [
        (place, remaining)
        for place, one in enumerate(shortfalls)
        if (remaining := one.remaining(now)).value > ZERO
    ]
    match order:
        case Order.OLDEST_FIRST:
            yield from _in_turn(short, surplus)
        case Order.NEWEST_FIRST:
            yield from _in_turn(short[::-1], surplus)
        case Order.PRO_RATA:
            yield from _pro_rata(short, surplus)
        case _:
            assert_never(order)


def _in_turn(short: list[tuple[int, Figure]], surplus: Figure) -> Iterator[tuple[int, Figure]]:
    rest = surplus
    for place, remaining in short:
        if rest.value <= ZERO:
            return
        part = remaining.because() if remaining.value <= rest.value else remaining.at_most(rest)
        yield place, part
        rest = (rest - part).named("补足后余额")


def _pro_rata(short: list[tuple[int, Figure]], surplus: Figure) -> Iterator[tuple[int, Figure]]:
    """In proportion to what is open, in whole fen."""
    sizes = [remaining for _, remaining in short]
    if total(sizes, YUAN).value <= surplus.value:
        yield from ((place, remaining.because()) for place, remaining in short)
        return
    values = [one.value for one in sizes]
    for (place, remaining), part in zip(short, split(surplus.value, values, values), strict=True):
        if part > ZERO:
            yield place, surplus.allotted(part, remaining)
