"""Results: who came to what, and the review report that explains every point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId, AppraisalState
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.file_name import safe_name
from kpidesk.store.incidents import incidents_of
from kpidesk.store.plans import looks_at, plans_of
from kpidesk.store.results import last_result
from kpidesk.usecases.appraisals.listing import (
    SheetView,
    view_of,
)
from kpidesk.usecases.appraisals.printing import stamp_of, stamp_to_sign
from kpidesk.usecases.files import write_whole
from kpidesk.usecases.lists import ResultRow, list_results
from kpidesk.usecases.printout import Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.reviewing.history import RECORDED, result_lines
from kpidesk.usecases.session import Company, found

__all__ = [
    "ResultChangedError",
    "ResultRow",
    "interview_pdf",
    "list_results",
    "report_pdf",
    "reports_pdf",
]


class ResultChangedError(KpiDeskError):
    """A recorded result is no longer what its record says."""

    def __init__(self, person: str, results: str) -> None:
        super().__init__(
            f"{person}的得分重新计算后与定分时的记录不一致：{results}。"
            "公司文件或程序可能被改动过；请用备份核对，确认后重新打开评分表再定分"
        )


def report_pdf(company: Company, appraisal: AppraisalId) -> bytes:
    """The review report of one sheet: scores, grade, derivations, comments, signatures."""
    from kpidesk.documents.report import Course
    from kpidesk.documents.report import report_pdf as render

    with company.read() as connection:
        view = view_of(company, connection, appraisal)
        _check_record(company, connection, view)
        stamp = stamp_of("R", view, connection)
        lines = result_lines(company, connection, appraisal)
    told = tuple((str(one.on), one.title, one.text) for one in lines)
    happened = any(one.title != RECORDED for one in lines)
    course = Course(view.calibrated, told if happened else ())
    return render(
        view.sheet, view.appraisal, view.contract, view.scheme, course=course, stamp=stamp
    )


def interview_pdf(
    company: Company, appraisal: AppraisalId, *, actor: str = "", today: date | None = None
) -> bytes:
    """The interview record of one sheet, with what was entered; the rest is room to write."""
    from kpidesk.documents.interview import Plans
    from kpidesk.documents.interview_record import interview_pdf as render

    with company.read() as connection:
        view = view_of(company, connection, appraisal)
        looks = looks_at(connection, appraisal)
        events = incidents_of(connection, view.appraisal.person, view.appraisal.cycle)
        before = [
            one
            for one in plans_of(connection, view.appraisal.person)
            if one.cycle.end <= view.appraisal.cycle.start
        ]
    stamp = stamp_to_sign(company, "I", view, actor=actor, today=today)
    earlier = (item for one in before for item in one.items if item.is_carried_on)
    plans = Plans(looks, tuple(earlier))
    about = (view.sheet, view.appraisal, view.contract, view.scheme)
    return render(*about, plans=plans, incidents=events, calibrated=view.calibrated, stamp=stamp)


def reports_pdf(
    company: Company,
    ids: Sequence[AppraisalId],
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Printout:
    """Many reports: a file each in a folder, or (no folder) one PDF to print."""
    watched = progress or Unwatched()
    paths: list[Path] = []
    pdfs: list[bytes] = []
    done = 0
    for id_ in ids:
        watched.step(done, len(ids), f"正在生成第 {done + 1} 份报告，共 {len(ids)} 份")
        if watched.cancelled:
            break
        pdf = report_pdf(company, id_)
        if folder is None:
            pdfs.append(pdf)
        else:
            with company.read() as connection:
                view = view_of(company, connection, id_)
            cycle = f"{view.sheet.cycle.start}至{view.sheet.cycle.last_day}"
            party_b = view.contract.party_b
            name = safe_name(f"{party_b.number}_{party_b.name}_考核报告_{cycle}")
            write_whole(folder / f"{name}.pdf", pdf)
            paths.append(folder / f"{name}.pdf")
        done += 1
    watched.step(done, len(ids))
    return Printout(done, len(ids), tuple(paths), joined(pdfs))


def _check_record(company: Company, connection: Connection, view: SheetView) -> None:
    """Refuse a recorded sheet that, computed again today, comes to something else."""
    if odd := changed_results(company, connection, view):
        raise ResultChangedError(view.contract.party_b.name, "、".join(odd))


def changed_results(company: Company, connection: Connection, view: SheetView) -> tuple[str, ...]:
    """The results of a recorded sheet that, computed again today, come to something else."""
    if view.appraisal.state is not AppraisalState.SCORED:
        return ()
    last = found(last_result(connection, view.appraisal.id, company.path), "定分记录")
    now = {
        (name, period): result.text
        for (_, name, period), result in view.sheet.evaluation.results.items()
    }
    before = {(one.name, one.period): one.value for one in last.results}
    keys = now.keys() | before.keys()
    return tuple(sorted({key[0] for key in keys if now.get(key) != before.get(key)}))
