"""Which backups may go: all of two days stay, then one a day, a week, a month."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import Final

from kpidesk.store.keeping.catalog import FOR_GOOD, Kept

_ALL: Final = timedelta(days=2)
_DAYS: Final = 14
_WEEKS: Final = 8
_MONTHS: Final = 24
_RULES: Final[tuple[tuple[int, Callable[[datetime], Hashable]], ...]] = (
    (_DAYS, lambda moment: moment.date()),
    (_WEEKS, lambda moment: moment.isocalendar()[:2]),
    (_MONTHS, lambda moment: (moment.year, moment.month)),
)


def superfluous(kept: Iterable[Kept], now: datetime) -> tuple[Kept, ...]:
    """The backups that may be deleted, of all in the order of making; days by the officer's clock.

    The newest of each of the last 14 days, 8 weeks and 24 months that have one stays, and so do
    all of the last two days, those before an upgrade, those of closed periods, those made by hand,
    and in any case the newest and the one made last.
    """
    made = list(kept)
    newest = sorted(made, key=lambda one: one.at, reverse=True)
    stays = {one.name for one in (*newest[:1], *made[-1:])}
    stays |= {one.name for one in newest if one.reason in FOR_GOOD or now - one.at <= _ALL}
    for most, span in _RULES:
        seen: dict[Hashable, str] = {}
        for one in newest:
            seen.setdefault(span(one.at.astimezone()), one.name)
        stays |= set(list(seen.values())[:most])
    return tuple(one for one in newest if one.name not in stays)
