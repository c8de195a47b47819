"""Bands: rising lower bounds only, so that neither a gap nor an overlap can be written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import Number

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Band(Generic[T]):
    """From `at` upwards: "at least", or "exceeds" when not inclusive."""

    at: Decimal
    value: T
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Bands(Generic[T]):
    """Each band reaches to where the next begins; the last has no top."""

    rows: tuple[Band[T], ...]

    def __post_init__(self) -> None:
        """Refuse bounds that do not rise."""
        starts = [row.at for row in self.rows]
        if not starts or starts != sorted(set(starts)):
            msg = "分档的下限必须由小到大，每个下限只能出现一次，且至少有一档"
            raise InvalidValueError(msg)

    def find(self, value: Number) -> Band[T] | None:
        """The one band that a value is in; None when it is below the first."""
        for row in reversed(self.rows):
            if value > row.at or (row.inclusive and value == row.at):
                return row
        return None
