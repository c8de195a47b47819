"""Ranks with ties: two who are second leave no third."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among so many; `tied`: others have the same."""

    place: int
    of: int
    tied: bool = False

    @property
    def text(self) -> str:
        """3, or 并列2."""
        return f"并列{self.place}" if self.tied else str(self.place)


def ranked(points: Mapping[K, Decimal]) -> dict[K, Rank]:
    """The rank of each, the most points first."""
    how_many = Counter(points.values())
    places: dict[Decimal, int] = {}
    place = 1
    for one in sorted(how_many, reverse=True):
        places[one] = place
        place += how_many[one]
    return {key: Rank(places[one], len(points), how_many[one] > 1) for key, one in points.items()}
