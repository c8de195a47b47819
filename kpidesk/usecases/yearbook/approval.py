"""考核结果审批表: the results of one cycle for the general manager's decision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.approval import Approval, ApprovalLine, Before, Change
from kpidesk.core.figure import Figure
from kpidesk.core.filing import PaperKind
from kpidesk.core.findings import condensed
from kpidesk.core.review.steps import Calibrated
from kpidesk.core.sheet import Sheet
from kpidesk.store import audit
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.lists import AppraisalRow, SheetState, list_appraisals
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.records import issue_record, left_out
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope

_HUNDRED: Final = Decimal(100)


def approval_pdf(company: Company, scope: Scope, *, progress: Progress | None = None) -> bytes:
    """The results of the cycle that `scope.period` is, complete or not; b"" when cancelled."""
    from kpidesk.documents.approval import approval_pdf as render

    rows = list_appraisals(company)
    chosen = [
        one for one in rows if one.cycle == scope.period and scope.takes(one.person, one.department)
    ]
    if not chosen:
        msg = "所选周期和范围内没有评分表；请换一个周期或部门。评分表在责任书登记签署后自动生成"
        raise NothingToPrintError(msg)
    covered = {one.person for one in rows if one.cycle.overlap(scope.period)}
    without = left_out(company, scope, covered)
    watched = progress or Unwatched()
    with company.read() as connection:
        lines = approval_lines(company, connection, chosen, rows, watched)
    if lines is None:
        return b""
    record = Approval(company.name, scope.about, scope.period, lines, tuple(without))
    people = {one.person for one in chosen}
    stamp = issue_record(company, PaperKind.APPROVAL, scope, record, people=people)
    watched.step(len(chosen), len(chosen))
    return render(record, stamp=stamp)


def approval_lines(
    company: Company,
    connection: Connection,
    chosen: Sequence[AppraisalRow],
    rows: Sequence[AppraisalRow],
    watched: Progress,
) -> tuple[ApprovalLine, ...] | None:
    """The lines of the chosen sheets, among all `rows`, by department; None when cancelled."""
    lines: list[ApprovalLine] = []
    for done, row in enumerate(chosen):
        watched.step(done, len(chosen), f"正在汇总 {row.person_name}")
        if watched.cancelled:
            return None
        view = view_of(company, connection, row.id)
        changes = list(_changes(connection, view))
        line = _line(row, view, _before(row, rows), changes)
        lines.append(calibrated_line(line, view.calibrated) if view.calibrated else line)
    return tuple(sorted(lines, key=lambda one: (one.department, one.number)))


def calibrated_line(line: ApprovalLine, moved: Calibrated) -> ApprovalLine:
    """The line with the calibrated result, and what was moved among its changes."""
    told = Change(f"校准：{moved.text}", moved.reason, moved.present, moved.on)
    return replace(
        line, total=moved.new_total, grade=moved.new_grade, changes=(*line.changes, told)
    )


def full_points(sheet: Sheet) -> Decimal:
    """What the total of a sheet is out of: the points that it adds up, or 100."""
    full = sheet.result("full_points")
    value = full.value if full else None
    if isinstance(value, Figure) and isinstance(value.value, Decimal) and value.value > 0:
        return value.value
    return _HUNDRED


def _line(
    row: AppraisalRow, view: SheetView, before: Before | None, changes: Sequence[Change]
) -> ApprovalLine:
    return ApprovalLine(
        row.person_name,
        row.person_number,
        row.department,
        row.post,
        row.scheme_title,
        row.total,
        full_points(view.sheet),
        row.grade,
        row.state is SheetState.SCORED,
        len(view.sheet.missing),
        before,
        tuple(changes),
        tuple(one.message for one in condensed(view.sheet.warnings)),
    )


def _before(row: AppraisalRow, rows: Iterable[AppraisalRow]) -> Before | None:
    """The last recorded result of the same person under the same scheme before this cycle."""
    earlier = [
        one
        for one in rows
        if one.person == row.person
        and one.scheme_title == row.scheme_title
        and one.cycle.end <= row.cycle.start
        and one.state is SheetState.SCORED
        and one.total is not None
    ]
    last = max(earlier, key=lambda one: one.cycle, default=None)
    return Before(last.cycle, last.total, last.grade) if last and last.total is not None else None


def _changes(connection: Connection, view: SheetView) -> Iterator[Change]:
    """Scores rewritten by hand, and results that were opened again after they were recorded."""
    computed = {row.indicator.name: row for row in view.sheet.rows}
    for one in view.appraisal.overrides:
        full = computed[one.indicator].full if one.indicator in computed else None
        out_of = f"（满分 {full.normalize():f}）" if full else ""
        what = f"指标“{one.indicator}”改写为 {one.score:f} 分{out_of}"
        yield Change(what, one.reason, one.entered_by, one.entered_on)
    recorded = ""
    for _, line in audit.read(connection, f"appraisal:{view.appraisal.id}"):
        if line.action == "appraisal.finish" and line.after:
            recorded = json.loads(line.after)["total"]
        elif line.action == "appraisal.reopen":
            now = view.sheet.total.text if view.sheet.total else "尚未算出"
            what = f"定分后重新打开：原总分 {recorded}，现总分 {now}"
            yield Change(what, line.reason, line.actor, line.at.astimezone().date())
