"""What the recorded results of a year come to: people, departments, dimensions, over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kpidesk.core import exact
from kpidesk.core.exact import HUNDRED, ZERO, Number
from kpidesk.core.later import ADDED_LATER
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.spread import FEW

COMPANY: Final = "全公司"


@dataclass(frozen=True, slots=True)
class Score:
    """Points out of full points, which are above zero."""

    points: Decimal
    full: Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """One recorded sheet: the total and grade that count, and the score in each dimension.

    Where they were calibrated, `before` is what the sheet itself came to; dimensions stay.
    """

    cycle: Period
    total: Score
    grade: str
    dimensions: tuple[tuple[str, Score], ...]
    before: tuple[Score, str] | None = None

    def dimension(self, name: str) -> Score | None:
        """The score in a dimension."""
        return dict(self.dimensions).get(name)


@dataclass(frozen=True, slots=True)
class Member:
    """One person under one scheme: sheets of the year, and of the year before.

    `due` are the cycles that ended in the year; `marks` those of them that were recorded.
    """

    name: str
    number: str
    department: str
    post: str
    scheme: str
    due: tuple[Period, ...]
    marks: tuple[Mark, ...]
    earlier: tuple[Mark, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """The mean score rate of the year in percent; None while nothing is recorded."""
        return mean_rate([one.total for one in self.marks])

    @property
    def uncalibrated(self) -> Decimal | None:
        """What that mean was before calibration; None where no total of the year was moved."""
        return uncalibrated(self.marks)

    @property
    def grade_before(self) -> str:
        """The last grade before calibration; empty where it was not moved."""
        if not self.marks or (before := self.marks[-1].before) is None:
            return ""
        return "" if before[1] == self.marks[-1].grade else before[1] or "无"

    @property
    def open(self) -> tuple[Period, ...]:
        """The cycles that ended without a recorded result."""
        recorded = {one.cycle for one in self.marks}
        return tuple(one for one in self.due if one not in recorded)


@dataclass(frozen=True, slots=True)
class Point:
    """The mean score rate of those recorded in one cycle."""

    cycle: Period
    rate: Decimal
    count: int
    uncalibrated: Decimal | None = None
    """The rate before calibration, where a total was moved."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a person moved in a dimension, in percentage points of the score rate."""

    name: str
    department: str
    change: Decimal


@dataclass(frozen=True, slots=True)
class Annual:
    """The year of a company, or of one department inside it.

    `members` are those reported on, `everybody` the whole company, to compare with; `until` is the
    day of the report where the year was not over yet. `whole` is what everybody is called: for the
    head of a department it is their own people.
    """

    company: str
    department: str
    year: Period
    members: tuple[Member, ...]
    everybody: tuple[Member, ...]
    without: tuple[str, ...] = ()
    until: date | None = None
    whole: str = field(default=COMPANY, metadata=ADDED_LATER)

    @property
    def about(self) -> str:
        """Whom it is about."""
        return self.department or self.whole

    @property
    def scope(self) -> str:
        """The same, said as such where it is less than the company."""
        return self.about if self.about == COMPANY else f"范围：{self.about}"

    @property
    def rated(self) -> tuple[Member, ...]:
        """Those with at least one recorded result."""
        return tuple(one for one in self.members if one.marks)

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of those with results, most people first."""
        names = [one.scheme for one in self.rated]
        return tuple(sorted(dict.fromkeys(names), key=names.count, reverse=True))

    @property
    def due(self) -> int:
        """How many sheets should have been recorded."""
        return sum(len(one.due) for one in self.members)

    @property
    def recorded(self) -> int:
        """How many were."""
        return sum(len(one.marks) for one in self.members)

    @property
    def is_calibrated(self) -> bool:
        """Whether a result of the year was moved by calibration."""
        return any(mark.before is not None for one in self.members for mark in one.marks)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole company that is reported on: there is nobody to compare with."""
        return self.members == self.everybody

    @property
    def compares_years(self) -> bool:
        """Whether somebody has results of the year before, to compare with."""
        return any(one.earlier and one.marks for one in self.members)


def mean_rate(scores: Sequence[Score]) -> Decimal | None:
    """The mean of score rates in percent, exact until it is rounded half up to one place."""
    whole = _mean(scores)
    return None if whole is None else exact.round_half_up(whole, 1)


