"""校准: results moved in one sitting. The recorded ones stay; each move is a record on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.appraisal import AppraisalId, AppraisalState
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.exact import is_sensible, round_half_up
from kpidesk.core.grading import GradeScale
from kpidesk.core.review.steps import Calibrated
from kpidesk.store.results import results_recorded
from kpidesk.store.reviews import About
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.lists import ResultRow, SheetState, list_results
from kpidesk.usecases.reviewed import (
    keep,
    refuse_closed,
    refuse_future,
    refuse_locked,
    review_of,
)
from kpidesk.usecases.session import Company, Work


@dataclass(frozen=True, slots=True)
class Move:
    """What one result is to become. Without a `grade`, the scale of the scheme gives it."""

    appraisal: AppraisalId
    total: Decimal
    reason: str
    grade: str | None = None


def calibrate(
    company: Company,
    moves: Sequence[Move],
    *,
    present: str,
    on: date,
    actor: str,
    today: date,
) -> Changes:
    """Move results in one sitting: all of them or none."""
    if not moves:
        msg = "还没有调整任何人的结果：请先改等级或总分，再保存"
        raise InvalidValueError(msg)
    refuse_future(on, today, "校准会的日期")
    with company.change(actor) as work:
        for move in moves:
            _calibrate(work, move, present.strip(), on, today)
    return Changes.APPRAISALS | Changes.PAY


@dataclass(frozen=True, slots=True)
class Calibratable:
    """A result that can be moved, with the scale by which totals have grades."""

    row: ResultRow
    scale: GradeScale | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a sitting can be about; `others` cannot be moved: why, and who, each reason once."""

    rows: tuple[Calibratable, ...]
    others: tuple[str, ...]


def sitting(company: Company, ids: Sequence[AppraisalId]) -> Sitting:
    """Those of the results that can be calibrated now."""
    wanted = set(ids)
    rows: list[Calibratable] = []
    others: dict[str, list[str]] = {}
    asked = [one for one in list_results(company) if one.id in wanted]
    with company.read() as connection:
        for one in asked:
            if why := _why_not(one):
                others.setdefault(why, []).append(one.person_name)
                continue
            scheme = details_of(company, connection, one.contract).scheme
            rows.append(Calibratable(one, scheme.grades))
    told = (f"{why}：{'、'.join(dict.fromkeys(names))}" for why, names in others.items())
    return Sitting(tuple(rows), tuple(told))


def _why_not(row: ResultRow) -> str:
    if row.is_closed:
        return "周期已关闭"
    if row.state is not SheetState.SCORED:
        return "还没有定分"
    return str(row.review.stage) if row.review.is_locked else ""


def _calibrate(work: Work, move: Move, present: str, on: date, today: date) -> None:
    view = view_of(work.company, work.connection, move.appraisal)
    name = view.contract.party_b.name
    if view.appraisal.state is not AppraisalState.SCORED or view.sheet.total is None:
        msg = f"{name}还没有定分，不能校准；请先到“评分”页定分"
        raise NotAllowedError(msg)
    refuse_closed(work.connection, view.appraisal.cycle)
    refuse_locked(work.connection, move.appraisal)
    step = _step(work, view, move, present, on)
    moved = review_of(work.connection, move.appraisal).moved
    stands = (
        (moved.total, moved.grade)
        if moved is not None and moved.number == step.number
        else (step.total, step.grade)
    )
    if (step.new_total, step.new_grade) == stands:
        msg = f"{name}的结果没有变化，不需要校准"
        raise InvalidValueError(msg)
    keep(work, step, About(appraisal=move.appraisal), today)


def _step(work: Work, view: SheetView, move: Move, present: str, on: date) -> Calibrated:
    sheet = view.sheet
    name = view.contract.party_b.name
    if not is_sensible(move.total):
        msg = f"{name}的总分 {move.total} 不对，请核对"
        raise InvalidValueError(msg)
    if round_half_up(move.total, 2) != move.total:
        msg = f"{name}的总分 {move.total:f} 最多两位小数，请核对"
        raise InvalidValueError(msg)
    scale = view.scheme.grades
    by_scale = scale.grade_at(move.total) if scale else ""
    given = by_scale if move.grade is None else move.grade
    names = scale.best_first if scale else ("",)
    if given not in names:
        msg = f"方案“{view.scheme.title}”没有等级“{given}”，请从 {'、'.join(names)} 中选"
        raise InvalidValueError(msg)
    return Calibrated(
        number=results_recorded(work.connection, view.appraisal.id),
        total=Decimal(sheet.total.text) if sheet.total else Decimal(0),
        grade=sheet.grade.text if sheet.grade else "",
        new_total=round_half_up(move.total, 2),
        new_grade=given,
        reason=move.reason.strip(),
        present=present,
        on=on,
    )
