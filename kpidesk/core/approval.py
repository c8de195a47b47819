"""The results of one cycle as the general manager decides on them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.period import Period
from kpidesk.core.spread import Spread, by_range, rate, spread


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody came to in the cycle before."""

    cycle: Period
    total: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Change:
    """A score rewritten by hand, or a recorded result opened again: what, why, by whom, when."""

    what: str
    reason: str
    by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One person's result. `total` None: still incomplete, with so many things `missing`.

    `full` is what the total is out of; `recorded` whether the scores were recorded (已定分).
    """

    name: str
    number: str
    department: str
    post: str
    scheme: str
    total: Decimal | None
    full: Decimal
    grade: str
    recorded: bool
    missing: int
    before: Before | None
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]

    @property
    def difference(self) -> Decimal | None:
        """Total against that of the cycle before; None where one of them is not there."""
        if self.total is None or self.before is None:
            return None
        return self.total - self.before.total


@dataclass(frozen=True, slots=True)
class SchemeSpread:
    """The spread of the totals under one scheme, and of its grades, best score first."""

    scheme: str
    full: Decimal
    spread: Spread
    grades: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """All results of a cycle, by department and number; `without`: people who have no sheet."""

    company: str
    about: str
    cycle: Period
    lines: tuple[ApprovalLine, ...]
    without: tuple[str, ...] = ()

    @property
    def complete(self) -> tuple[ApprovalLine, ...]:
        """Those who have come to a total."""
        return tuple(one for one in self.lines if one.total is not None)

    @property
    def ranges(self) -> tuple[int, ...]:
        """How many score rates lie in each range."""
        return by_range(rate(one.total, one.full) for one in self.lines if one.total is not None)

    @property
    def spreads(self) -> tuple[SchemeSpread, ...]:
        """The spread under each scheme: totals out of different full points are not mixed."""
        found = []
        for key in dict.fromkeys((one.scheme, one.full) for one in self.complete):
            lines = [one for one in self.complete if (one.scheme, one.full) == key]
            totals = [one.total for one in lines if one.total is not None]
            best = {one.grade: one.total for one in sorted(lines, key=lambda x: x.total or 0)}
            counts = Counter(one.grade for one in lines if one.grade)
            grades = sorted(counts, key=lambda grade: best[grade] or 0, reverse=True)
            made = tuple((grade, counts[grade]) for grade in grades)
            found.append(SchemeSpread(*key, spread(totals), made))
        return tuple(found)

    @property
    def warnings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each warning once, with the names of those whom it concerns; the rarest first."""
        names: dict[str, list[str]] = {}
        for line in self.lines:
            for text in dict.fromkeys(line.warnings):
                names.setdefault(text, []).append(line.name)
        found = sorted(names.items(), key=lambda item: len(item[1]))
        return tuple((text, tuple(people)) for text, people in found)
