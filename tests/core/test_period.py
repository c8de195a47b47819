"""Periods and cycles that start on any day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import Cycle, Grain, Period, Timeline, add_months, parse_day

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
grains = st.sampled_from([Grain.MONTH, Grain.QUARTER, Grain.HALF_YEAR, Grain.YEAR])


@given(days, grains, grains)
def test_the_parts_of_a_period_tile_it(start: date, length: Grain, grain: Grain) -> None:
    period = Cycle.starting(start, length).period
    parts = period.split(grain)
    assert parts[0].start == period.start
    assert parts[-1].end == period.end
    for one, following in pairwise(parts):
        assert one.end == following.start
    assert sum(one.days for one in parts) == period.days


@given(days, grains)
def test_the_months_of_a_contract_tile_its_cycle(start: date, grain: Grain) -> None:
    cycle = Cycle.starting(start, grain)
    months = cycle.contract_months()
    assert len(months) == grain.months
    assert (months[0].start, months[-1].end) == (cycle.period.start, cycle.period.end)
    for one, following in pairwise(months):
        assert one.end == following.start


@given(days, grains)
def test_cycles_follow_each_other_without_gap(start: date, grain: Grain) -> None:
    cycle = Cycle.starting(start, grain).period
    assert cycle.start == start
    assert cycle.last_day + timedelta(days=1) == cycle.end
    assert cycle.end.day in (start.day, 1)


@pytest.mark.parametrize(
    ("start", "grain", "last"),
    [
        ("2024-02-29", Grain.YEAR, "2025-02-28"),
        ("2023-03-01", Grain.YEAR, "2024-02-29"),
        ("2024-03-01", Grain.YEAR, "2025-02-28"),
        ("2024-01-31", Grain.MONTH, "2024-02-29"),
        ("2023-01-31", Grain.MONTH, "2023-02-28"),
        ("2024-08-31", Grain.HALF_YEAR, "2025-02-28"),
        ("2024-01-16", Grain.MONTH, "2024-02-15"),
        ("2024-11-30", Grain.QUARTER, "2025-02-28"),
    ],
)
def test_a_cycle_ends_the_day_before_its_anniversary(start: str, grain: Grain, last: str) -> None:
    cycle = Cycle.starting(date.fromisoformat(start), grain)
    assert cycle.period.last_day == date.fromisoformat(last)


def test_a_cycle_from_march_holds_three_whole_quarters() -> None:
    cycle = Cycle.starting(date(2024, 3, 1), Grain.YEAR)
    assert [one.key for one in cycle.parts(Grain.QUARTER)] == ["2024Q2", "2024Q3", "2024Q4"]
    assert [one.key for one in cycle.parts(Grain.MONTH)][::11] == ["2024-03", "2025-02"]
    assert cycle.parts(Grain.CYCLE) == (cycle.period,)


@given(days, grains)
def test_a_period_key_reads_back(day: date, grain: Grain) -> None:
    period = Period.containing(day, grain)
    assert day in period
    assert Period.parse(period.key) == period
    assert period.before().end == period.start


@pytest.mark.parametrize("key", ["2024Q5", "2024H3", "2024-13", "2024-1", "24", "cycle", "2024 "])
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(InvalidValueError, match="不是期间"):
        Period.parse(key)


def test_periods_overlap_in_the_days_of_both() -> None:
    year, late = Period.parse("2024"), Period(date(2024, 12, 30), date(2025, 2, 1))
    assert year.overlap(late) == Period(date(2024, 12, 30), date(2025, 1, 1))
    assert year.overlap(Period.parse("2025")) is None
    assert late.key == "2024-12-30…2025-01-31"
    with pytest.raises(InvalidValueError, match="早于开始日"):
        Period(date(2024, 1, 2), date(2024, 1, 2))


def test_a_value_is_in_force_from_its_day_on() -> None:
    nothing: Timeline[str] = Timeline(())
    line = Timeline(((date(2024, 1, 1), "a"), (date(2024, 5, 1), "b")))
    assert (line.at(date(2024, 4, 30)), line.at(date(2024, 5, 1))) == ("a", "b")
    with pytest.raises(InvalidValueError, match="最早的一项自 2024-01-01"):
        line.at(date(2023, 12, 31))
    with pytest.raises(InvalidValueError, match="没有生效的值"):
        nothing.at(date(2024, 1, 1))
    with pytest.raises(InvalidValueError, match="由早到晚"):
        Timeline(((date(2024, 5, 1), "a"), (date(2024, 5, 1), "b")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-02-30", "最后一天是 2026-02-28"),
        ("2024-02-30", "最后一天是 2024-02-29"),
        ("2026-13-01", "没有这个月份"),
        ("0000-01-01", "没有这个月份"),
        ("2026-04-00", "没有 0 日"),
        ("2026/02/01", "不是日期"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        parse_day(text)


def test_days_are_read_and_years_have_an_end() -> None:
    assert parse_day(" 2026-2-28 ") == date(2026, 2, 28)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    with pytest.raises(InvalidValueError, match="超出范围"):
        add_months(date(9999, 12, 1), 1)
