"""A diary: what is to be done on which day, then done in that order, each day with its date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kpidesk.core.errors import KpiDeskError
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company

_MORNING = timedelta(hours=1)  # nine o'clock in China
_BETWEEN = timedelta(seconds=7)
Deed = Callable[[date], object]


class SampleCancelledError(KpiDeskError):
    """The officer stopped the making of the sample company."""

    def __init__(self) -> None:
        super().__init__("已取消生成样例公司，没有留下任何文件")


class Clock:
    """Tells the moments of a day, one after the other, so that the log keeps the day's date."""

    def __init__(self, day: date) -> None:
        self._moment = _morning_of(day)

    def turn_to(self, day: date) -> None:
        """Begin a day; never backwards."""
        self._moment = max(self._moment, _morning_of(day))

    def __call__(self) -> datetime:
        """The next moment."""
        self._moment += _BETWEEN
        return self._moment


def _morning_of(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + _MORNING


@dataclass(slots=True)
class Diary:
    """Deeds by day; on one day in the order in which they were written down."""

    pages: dict[date, list[Deed]] = field(default_factory=dict)

    def on(self, day: date, deed: Deed) -> None:
        """Write a deed down; it is called with the day."""
        self.pages.setdefault(day, []).append(deed)

    def live(self, company: Company, clock: Clock, progress: Progress) -> None:
        """Do everything, day by day; SampleCancelledError when that is stopped."""
        total, done = sum(map(len, self.pages.values())), 0
        for day in sorted(self.pages):
            clock.turn_to(day)
            with company.file.together():
                for deed in self.pages[day]:
                    progress.step(done, total, f"{day.year} 年 {day.month} 月 {day.day} 日")
                    if progress.cancelled:
                        raise SampleCancelledError
                    deed(day)
                    done += 1
        progress.step(total, total, "")
