"""A guideline for how grades are spread: it informs, and never forces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core import exact
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.explain import show


@dataclass(frozen=True, slots=True)
class Guide:
    """What part of the people should have a grade, in percent; None: no bound on that side."""

    grade: str
    most: Decimal | None = None
    least: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse shares that nobody can keep to."""
        for one in (self.most, self.least):
            if one is not None and not ZERO <= one <= HUNDRED:
                msg = f"“{self.grade}”的比例应在 0% 到 100% 之间"
                raise InvalidValueError(msg)
        if self.most is not None and self.least is not None and self.least > self.most:
            msg = f"“{self.grade}”的下限 {show(self.least)}% 高于上限 {show(self.most)}%"
            raise InvalidValueError(msg)

    @property
    def text(self) -> str:
        """≤20%, ≥5%, 5%～20%."""
        if self.most is not None and self.least is not None:
            return f"{show(self.least)}%～{show(self.most)}%"
        if self.most is not None:
            return f"≤{show(self.most)}%"
        return f"≥{show(self.least)}%" if self.least is not None else ""


@dataclass(frozen=True, slots=True)
class Departure:
    """How far a grade is from its guideline: so many people too many (above zero) or too few."""

    guide: Guide
    count: int
    people: int

    @property
    def text(self) -> str:
        """优秀 4 人，比指引（≤20%）多 2 人."""
        more = "多" if self.people > 0 else "少"
        return (
            f"{self.guide.grade} {self.count} 人，"
            f"比指引（{self.guide.text}）{more} {abs(self.people)} 人"
        )


def departures(counts: Mapping[str, int], guides: tuple[Guide, ...]) -> tuple[Departure, ...]:
    """Where the counts of the grades depart from the guideline, in its order.

    A share that is no whole number of people is read in favour of the people: of 12, at most
    20 % are 2, and at least 20 % are 3 that should be there.
    """
    everybody = Decimal(sum(counts.values()))
    found = []
    for guide in guides:
        count = counts.get(guide.grade, 0)
        apart = 0
        if guide.most is not None:
            apart = max(count - int(exact.floor(exact.share(everybody, guide.most))), 0)
        if guide.least is not None and not apart:
            apart = min(count - int(exact.ceiling(exact.share(everybody, guide.least))), 0)
        if apart and everybody:
            found.append(Departure(guide, count, apart))
    return tuple(found)
