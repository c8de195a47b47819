"""Cycles are closed when all is done with them, and opened again with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.period import Period
from kpidesk.core.review.standing import NEW, Review, Stage
from kpidesk.core.review.steps import Closed, Reopened
from kpidesk.store.reviews import About
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.keeping.making import Reason, keep_before
from kpidesk.usecases.lists import AppraisalRow, SheetState, sheets_in
from kpidesk.usecases.reviewed import all_reviews, closed_in, keep, listed
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle: its sheets, how many have come how far, and whose are unfinished."""

    cycle: Period
    sheets: int
    scored: int
    final: int
    waiting: tuple[str, ...]
    """Whose results wait for approval, or whose appeals run: these keep it open."""
    open_: tuple[str, ...]
    """Whose results are not approved otherwise."""
    is_closed: bool


def list_cycles(company: Company) -> tuple[CycleRow, ...]:
    """Every cycle that has sheets, the latest first."""
    with company.read() as connection:
        return _cycles(connection)


def _cycles(connection: Connection) -> tuple[CycleRow, ...]:
    standing, closed = all_reviews(connection), closed_in(connection)
    by_cycle: dict[Period, list[AppraisalRow]] = {}
    for one in sheets_in(connection):
        by_cycle.setdefault(one.cycle, []).append(one)
    order = sorted(by_cycle, key=lambda one: (one.end, one.start), reverse=True)
    return tuple(_row(one, by_cycle[one], standing, is_closed=one in closed) for one in order)


def _row(
    cycle: Period,
    sheets: Sequence[AppraisalRow],
    standing: Mapping[AppraisalId, Review],
    *,
    is_closed: bool,
) -> CycleRow:
    scored, final, waiting, open_ = 0, 0, [], []
    for one in sheets:
        review = standing.get(one.id, NEW)
        scored += one.state is SheetState.SCORED
        final += review.is_final
        if review.appeal is not None or review.stage is Stage.WAITING:
            waiting.append(one.person_name)
        elif not review.is_final:
            open_.append(one.person_name)
    return CycleRow(cycle, len(sheets), scored, final, tuple(waiting), tuple(open_), is_closed)


def close_cycle(
    company: Company, cycle: Period, *, reason: str = "", actor: str, today: date
) -> Changes:
    """Close a cycle: nothing of it changes from then on.

    What waits for approval and running appeals keep it open; with other unfinished results it is
    closed only with a reason, and they are named on record.
    """
    keep_before(company, Reason.CYCLE)
    with company.change(actor) as work:
        row = next((one for one in _cycles(work.connection) if one.cycle == cycle), None)
        if row is None:
            msg = "这个考核周期没有评分表"
            raise NotAllowedError(msg)
        if row.is_closed:
            msg = "这个考核周期已经关闭"
            raise NotAllowedError(msg)
        if cycle.end > today:
            msg = f"考核周期到 {cycle.last_day} 才结束，还不能关闭"
            raise NotAllowedError(msg)
        if row.waiting:
            msg = f"{listed(row.waiting)}的结果正在审批或申诉，办完以后才能关闭"
            raise NotAllowedError(msg)
        if row.open_ and not reason.strip():
            msg = f"{listed(row.open_)}的结果还没有批准；要按现状关闭，请填写理由"
            raise NotAllowedError(msg)
        step = Closed(today, "、".join(row.open_), reason.strip())
        keep(work, step, About(cycle=cycle), today)
    return Changes.APPRAISALS


def reopen_cycle(
    company: Company, cycle: Period, *, reason: str, actor: str, today: date
) -> Changes:
    """Open a closed cycle again, with a reason."""
    with company.change(actor) as work:
        if cycle not in closed_in(work.connection):
            msg = "这个考核周期没有关闭，不需要重新打开"
            raise NotAllowedError(msg)
        keep(work, Reopened(today, reason.strip()), About(cycle=cycle), today)
    return Changes.APPRAISALS
