"""Refusals to sign, and what becomes of improvement plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kpidesk.core.appraisal import Delivery, Interview, Opinion, PlanItem, Refusal
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.follow_up import FollowUp, Outcome, Tracked, tracked

_SEEN = ("李雷", "韩梅")
_DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "两位见证人"),
        ({"witnesses": ("李雷",)}, "两位见证人"),
        ({"witnesses": ("李雷", "")}, "两位见证人"),
        ({"witnesses": ("李雷", "李雷")}, "同一个人（李雷）"),
        ({"witnesses": _SEEN, "delivery": Delivery.POST}, "现在缺送达日期"),
        ({"witnesses": _SEEN, "delivered_on": _DAY}, "现在缺送达方式"),
    ],
)
def test_a_refusal_needs_two_witnesses_and_a_whole_delivery(
    told: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidValueError, match=said):
        Refusal(**told)


def test_witnesses_belong_to_a_refusal_and_a_refusal_has_them() -> None:
    with pytest.raises(InvalidValueError, match="拒签时，必须填写"):
        Interview(opinion=Opinion.REFUSES)
    with pytest.raises(InvalidValueError, match="只有本人拒签"):
        Interview(opinion=Opinion.AGREES, refusal=Refusal(_SEEN))
    assert Interview(opinion=Opinion.REFUSES, refusal=Refusal(_SEEN)).refusal == Refusal(_SEEN)


@pytest.mark.parametrize(
    ("outcome", "result", "until", "said"),
    [
        (Outcome.DONE, " ", None, "请写明“培训”的跟踪结果"),
        (Outcome.GOES_ON, "还差一半", None, "请填写新的完成日期"),
        (Outcome.GOES_ON, "还差一半", _DAY, "在跟踪日期 2026-03-02 之后"),
        (Outcome.DONE, "做完", date(2026, 4, 1), "只有“继续”的事项"),
    ],
)
def test_a_look_says_what_became_of_it_and_a_new_day_only_where_it_goes_on(
    outcome: Outcome, result: str, until: date | None, said: str
) -> None:
    with pytest.raises(InvalidValueError, match=said):
        FollowUp("培训", outcome, result, _DAY, until)


def test_the_last_look_counts_and_moves_the_day() -> None:
    training, list_ = PlanItem("培训", date(2026, 3, 1)), PlanItem("清单")
    later = FollowUp("培训", Outcome.GOES_ON, "一半", _DAY, date(2026, 4, 1))
    done = FollowUp("培训", Outcome.DONE, "做完", date(2026, 4, 2))
    fresh, undated = tracked((training, list_), ())
    assert (fresh.is_due(_DAY), fresh.is_due(date(2026, 2, 28))) == (True, False)
    assert not undated.is_due(_DAY)
    going, _ = tracked((training, list_), (later,))
    assert (going.due, going.is_due(_DAY), going.is_due(date(2026, 4, 1))) == (
        date(2026, 4, 1), False, True,
    )  # fmt: skip
    finished = Tracked(training, (later, done))
    assert (finished.is_open, finished.is_carried_on) == (False, False)
    assert (going.is_carried_on, fresh.is_carried_on) == (True, True)


@pytest.mark.parametrize(
    ("outcome", "carried_on"), [(Outcome.NOT_DONE, True), (Outcome.DROPPED, False)]
)
def test_what_was_not_done_is_agreed_on_anew_what_was_dropped_is_not(
    outcome: Outcome,
    carried_on: bool,  # noqa: FBT001 - a case of the table
) -> None:
    one = Tracked(PlanItem("培训"), (FollowUp("培训", outcome, "如此", _DAY),))
    assert (one.is_open, one.is_carried_on) == (False, carried_on)
