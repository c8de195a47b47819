"""Money: an exact amount of yuan, held as a whole number of fen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import decimal_of, round_half_up


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount; `fen` may be negative (a clawback)."""

    fen: int

    def __post_init__(self) -> None:
        """Refuse anything but a whole number of fen."""
        if isinstance(self.fen, bool) or not isinstance(self.fen, int):
            msg = f"fen is a whole number, not {type(self.fen).__name__}"
            raise TypeError(msg)

    @classmethod
    def yuan(cls, amount: str | int | Decimal) -> Money:
        """Money from yuan; refuses floats, and amounts finer than a fen."""
        exact = decimal_of(amount)
        if round_half_up(exact, 2) != exact:
            msg = f"金额“{amount}”小于一分的部分无法支付，请先按规则四舍五入到分"
            raise InvalidValueError(msg)
        return cls(int(exact.scaleb(2)))

    @property
    def amount(self) -> Decimal:
        """The amount in yuan, with two decimals."""
        return Decimal(self.fen).scaleb(-2)

    def __add__(self, other: Money) -> Money:
        """The sum."""
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        """The difference."""
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        """The same amount the other way."""
        return Money(-self.fen)

    def __str__(self) -> str:
        """Yuan with thousands separators: 1,234.50."""
        return f"{self.amount:,.2f}"


def split_evenly(total: Money, parts: int) -> tuple[Money, ...]:
    """`parts` amounts that differ by at most a fen and add to `total`; the earlier get more."""
    if parts < 1:
        msg = "至少要分成一份"
        raise InvalidValueError(msg)
    each, rest = divmod(total.fen, parts)
    return tuple(Money(each + (1 if number < rest else 0)) for number in range(parts))
