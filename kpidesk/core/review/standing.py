"""Where a result stands on its way: folded from the batches and steps, never stored itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Period
from kpidesk.core.review.steps import BatchId, Kind


class Stage(StrEnum):
    """Where a result stands, in the officer's words."""

    UNSUBMITTED = "未提交"
    WAITING = "待审批"
    RETURNED = "已退回"
    APPROVED = "已批准"
    CONFIRMED = "已确认"
    UPHELD = "待更正"


LOCKED = frozenset({Stage.WAITING, Stage.APPROVED, Stage.CONFIRMED})
"""Where nothing of a result may change."""
FINAL = frozenset({Stage.APPROVED, Stage.CONFIRMED})
"""What the general manager has approved."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A step as lists read it: without its words. `number`, `total`, `grade` of a calibration."""

    kind: Kind
    appraisal: AppraisalId | None
    batch: BatchId | None
    day: date
    until: date | None = None
    number: int | None = None
    total: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A result in a batch: which recording, submitted when and by whom."""

    batch: BatchId
    appraisal: AppraisalId
    number: int
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a recording was calibrated to."""

    number: int
    total: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Review:
    """Where a result stands. `since` is the day on which it came there.

    `appeal` is the day until which a running appeal is to be decided, `appealed_on` the day on
    which it was filed; `published` the days of the publication, both included; `corrected`: an
    appeal was upheld before what is submitted now.
    """

    stage: Stage = Stage.UNSUBMITTED
    batch: BatchId | None = None
    number: int = 0
    since: date | None = None
    published: tuple[date, date] | None = None
    appealed_on: date | None = None
    appeal: date | None = None
    appeals: int = 0
    corrected: bool = False
    moved: Moved | None = None
    decided: date | None = None
    """The day of the general manager's decision."""

    @property
    def is_locked(self) -> bool:
        """Whether nothing of it may change."""
        return self.stage in LOCKED

    @property
    def is_final(self) -> bool:
        """Whether the general manager has approved it."""
        return self.stage in FINAL

    def is_public(self, today: date) -> bool:
        """Whether it is being publicised on a day."""
        return self.published is not None and self.published[0] <= today <= self.published[1]


NEW = Review()


def reviews(lines: Iterable[Line], marks: Iterable[Mark]) -> dict[AppraisalId, Review]:
    """Where every result stands that was submitted or calibrated; both in their order."""
    last: dict[AppraisalId, Line] = {}
    for line in lines:
        last[line.appraisal] = line
    by_sheet: dict[AppraisalId, list[Mark]] = {}
    by_batch: dict[BatchId, list[Mark]] = {}
    for mark in marks:
        if mark.appraisal is not None:
            by_sheet.setdefault(mark.appraisal, []).append(mark)
        elif mark.batch is not None:
            by_batch.setdefault(mark.batch, []).append(mark)
    found = {}
    for one in last.keys() | by_sheet.keys():
        current = last.get(one)
        of_batch = by_batch.get(current.batch, []) if current else []
        found[one] = _review(current, of_batch, by_sheet.get(one, []))
    return found


def _review(line: Line | None, of_batch: Sequence[Mark], own: Sequence[Mark]) -> Review:
    moved = next((one for one in reversed(own) if one.kind is Kind.CALIBRATE), None)
    calibrated = (
        Moved(moved.number or 0, moved.total, moved.grade)
        if moved is not None and moved.total is not None
        else None
    )
    if line is None:
        return Review(moved=calibrated)
    mine = [one for one in (*of_batch, *own) if one.batch == line.batch]
    days = {one.kind: one for one in mine}
    appeals = [one for one in mine if one.kind is Kind.APPEAL]
    ends = sum(one.kind in _ENDS for one in mine)
    running = appeals[-1] if len(appeals) > ends else None
    stage, since = _stage(line, days)
    public = days.get(Kind.PUBLISH) if stage not in (Stage.WAITING, Stage.RETURNED) else None
    return Review(
        stage,
        line.batch,
        line.number,
        since,
        (public.day, public.until) if public is not None and public.until is not None else None,
        running.day if running else None,
        running.until if running else None,
        len(appeals),
        any(one.kind is Kind.UPHOLD and one.batch != line.batch for one in own),
        calibrated,
        next((days[one].day for one in _DECISIONS if one in days), None),
    )


_DECISIONS = (Kind.RETURN, Kind.APPROVE)
_ENDS = frozenset({Kind.UPHOLD, Kind.DISMISS, Kind.WITHDRAW})


def _stage(line: Line, days: dict[Kind, Mark]) -> tuple[Stage, date]:
    for kind, stage in (
        (Kind.UPHOLD, Stage.UPHELD),
        (Kind.RETURN, Stage.RETURNED),
        (Kind.CONFIRM, Stage.CONFIRMED),
        (Kind.APPROVE, Stage.APPROVED),
    ):
        if (mark := days.get(kind)) is not None:
            return stage, mark.day
    return Stage.WAITING, line.on


def closed_cycles(marks: Iterable[tuple[Kind, Period]]) -> frozenset[Period]:
    """The cycles that are closed, after all that was closed and opened again, in order."""
    state: dict[Period, bool] = {}
    for kind, cycle in marks:
        state[cycle] = kind is Kind.CLOSE
    return frozenset(cycle for cycle, is_closed in state.items() if is_closed)
