"""Period: a run of days, `start` in it, `end` not. Cycle: the period that one appraisal covers.

The screen and the PDF show `last_day`; nothing else in the program does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from kpidesk.core.errors import InvalidValueError

T = TypeVar("T")
MONTHS_IN_YEAR = 12
CYCLE = "cycle"
"""The key of the whole cycle; other periods are keyed "2024", "2024H1", "2024Q1", "2024-01"."""

EACH = "each"
"""The key of a figure that holds in each period of its grain (the same task every month)."""

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_KEY = re.compile(r"(\d{4})(?:(Q[1-4])|(H[12])|-(0[1-9]|1[0-2]))?")


class Grain(StrEnum):
    """How fine a figure is: one for each month, …, one for the whole cycle."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    CYCLE = "cycle"

    @property
    def months(self) -> int:
        """Its length in months; a cycle has no fixed one (0)."""
        return _MONTHS[self]


_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF_YEAR: 6, Grain.YEAR: 12, Grain.CYCLE: 0}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse an empty period."""
        if self.start >= self.end:
            last = self.end - timedelta(days=1)
            msg = f"期间的最后一天({last})早于开始日({self.start})，请改正其中一个日期"
            raise InvalidValueError(msg)

    @classmethod
    def parse(cls, key: str) -> Period:
        """Read '2026', '2026H1', '2026Q3' or '2026-05'."""
        if not (found := _KEY.fullmatch(key)):
            msg = f"“{key}”不是期间，请写成 2026、2026H1、2026Q3 或 2026-05"
            raise InvalidValueError(msg)
        year, quarter, half, month = found.groups()
        if quarter:
            return cls.months(int(year), int(quarter[1]) * 3 - 2, 3)
        if half:
            return cls.months(int(year), int(half[1]) * 6 - 5, 6)
        return cls.months(int(year), int(month), 1) if month else cls.months(int(year), 1, 12)

    @classmethod
    def months(cls, year: int, first: int, count: int) -> Period:
        """`count` whole months from month `first` of `year`."""
        start = date(year, first, 1)
        return cls(start, add_months(start, count))

    @classmethod
    def containing(cls, day: date, grain: Grain) -> Period:
        """The calendar month, quarter, half-year or year that a day is in."""
        length = grain.months
        return cls.months(day.year, (day.month - 1) // length * length + 1, length)

    @property
    def last_day(self) -> date:
        """The last day that is in the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def key(self) -> str:
        """'2026', '2026H1', '2026Q3', '2026-05', or 'start…last day' when it is none of these."""
        return _key(self)

    def __contains__(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.start <= day < self.end

    def covers(self, other: Period) -> bool:
        """Whether all of the other period is in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Period) -> Period | None:
        """The days in both, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def before(self) -> Period:
        """The calendar period of the same length that ends where this one starts."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return Period(add_months(self.start, -months), self.start)

    def year_before(self) -> Period:
        """The same calendar period a year earlier."""
        return Period(
            add_months(self.start, -MONTHS_IN_YEAR), add_months(self.end, -MONTHS_IN_YEAR)
        )

    def split(self, grain: Grain) -> tuple[Period, ...]:
        """Its calendar months (quarters, …); the first and last may be partial."""
        parts, start = [], self.start
        while start < self.end:
            end = min(self.end, Period.containing(start, grain).end)
            parts.append(Period(start, end))
            start = end
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Cycle:
    """The period that one appraisal covers; it may start on any day.

    `ragged`: a month that is only partly in it counts as one of its months.
    """

    period: Period
    ragged: bool = False

    @classmethod
    def starting(cls, start: date, grain: Grain) -> Cycle:
        """The cycle of one month, quarter, half-year or year that starts on a day.

        Where the closing month has no such day (31 January + 1 month, 29 February + 1 year) the
        cycle ends with that month.
        """
        return cls(Period(start, _corresponding_day(start, grain.months)))

    def parts(self, grain: Grain) -> tuple[Period, ...]:
        """The calendar periods of a grain that lie in the cycle: wholly, unless it is ragged."""
        if grain is Grain.CYCLE:
            return (self.period,)
        return tuple(
            whole
            for part in self.period.split(grain)
            if (whole := Period.containing(part.start, grain)) == part or self.ragged
        )

    def contract_months(self) -> tuple[Period, ...]:
        """Its months counted from its start (1 March – 31 March, or 16th – 15th): for targets."""
        return _contract_months(self.period)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """A value that changes on known days, earliest first."""

    entries: tuple[tuple[date, T], ...]

    def __post_init__(self) -> None:
        """Refuse days that do not rise."""
        days = [day for day, _ in self.entries]
        if days != sorted(set(days)):
            msg = "变更日期必须由早到晚，且同一天只能有一次变更"
            raise InvalidValueError(msg)

    def at(self, day: date) -> T:
        """The value in force on a day; having none is an error, never a zero."""
        for start, value in reversed(self.entries):
            if start <= day:
                return value
        first = f"，最早的一项自 {self.entries[0][0]} 起生效" if self.entries else ""
        msg = f"{day} 没有生效的值{first}"
        raise InvalidValueError(msg)


@lru_cache(maxsize=1024)
def _key(period: Period) -> str:
    """The key of a period; asked for again and again for the same few."""
    for grain in (Grain.YEAR, Grain.HALF_YEAR, Grain.QUARTER, Grain.MONTH):
        if Period.containing(period.start, grain) == period:
            part = (period.start.month - 1) // grain.months + 1
            match grain:
                case Grain.YEAR:
                    return f"{period.start.year}"
                case Grain.HALF_YEAR:
                    return f"{period.start.year}H{part}"
                case Grain.QUARTER:
                    return f"{period.start.year}Q{part}"
                case _:
                    return f"{period.start:%Y-%m}"
    return f"{period.start}…{period.last_day}"


@lru_cache(maxsize=1024)
def _contract_months(term: Period) -> tuple[Period, ...]:
    """The months of a term; asked for again for each of its sheets."""
    months: list[Period] = []
    while (start := _corresponding_day(term.start, len(months))) < term.end:
        end = _corresponding_day(term.start, len(months) + 1)
        months.append(Period(start, min(end, term.end)))
    return tuple(months)


@lru_cache(maxsize=4096)
def _days_in(year: int, month: int) -> int:
    """How many days a month has; asked for tens of thousands of times in a run of pay."""
    return monthrange(year, month)[1]


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative), or that month's last day."""
    years, zero_based = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year, month = day.year + years, zero_based + 1
    if not date.min.year <= year <= date.max.year:
        msg = f"年份 {year} 超出范围，请检查日期"
        raise InvalidValueError(msg)
    return date(year, month, min(day.day, _days_in(year, month)))


def _corresponding_day(start: date, months: int) -> date:
    """The day on which `months` months from `start` are over (the first day not in them)."""
    day = add_months(start, months)
    return day if day.day == start.day else day + timedelta(days=1)


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month; February 29 in leap years."""
    return date(year, month, _days_in(year, month))


def parse_day(text: str) -> date:
    """The day written '2026-02-28'; a day that no calendar has names the last one it has."""
    if not (found := _DATE.fullmatch(text.strip())):
        msg = f"“{text}”不是日期，请写成 2026-02-28"
        raise InvalidValueError(msg)
    year, month, day = map(int, found.groups())
    if not 1 <= month <= MONTHS_IN_YEAR or year < 1:
        msg = f"“{text}”没有这个月份，请写成 2026-02-28"
        raise InvalidValueError(msg)
    if not 1 <= day <= _days_in(year, month):
        last = last_day_of_month(year, month)
        msg = f"{year} 年 {month} 月没有 {day} 日，该月最后一天是 {last}，请改正"
        raise InvalidValueError(msg)
    return date(year, month, day)
