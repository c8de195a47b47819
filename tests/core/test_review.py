"""Where results stand on their way to final, the guideline of grades, and ranks with ties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.codec import canonical_json, from_json
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.approval import Approval
from kpidesk.core.calibrated import calibrated_total
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.figure import POINTS
from kpidesk.core.figure import given as given_figure
from kpidesk.core.grading import GradeScale
from kpidesk.core.period import Period
from kpidesk.core.review.batch import Batch, Submitted
from kpidesk.core.review.guideline import Guide, departures
from kpidesk.core.review.ranking import Rank, ranked
from kpidesk.core.review.standing import (
    NEW,
    Line,
    Mark,
    Moved,
    Stage,
    closed_cycles,
    reviews,
)
from kpidesk.core.review.steps import (
    _KINDS,
    Appealed,
    Approved,
    BatchId,
    Calibrated,
    Closed,
    Confirmed,
    Dismissed,
    Heard,
    Kind,
    Published,
    Reopened,
    Returned,
    Step,
    Upheld,
    Withdrawn,
    day_of,
    kind_of,
    until_of,
)
from kpidesk.core.tables import Band, Bands

ONE, TWO = AppraisalId(1), AppraisalId(2)
FIRST, SECOND = BatchId(1), BatchId(2)
DAY = date(2026, 3, 2)
LATER = date(2026, 3, 9)
D = Decimal


def of_batch(kind: Kind, day: date = DAY, until: date | None = None) -> Mark:
    return Mark(kind, None, FIRST, day, until)


def own(kind: Kind, day: date = DAY, until: date | None = None, sheet: AppraisalId = ONE) -> Mark:
    return Mark(kind, sheet, FIRST, day, until)


LINES = (Line(FIRST, ONE, 1, DAY), Line(FIRST, TWO, 1, DAY))


def test_a_submitted_result_waits_and_is_locked() -> None:
    (review, _) = (reviews(LINES, ())[one] for one in (ONE, TWO))
    assert (review.stage, review.since, review.is_locked, review.is_final) == (
        Stage.WAITING, DAY, True, False,
    )  # fmt: skip
    assert not NEW.is_locked


def test_who_is_returned_can_be_changed_while_the_others_are_approved() -> None:
    found = reviews(LINES, [own(Kind.RETURN), of_batch(Kind.APPROVE, LATER)])
    assert found[ONE].stage is Stage.RETURNED
    assert not found[ONE].is_locked
    assert (found[TWO].stage, found[TWO].since) == (Stage.APPROVED, LATER)
    assert (found[ONE].decided, found[TWO].decided) == (DAY, LATER)
    assert found[TWO].is_final


def test_a_result_submitted_again_waits_again() -> None:
    again = (*LINES, Line(SECOND, ONE, 2, LATER))
    found = reviews(again, [own(Kind.RETURN), of_batch(Kind.APPROVE)])
    assert (found[ONE].stage, found[ONE].number, found[ONE].batch) == (Stage.WAITING, 2, SECOND)
    assert not found[ONE].corrected


def test_a_publication_counts_both_of_its_days() -> None:
    marks = [of_batch(Kind.APPROVE), of_batch(Kind.PUBLISH, DAY, LATER)]
    review = reviews(LINES, marks)[ONE]
    assert review.published == (DAY, LATER)
    assert review.is_public(DAY)
    assert review.is_public(LATER)
    assert not review.is_public(date(2026, 3, 10))
    assert not NEW.is_public(DAY)


def test_an_appeal_runs_until_it_is_decided() -> None:
    marks = [of_batch(Kind.APPROVE), own(Kind.CONFIRM), own(Kind.APPEAL, DAY, LATER)]
    running = reviews(LINES, marks)[ONE]
    assert (running.appeal, running.appealed_on, running.stage) == (LATER, DAY, Stage.CONFIRMED)
    heard = reviews(LINES, [*marks, own(Kind.HEAR)])[ONE]
    assert heard.appeal == LATER
    for end, stage in (
        (Kind.DISMISS, Stage.CONFIRMED),
        (Kind.WITHDRAW, Stage.CONFIRMED),
        (Kind.UPHOLD, Stage.UPHELD),
    ):
        decided = reviews(LINES, [*marks, own(end)])[ONE]
        assert (decided.appeal, decided.stage, decided.appeals) == (None, stage, 1)
    assert reviews(LINES, marks)[TWO].appeal is None


def test_what_is_submitted_after_an_upheld_appeal_is_a_correction() -> None:
    marks = [of_batch(Kind.APPROVE), own(Kind.APPEAL, DAY, LATER), own(Kind.UPHOLD)]
    found = reviews((*LINES, Line(SECOND, ONE, 2, LATER)), marks)
    assert found[ONE].corrected
    assert found[ONE].stage is Stage.WAITING
    assert not found[TWO].corrected


def test_the_last_calibration_counts_and_needs_no_batch() -> None:
    moves = [
        Mark(Kind.CALIBRATE, ONE, None, DAY, None, 1, D(80), "良好"),
        Mark(Kind.CALIBRATE, ONE, None, DAY, None, 1, D(90), "优秀"),
        Mark(Kind.CLOSE, None, None, DAY),
    ]
    assert reviews((), moves) == {ONE: reviews((), moves)[ONE]}
    assert reviews((), moves)[ONE].moved == Moved(1, D(90), "优秀")
    assert reviews(LINES, moves)[ONE].moved == Moved(1, D(90), "优秀")
    assert reviews(LINES, moves)[TWO].moved is None


def test_a_cycle_is_closed_until_it_is_opened_again() -> None:
    year, month = Period.months(2026, 1, 12), Period.months(2026, 1, 1)
    assert closed_cycles([(Kind.CLOSE, year), (Kind.CLOSE, month), (Kind.REOPEN, month)]) == {year}


STEPS: tuple[Step, ...] = (
    Calibrated(1, D(80), "良好", D(85), "优秀", "理由", "王总", DAY),
    Approved("王总", DAY),
    Returned("王总", DAY, "重评"),
    Published(DAY, LATER, "张贴"),
    Confirmed(DAY, "签字"),
    Appealed("李四", DAY, "少算一笔", LATER),
    Heard(DAY, "王总", "说明"),
    Upheld("王总", DAY, "确有其事"),
    Dismissed("王总", DAY, "核对无误"),
    Withdrawn(DAY, "本人撤回"),
    Closed(DAY),
    Reopened(DAY, "漏了一人"),
)


def test_every_step_has_a_kind_and_a_day() -> None:
    assert {type(one) for one in STEPS} == set(get_args(Step)) == set(_KINDS)
    assert {kind_of(one) for one in STEPS} == set(Kind)
    assert all(day_of(one) == DAY for one in STEPS)
    until = [one for one in STEPS if until_of(one) == LATER]
    assert [type(one) for one in until] == [Published, Appealed]
    assert sum(until_of(one) is not None for one in STEPS) == 2


def test_a_move_says_what_it_moves() -> None:
    both = STEPS[0]
    assert isinstance(both, Calibrated)
    assert both.text == "总分 80 → 85，等级 良好 → 优秀"
    assert both.moves
    back = Calibrated(1, D(80), "", D(80), "", "理由", "王总", DAY)
    assert (back.text, back.moves) == ("恢复为原结果", False)
    assert Calibrated(1, D(80), "", D(80), "好", "因", "王", DAY).text == "等级 无 → 好"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Calibrated(1, D(1), "", D(2), "", " ", "王", DAY), "校准的理由"),
        (lambda: Calibrated(1, D(1), "", D(2), "", "因", "", DAY), "参加校准的人"),
        (lambda: Calibrated(1, D(1), "", D(-2), "", "因", "王", DAY), "不能小于 0"),
        (lambda: Approved("", DAY), "审批人"),
        (lambda: Returned("", DAY, "因"), "审批人"),
        (lambda: Returned("王", DAY, ""), "退回的理由"),
        (lambda: Published(DAY, LATER, ""), "公示方式"),
        (lambda: Published(LATER, DAY, "张贴"), "早于开始日"),
        (lambda: Confirmed(DAY, ""), "确认方式"),
        (lambda: Appealed("", DAY, "x", DAY), "申诉人"),
        (lambda: Appealed("李", DAY, "", DAY), "申诉的内容"),
        (lambda: Heard(DAY, "", "x"), "参加的人"),
        (lambda: Heard(DAY, "王", ""), "听取的情况"),
        (lambda: Upheld("", DAY, "因"), "作出决定的人"),
        (lambda: Upheld("王", DAY, ""), "决定的理由"),
        (lambda: Dismissed("", DAY, "因"), "作出决定的人"),
        (lambda: Dismissed("王", DAY, ""), "决定的理由"),
        (lambda: Withdrawn(DAY, ""), "撤回的原因"),
        (lambda: Reopened(DAY, ""), "重新打开的理由"),
        (lambda: Guide("优", most=D(101)), "0% 到 100%"),
        (lambda: Guide("优", least=D(-1)), "0% 到 100%"),
        (lambda: Guide("优", most=D(10), least=D(20)), "高于上限"),
    ],
)
def test_a_record_without_what_makes_it_one_is_refused(make: object, said: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidValueError, match=said):
        make()


def test_a_departure_from_the_guideline_is_counted_in_people() -> None:
    guides = (Guide("优秀", most=D(20)), Guide("良好"), Guide("差", D(15), D(5)))
    assert [one.text for one in guides] == ["≤20%", "", "5%～15%"]
    assert Guide("差", least=D(5)).text == "≥5%"
    counts = {"优秀": 4, "良好": 8}
    assert [one.text for one in departures(counts, guides)] == [
        "优秀 4 人，比指引（≤20%）多 2 人",
        "差 0 人，比指引（5%～15%）少 1 人",
    ]
    assert departures({"优秀": 2, "良好": 9, "差": 1}, guides) == ()
    assert departures({}, guides) == ()


@given(st.dictionaries(st.integers(), st.decimals(0, 100, places=1), min_size=1))
def test_a_rank_is_one_more_than_how_many_are_better(points: dict[int, Decimal]) -> None:
    for key, rank in ranked(points).items():
        better = sum(one > points[key] for one in points.values())
        same = sum(one == points[key] for one in points.values())
        assert rank == Rank(better + 1, len(points), same > 1)
        assert rank.text == (f"并列{better + 1}" if same > 1 else f"{better + 1}")


def test_a_scale_grades_any_total_beyond_its_ends_too() -> None:
    bounds = ((D(50), "差"), (D(60), "及格"), (D(80), "优秀"))
    bands = Bands(tuple(Band(at, name) for at, name in bounds))
    scale = GradeScale(bands, D(0), D(100), ())
    graded = [scale.grade_at(D(one)) for one in (-3, 49, 50, 79, 80, 120)]
    assert graded == ["", "", "差", "及格", "优秀", "优秀"]
    assert scale.best_first == ("优秀", "及格", "差")


def test_a_calibrated_total_says_where_it_comes_from_and_what_stood_before() -> None:
    moved = STEPS[0]
    assert isinstance(moved, Calibrated)
    figure = calibrated_total(given_figure("80", POINTS, "总分"), moved.new_total, moved.origin)
    assert (figure.value, figure.label) == (D(85), "总分")
    after, before = figure.inputs
    assert after.origin.source == "校准：理由（参加：王总）"
    assert (after.origin.entered_on, before.value) == (DAY, D(80))


def test_what_is_submitted_is_read_again_as_it_was_written() -> None:
    table = Approval("星河科技", "全公司", Period.months(2026, 1, 1), ())
    batch = Batch(table, (Submitted(ONE, 1, "0" * 64),), "请审批")
    assert from_json(canonical_json(batch, Batch), Batch) == batch
    for step in STEPS:
        assert from_json(canonical_json(step, Step), Step) == step  # type: ignore[arg-type] # a union
