"""Splitting targets: the sum is exact, locked figures stay, and what cannot be done is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Grain, Period
from kpidesk.core.target_plan import TOTAL, PlanLine
from kpidesk.core.target_split import (
    Season,
    apportion,
    raised,
    raised_line,
    split_months,
    split_people,
)

EVEN = (Decimal(1),) * 12
BLANK = PlanLine(PersonId(1), Decimal(100), (None,) * 12)
MONTHS = Period.months(2026, 4, 12).split(Grain.MONTH)
_FIGURES = st.decimals(0, 10**9, places=2)


@given(_FIGURES, st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=12).filter(any))
def test_parts_add_to_the_total_and_are_near_their_share(
    total: Decimal, weights: list[Decimal]
) -> None:
    parts = apportion(total, weights, 2)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= Decimal("0.011")


@given(
    _FIGURES,
    st.lists(st.one_of(st.none(), st.decimals(0, 1000, places=2)), min_size=12, max_size=12),
    st.sets(st.integers(0, 11)),
    st.sets(st.integers(0, 11)),
)
def test_a_split_is_exact_or_refused_and_never_touches_what_is_locked(
    total: Decimal, months: list[Decimal | None], free: set[int], locked: set[int]
) -> None:
    line = PlanLine(PersonId(1), total, tuple(months), tuple(sorted(locked)))
    try:
        after = split_months(line, free, EVEN, 2)
    except InvalidValueError:
        return
    assert after.unassigned == 0
    for place in set(range(12)) - (free - locked):
        assert after.months[place] == line.months[place]


def test_whole_customers_and_tenths_of_a_fen_stay_what_they_are() -> None:
    assert [str(one) for one in apportion(Decimal(7), EVEN[:3], 0)] == ["3", "2", "2"]
    assert sum(apportion(Decimal("1.0005"), EVEN[:3], 2)) == Decimal("1.0005")


def test_a_year_is_spread_by_its_season() -> None:
    shares = (Decimal(30), *(Decimal(7),) * 10, Decimal(0))
    season = Season(shares)
    assert season.weights(MONTHS)[0] == 7
    assert season.weights(MONTHS)[9] == 30
    assert Season().weights(MONTHS) == EVEN
    with pytest.raises(InvalidValueError, match="合计为 84%"):
        Season((Decimal(7),) * 12)
    with pytest.raises(InvalidValueError, match="十二个月各一个"):
        Season((Decimal(100),))


@pytest.mark.parametrize(
    ("line", "free", "weights", "problem"),
    [
        (PlanLine(PersonId(1), None, (None,) * 12), {0}, EVEN, "还没有填全年目标"),
        (BLANK.put(5, Decimal(101)), {0}, EVEN, "合计 101，已超过全年目标 100"),
        (BLANK.lock(0, is_on=True), {0}, EVEN, "没有可以分解的月份"),
        (BLANK, {0}, (Decimal(0),) * 12, "没有可以参照的比例"),
    ],
)
def test_a_split_that_cannot_be_done_says_why(
    line: PlanLine, free: set[int], weights: tuple[Decimal, ...], problem: str
) -> None:
    with pytest.raises(InvalidValueError, match=problem):
        split_months(line, free, weights, 2)


def test_nothing_left_to_split_is_no_problem() -> None:
    full = BLANK.put(5, Decimal(100))
    assert split_months(full, (), EVEN, 2) == full
    assert split_months(full, {0}, (Decimal(0),) * 12, 2).months[0] == 0


def test_a_figure_is_split_over_people_who_may_take_it() -> None:
    lines = [
        PlanLine(PersonId(1), Decimal(30), (), (TOTAL,)),
        PlanLine(PersonId(2), Decimal(20)),
        PlanLine(PersonId(3)),
        PlanLine(PersonId(4)),
    ]
    weights = {PersonId(3): Decimal(2), PersonId(4): Decimal(1)}
    after = split_people(Decimal("80.01"), lines, {PersonId(2)}, weights, 2)
    assert [one.total for one in after] == [30, 20, Decimal("20.01"), 10]
    with pytest.raises(InvalidValueError, match="合计 50，已超过要分解的 40"):
        split_people(Decimal(40), lines, {PersonId(2)}, weights, 2)
    with pytest.raises(InvalidValueError, match="没有可以分解的人"):
        split_people(Decimal(60), lines[:2], {PersonId(2)}, weights, 2)
    assert split_people(Decimal(50), lines[:2], {PersonId(2)}, weights, 2) == tuple(lines[:2])


def test_last_year_and_so_much_more() -> None:
    line = PlanLine(PersonId(1), Decimal(10), (Decimal("3.33"), Decimal("6.67"), None), (0,))
    more = raised_line(line, Decimal(15), 2)
    assert (more.total, more.assigned, more.locked) == (Decimal("11.50"), Decimal("11.50"), ())
    assert more.months[2] is None
    assert raised_line(PlanLine(PersonId(1)), Decimal(15), 2).total is None
    only = raised_line(PlanLine(PersonId(1), Decimal(5)), Decimal(-10), 0)
    assert only.total == 5
    nothing = raised_line(PlanLine(PersonId(1), Decimal(0), (Decimal(0),)), Decimal(5), 2)
    assert nothing.months == (Decimal(0),)
    assert raised(None, Decimal(5), 2) is None
    with pytest.raises(InvalidValueError, match="最多降低 100%"):
        raised(Decimal(5), Decimal(-101), 2)
