"""Accounts: what pay carries from one period to another, as entries that are never edited.

A balance is a sum of entries. Opening a shortfall, filling it, carrying an excess, posting the
difference that a late correction makes: each is a new entry that names its clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, Origin, given, total
from kpidesk.core.period import CYCLE


class Account(StrEnum):
    """What is carried; the value is its name on paper and screen."""

    SHORTFALL = "补基数"  # base quotas still to be made up
    EXCESS = "超额结转"  # what was earned above a target and counts later
    CORRECTION = "更正"  # differences of periods that are closed


class Side(StrEnum):
    """Whether an entry raises or lowers the balance."""

    ADD = "add"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting: `amount` as it was computed in `period`, with its derivation.

    `item` is what within the account it concerns: the quarter whose base is short. `reason` says
    in Chinese what happened; the clause is the amount's.
    """

    subject: Subject
    account: Account
    item: str
    period: str
    side: Side
    amount: Figure
    reason: str

    @property
    def clause(self) -> str:
        """The clause of the source that it rests on."""
        return self.amount.clause

    def seen_from(self, period: str) -> Figure:
        """The amount: in its own period with its derivation, later as a reference to it.

        A derivation then names what it took over, and does not repeat how that came about.
        """
        label = f"{period_words(self.period)} {self.reason}"
        if period == self.period:
            return self.amount.named(label)
        origin = Origin(f"台账“{self.account}”{self.item}")
        return given(self.amount.value, YUAN, label, self.clause, origin)


def period_words(key: str) -> str:
    """A period's key as labels say it: the whole cycle has no key of its own."""
    return "全周期" if key == CYCLE else key


def balance(entries: Iterable[Entry], period: str, label: str) -> Figure:
    """What entries come to, seen from a period."""
    entries = tuple(entries)
    added = [one.seen_from(period) for one in entries if one.side is Side.ADD]
    taken = [one.seen_from(period) for one in entries if one.side is Side.TAKE]
    start = added or [given(0, YUAN, "")]
    summed = start[0] if len(start) == 1 else total(start, YUAN)
    for one in taken:
        summed -= one
    return summed.named(label)
