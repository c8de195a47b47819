"""年度考核报告: the recorded results of a year, of the company or of one department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from kpidesk.core.annual import COMPANY, Annual, Mark, Member, Score, dimension_scores
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.filing import PaperKind
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.review.standing import Moved
from kpidesk.core.scheme import Scheme
from kpidesk.store.results import last_values
from kpidesk.store.sheet_lists import sheets_meeting
from kpidesk.usecases.contracts.listing import schemes_of
from kpidesk.usecases.lists import AppraisalRow, SheetState, list_appraisals, results_of
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.records import issue_record, left_out
from kpidesk.usecases.yearbook.scope import NothingToPrintError, Scope

_HUNDRED = Decimal(100)
_AT_ONCE = 200
"""How many sheets' records are read together: not each by itself, nor a year's all in memory."""


def annual_pdf(company: Company, scope: Scope, *, progress: Progress | None = None) -> bytes:
    """The report on a year's recorded results; b"" when cancelled."""
    from kpidesk.documents.annual import annual_pdf as render

    record = annual_record(company, scope, progress=progress)
    if record is None:
        return b""
    stamp = issue_record(company, PaperKind.ANNUAL, scope, record)
    return render(record, stamp=stamp)


def annual_record(
    company: Company, scope: Scope, *, progress: Progress | None = None
) -> Annual | None:
    """A year's recorded results; None when cancelled."""
    year, before = scope.period, scope.period.year_before()
    both = Period(before.start, year.end)
    sheets = [
        one
        for one in list_appraisals(company, period=both)
        if year.start < one.cycle.end <= year.end or before.start < one.cycle.end <= before.end
    ]
    rows = [one for one in sheets if scope.is_due(one.cycle) or one.state is SheetState.SCORED]
    now = [one for one in rows if one.cycle.end > year.start]
    if not any(scope.takes(one.person, one.department) for one in now):
        msg = "所选年度和范围内没有到期的评分表；请换一个年度或部门，或等一个考核周期结束再生成"
        raise NothingToPrintError(msg)
    covered = {one.person for one in sheets if one.cycle.end > year.start}
    without = left_out(company, scope, covered)
    watched = progress or Unwatched()
    marks: dict[int, Mark] = {}
    scored = [one for one in rows if one.state is SheetState.SCORED]
    with company.read() as connection:
        results = results_of(connection, scored, sheets_meeting(both))
        moved = {one.id: one.review.moved for one in results}
        schemes = schemes_of(company, connection, (one.contract for one in scored))
        values: Mapping[AppraisalId, Mapping[str, str]] = {}
        for done, row in enumerate(scored):
            watched.step(done, len(scored), f"正在汇总 {row.person_name}（{row.cycle.key}）")
            if watched.cancelled:
                return None
            if done % _AT_ONCE == 0:
                some = [one.id for one in scored[done : done + _AT_ONCE]]
                values = last_values(connection, some, company.path)
            calibrated, recorded = moved.get(row.id), values.get(row.id, {})
            if mark := _mark(row, calibrated, schemes[row.contract], recorded):
                marks[row.id] = mark
        everybody = _members(rows, marks, year)
        members = [one for person, one in everybody if scope.takes(person, one.department)]
        record = Annual(
            company.name,
            scope.department,
            year,
            tuple(members),
            tuple(one for _, one in everybody),
            tuple(without),
            scope.until,
            company.sees or COMPANY,
        )
    watched.step(len(scored), len(scored))
    return record


def _mark(
    row: AppraisalRow, moved: Moved | None, scheme: Scheme, recorded: Mapping[str, str]
) -> Mark | None:
    """What counts of a sheet: calibrated where it was, else as recorded; None without a total."""
    values = {
        name: number for name, value in recorded.items() if (number := _number(value)) is not None
    }
    if (total := values.get("total")) is None:
        return None
    full = values.get("full_points", _HUNDRED)
    score, scores = Score(total, full), dimension_scores(scheme, values)
    if moved is None:
        return Mark(row.cycle, score, row.grade, scores)
    before = (score, row.grade)
    return Mark(row.cycle, Score(moved.total, full), moved.grade, scores, before)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None  # a grade, a day or a word


def _members(
    rows: Sequence[AppraisalRow], marks: Mapping[int, Mark], year: Period
) -> list[tuple[PersonId, Member]]:
    """Everybody with a sheet in the year, under each of their schemes; by department, number."""
    groups: dict[tuple[PersonId, str], list[AppraisalRow]] = {}
    for row in rows:
        groups.setdefault((row.person, row.scheme_title), []).append(row)
    made = []
    for (person, scheme), own in groups.items():
        now = [one for one in own if one.cycle.end > year.start]
        if not now:
            continue
        last = now[-1]
        made.append(
            (
                person,
                Member(
                    last.person_name,
                    last.person_number,
                    last.department,
                    last.post,
                    scheme,
                    tuple(one.cycle for one in now),
                    tuple(marks[one.id] for one in now if one.id in marks),
                    tuple(
                        marks[one.id]
                        for one in own
                        if one.cycle.end <= year.start and one.id in marks
                    ),
                ),
            )
        )
    return sorted(made, key=lambda pair: (pair[1].department, pair[1].number))
