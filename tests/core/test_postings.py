"""任职记录: what is written down when somebody moves, and what counts of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId
from kpidesk.core.postings import Posting, WrittenPosting, changed, history

HIRED = Posting(date(2020, 1, 1), "客户部", "客户专员")
MOVED = Posting(date(2026, 3, 1), "客户部", "客户经理", "曾小贤")
UNKNOWN = Posting(None, "客户部", "客户专员")


def later(posting: Posting, day: date) -> Posting:
    return Posting(day, posting.department, posting.post, posting.superior)


def test_the_first_move_keeps_what_was_before() -> None:
    assert changed((), HIRED, MOVED, moves=True) == ((HIRED, False), (MOVED, False))
    assert changed((), UNKNOWN, MOVED, moves=True) == ((UNKNOWN, False), (MOVED, False))


def test_a_second_move_adds_one() -> None:
    again = Posting(date(2026, 9, 1), "市场部", "市场经理")
    assert changed((HIRED, MOVED), MOVED, again, moves=True) == ((again, False),)


def test_what_holds_from_the_same_day_corrects() -> None:
    right = Posting(MOVED.since, "客户部", "高级客户经理")
    assert changed((HIRED, MOVED), MOVED, right, moves=True) == ((right, True),)
    assert changed((HIRED, MOVED), MOVED, MOVED, moves=False) == ()
    assert changed((), HIRED, Posting(HIRED.since, "客户部", "客服"), moves=True) == ()


def test_another_day_alone_corrects_the_day() -> None:
    day = later(MOVED, date(2026, 4, 1))
    assert changed((HIRED, MOVED), MOVED, day, moves=False) == ((day, True),)
    alone = later(HIRED, date(2022, 1, 1))
    assert changed((), HIRED, alone, moves=False) == ((alone, False),)


@pytest.mark.parametrize(
    ("past", "after", "moves", "said"),
    [
        ((HIRED, MOVED), later(HIRED, date(2026, 2, 1)), True, "2026-02-01.*2026-03-01"),
        ((HIRED, MOVED), later(MOVED, date(2020, 1, 1)), False, "晚于上一段任职的起始日"),
        ((HIRED, MOVED), Posting(None, "x", "y"), True, "没有填写"),
    ],
)
def test_days_come_in_order(
    past: tuple[Posting, ...], after: Posting, *, moves: bool, said: str
) -> None:
    with pytest.raises(InvalidValueError, match=said):
        changed(past, past[-1], after, moves=moves)


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=12))
def test_whatever_comes_the_days_of_the_history_rise(moves: list[tuple[int, bool]]) -> None:
    written: list[WrittenPosting] = []
    now = HIRED
    for days, is_move in moves:
        assert now.since is not None
        now = Posting(now.since + timedelta(days=days), now.department, f"岗位{len(written)}")
        for posting, corrects in changed(history(written), HIRED, now, moves=is_move):
            number = len(written) + 1
            written.append(WrittenPosting(number, PersonId(1), posting, corrects))
        assert history(written)[-1] == now
    days_of = [one.since or date.min for one in history(written)]
    assert days_of == sorted(set(days_of))
