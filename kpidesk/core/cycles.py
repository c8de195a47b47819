"""Which days an evaluation of a scheme covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import assert_never

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.facts import Facts
from kpidesk.core.figure import Unit, given
from kpidesk.core.names import KnownFact, known_parameters
from kpidesk.core.period import CYCLE, EACH, Cycle, Grain, Period, add_months
from kpidesk.core.results import Board
from kpidesk.core.scheme import Scheme, Span
from kpidesk.core.settings import Ref, SettingValue

_NOTHING = Facts()


def cycle_of(
    scheme: Scheme,
    settings: Mapping[str, SettingValue],
    starts_on: date,
    last_day: date | None = None,
    facts: Facts = _NOTHING,
) -> Cycle:
    """The scheme's cycle that starts on a day (the calendar month of the day, where it says so).

    `last_day` ends an open cycle or a chain; without it, a chain ends with the last period that
    has a figure or a dated line. InvalidValueError when the last day contradicts the scheme.
    """
    length = scheme.cycle
    if isinstance(length, Ref):
        length = _length(scheme, length, settings)
    start = Period.containing(starts_on, length).start if scheme.calendar_cycle else starts_on
    match scheme.span:
        case Span.FIXED:
            cycle = Cycle.starting(start, length)
            if last_day is not None and last_day != cycle.period.last_day:
                msg = (
                    f"这个方案的周期从 {cycle.period.start} 到 {cycle.period.last_day}，"
                    f"ends_on 却是 {last_day}，请改正或删去 ends_on"
                )
                raise InvalidValueError(msg)
            return cycle
        case Span.OPEN_END:
            end = add_months(Period.containing(start, Grain.MONTH).start, length.months)
            if last_day is not None:
                end = date.fromordinal(last_day.toordinal() + 1)
            return Cycle(Period(start, end), ragged=True)
        case Span.CHAIN:
            first = Period.containing(starts_on, length)
            last = Period.containing(last_day or _last(facts, first), length)
            return Cycle(Period(first.start, last.end))
        case _:
            assert_never(scheme.span)


def compared_period(
    scheme: Scheme, settings: Mapping[str, SettingValue], cycle: Period, known: KnownFact
) -> Period:
    """The calendar period whose figure a growth rate compares with that of an earlier one.

    It is the one in which the cycle starts: of the cycle's own length, or of the fact's.
    """
    grain = known.grains[0]
    if grain is Grain.CYCLE:
        length = scheme.cycle
        grain = _length(scheme, length, settings) if isinstance(length, Ref) else length
    return Period.containing(cycle.start, grain)


def state_cycle(cycle: Cycle, board: Board) -> None:
    """Say which days an open cycle covers, after correction, and how many months these are."""
    months = given(len(cycle.parts(Grain.MONTH)), Unit("个月"), "考核周期")
    board.state(CYCLE, "starts_on", cycle.period.start, label="周期开始日")
    board.state(CYCLE, "ends_on", cycle.period.last_day, label="周期结束日")
    board.record(CYCLE, "months", months, places=0)


def _length(scheme: Scheme, ref: Ref, settings: Mapping[str, SettingValue]) -> Grain:
    """The chosen length; the default's where the choice is none (`evaluate` says so)."""
    parameter = known_parameters(scheme)[ref.parameter]
    chosen = settings.get(ref.parameter)
    allowed = [one.value for one in parameter.choices]
    return Grain(str(chosen if chosen in allowed else parameter.default))


def _last(facts: Facts, first: Period) -> date:
    """The last day with a figure or a line; that of the first period when there is none."""
    return max((first.last_day, *_days(facts)))


def _days(facts: Facts) -> Iterator[date]:
    for by_period in facts.by_name.values():
        for key in by_period:
            if key in (CYCLE, EACH):
                continue
            try:
                yield Period.parse(key).last_day
            except InvalidValueError:
                continue  # what is no period is reported with the fact
    for lines in facts.ledgers.values():
        yield from (line.on for line in lines)
