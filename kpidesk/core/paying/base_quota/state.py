"""What the fold over a person's quarters takes in, carries from one to the next, and gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kpidesk.core.accounts import Account, Entry, Side, balance
from kpidesk.core.exact import ZERO
from kpidesk.core.facts import Subject
from kpidesk.core.figure import Figure


class Standing(StrEnum):
    """How a quarter stands to base and target."""

    BELOW_BASE = "below_base"
    BASE_MET = "base_met"
    TARGET_MET = "target_met"  # the floating wage is due
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Quarter:
    """The figures of one person and quarter, all there.

    `own` counts for the task, without what was carried in. Of it, `paid_apart` does not earn the
    sales rate with the accrual, `released_apart` not with the back pay of this quarter's base;
    None where there is no such part.
    """

    subject: Subject
    key: str
    number: int
    """1 to 4, in the calendar year."""
    own: Figure
    target: Figure
    base: Figure
    free: bool = False
    paid_apart: Figure | None = None
    released_apart: Figure | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quarter whose base is short, with everything that was posted about it."""

    quarter: Quarter
    gap: Figure
    entries: tuple[Entry, ...]

    def remaining(self, period: str) -> Figure:
        """What is still to be made up, seen from a period."""
        return balance(self.entries, period, f"{self.quarter.key} 差额余额")

    @property
    def is_filled(self) -> bool:
        """Whether nothing is left to make up."""
        return self.remaining("").value == ZERO

    def posted(self, entry: Entry) -> Shortfall:
        """With one more entry."""
        return replace(self, entries=(*self.entries, entry))


@dataclass(frozen=True, slots=True)
class State:
    """What a person carries from one quarter to the next: shortfalls, oldest first, and excess."""

    shortfalls: tuple[Shortfall, ...] = ()
    excess: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A filled quarter that is paid now, and the amount that earns the sales rate."""

    key: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a quarter accrues, fills and carries on. `accrued`: what earns the sales rate."""

    made_up: Figure
    accrued: Figure
    carried_out: Figure
    released: tuple[Released, ...] = ()
    open: tuple[tuple[str, Figure], ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one quarter came to.

    `settlement` is None, and nothing later can be computed, while the company has to decide by
    hand; `standing` and `variable_pay_due` are then None where they hang on the decision.
    """

    quarter: Quarter
    carried_in: Figure
    tested: Figure
    standing: Standing | None
    variable_pay_due: bool | None
    settlement: Settlement | None
    above_target: bool = False
    at_limit: bool = False
    """Above the target, and not below the printed limit."""
    in_debt: bool = False
    """Shortfalls were open when the quarter began."""
    has_unpaid: bool = False
    """Earlier quarters, filled or not, waited for their back pay when the quarter began."""
    lapsed: tuple[Entry, ...] = ()
    """Postings of shortfalls that lapsed with the old year."""

    @property
    def may_repay(self) -> bool:
        """Whether the open decision may also release earlier quarters."""
        return self.settlement is None and self.has_unpaid

    @property
    def is_short(self) -> bool:
        """Whether the quarter's own money waits for a shortfall to be made up."""
        postings = self.settlement.entries if self.settlement else ()
        return any(one.account is Account.SHORTFALL and one.side is Side.ADD for one in postings)