def uncalibrated(marks: Sequence[Mark]) -> Decimal | None:
    """The mean rate before calibration; None where no total was moved."""
    if all(one.before is None or one.before[0] == one.total for one in marks):
        return None
    return mean_rate([one.before[0] if one.before else one.total for one in marks])


def group_rate(members: Iterable[Member]) -> Decimal | None:
    """The mean over people, each counted once, of their mean score rates."""
    means = [mean for one in members if (mean := _mean([m.total for m in one.marks])) is not None]
    return _rounded_mean(means)


def dimension_rates(members: Sequence[Member], *, earlier: bool = False) -> dict[str, Decimal]:
    """The mean score rate in each dimension over people, in printed order."""
    names = dict.fromkeys(
        name for one in members for mark in one.marks for name, _ in mark.dimensions
    )
    found = {}
    for name in names:
        means = [
            mean
            for one in members
            if (mean := _of(one.earlier if earlier else one.marks, name)) is not None
        ]
        if (rate := _rounded_mean(means)) is not None:
            found[name] = rate
    return found


def trend(members: Sequence[Member], *, earlier: bool = False) -> tuple[Point, ...]:
    """The mean score rate cycle by cycle; with `earlier`, of the year before."""
    by_cycle: dict[Period, list[Mark]] = {}
    for one in members:
        for mark in one.earlier if earlier else one.marks:
            by_cycle.setdefault(mark.cycle, []).append(mark)
    return tuple(
        Point(cycle, rate, len(marks), uncalibrated(marks))
        for cycle, marks in sorted(by_cycle.items())
        if (rate := mean_rate([one.total for one in marks])) is not None
    )


def moved(members: Iterable[Member], dimension: str, *, middle: Period | None) -> list[Moved]:
    """Who moved how far in a dimension, from the largest gain to the largest loss.

    Against the year before; or, with `middle` (the second half of the year), what lies in it
    against what lies before it.
    """
    found = []
    for one in members:
        before, after = one.earlier, one.marks
        if middle is not None:
            before = tuple(mark for mark in one.marks if mark.cycle.end <= middle.start)
            after = tuple(mark for mark in one.marks if mark.cycle.start >= middle.start)
        was, now = _of(before, dimension), _of(after, dimension)
        if was is not None and now is not None:
            change = exact.round_half_up(exact.subtract(now, was), 1)
            found.append(Moved(one.name, one.department, change))
    return sorted(found, key=lambda one: one.change, reverse=True)


def is_small(members: Sequence[Member]) -> bool:
    """Whether their mean lets a reader work out what one of them came to."""
    return len([one for one in members if one.marks]) < FEW


def dimension_scores(
    scheme: Scheme, values: Mapping[str, Decimal]
) -> tuple[tuple[str, Score], ...]:
    """The score in each dimension, from recorded results by name (`score.团队协作`).

    A dimension that has no score of its own is the sum of its indicators; one in which an
    indicator has none is left out.
    """
    found = []
    for root in scheme.indicators:
        own = values.get(f"score.{root.name}")
        full = scheme.full_points(root)
        if own is None:
            leaves = list(root.leaves())
            scores = [values.get(f"score.{leaf.name}") for leaf in leaves]
            own = _sum(scores)
            full = sum((scheme.full_points(leaf) for leaf in leaves), ZERO)
        if own is not None and full > 0:
            found.append((root.name, Score(own, full)))
    return tuple(found)


def _sum(scores: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in scores if one is not None]
    return sum(known, ZERO) if len(known) == len(scores) else None


def _of(marks: Iterable[Mark], dimension: str) -> Number | None:
    """The exact mean rate in a dimension."""
    scores = [score for one in marks if (score := one.dimension(dimension)) is not None]
    return _mean(scores)


def _mean(scores: Sequence[Score]) -> Number | None:
    rates = [Fraction(one.points) * 100 / Fraction(one.full) for one in scores]
    return sum(rates, Fraction(0)) / len(rates) if rates else None


def _rounded_mean(values: Sequence[Number]) -> Decimal | None:
    if not values:
        return None
    total = sum((Fraction(one) for one in values), Fraction(0))
    return exact.round_half_up(total / len(values), 1)


def completeness(recorded: int, due: int) -> Decimal | None:
    """Recorded sheets in percent of those due; None when none was due."""
    if not due:
        return None
    part = exact.multiply(Decimal(recorded), HUNDRED)
    return exact.round_half_up(exact.divide(part, Decimal(due)), 1)
