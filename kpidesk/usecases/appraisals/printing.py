"""Scoring sheets as PDF: to fill in by hand at the interview, and as filled in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState, Interview
from kpidesk.core.filing import Paper
from kpidesk.core.period import CYCLE
from kpidesk.core.review.steps import Calibrated
from kpidesk.store import audit
from kpidesk.store.results import recorded_hashes, results_recorded
from kpidesk.usecases.appraisals.listing import SheetView, view_of
from kpidesk.usecases.printout import Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

if TYPE_CHECKING:
    from kpidesk.documents.stamp import Stamp


_EARLY: Final = "appraisal.paper"
_REPORT: Final = "R"
_WITH_INTERVIEW: Final = (_REPORT, "I")
"""The letters of report and interview record; what was said stays said after a calibration."""


def blank_sheet_pdf(
    company: Company, appraisal: AppraisalId, *, stage: str | None = CYCLE
) -> bytes:
    """The sheet to write on: agreed figures printed, everything else left open.

    Without a `stage`, the one with which filling in goes on.
    """
    from kpidesk.documents.blank_sheet import blank_sheet_pdf as render

    with company.read() as connection:
        view = view_of(company, connection, appraisal, stage)
        # What is printed rests on the contract alone, so its hash is what the page can prove.
        stamp = _stamp(
            "S", view, view.contract.revision, view.contract_sha256, audit.head(connection)
        )
    return render(view.sheet, view.contract, view.scheme, stamp=stamp, stage=view.stage)


def filled_sheet_pdf(
    company: Company,
    appraisal: AppraisalId,
    *,
    stage: str = CYCLE,
    actor: str = "",
    today: date | None = None,
) -> bytes:
    """The sheet as it stands, scores and derivations included; see `stamp_to_sign`."""
    from kpidesk.documents.filled_sheet import filled_sheet_pdf as render

    with company.read() as connection:
        view = view_of(company, connection, appraisal, stage)
    stamp = stamp_to_sign(company, "F", view, actor=actor, today=today)
    return render(view.sheet, view.contract, view.scheme, stamp=stamp, stage=stage)


def blank_sheets_pdf(
    company: Company, ids: Sequence[AppraisalId], *, progress: Progress | None = None
) -> Printout:
    """Many blank sheets as one PDF to print."""
    watched = progress or Unwatched()
    pdfs: list[bytes] = []
    for id_ in ids:
        watched.step(len(pdfs), len(ids), f"正在生成第 {len(pdfs) + 1} 张，共 {len(ids)} 张")
        if watched.cancelled:
            break
        pdfs.append(blank_sheet_pdf(company, id_, stage=None))
    watched.step(len(pdfs), len(ids))
    return Printout(len(pdfs), len(ids), pdf=joined(pdfs))


def stamp_of(kind: str, view: SheetView, connection: Connection) -> Stamp:
    """What identifies a page that shows scores: how often they were recorded, and their hash."""
    recorded = results_recorded(connection, view.appraisal.id)
    digest = content_hash(canonical_json(view.appraisal, Appraisal))
    if recorded and view.appraisal.state is AppraisalState.SCORED:
        digest = recorded_hashes(connection, view.appraisal.id)[-1]
        if kind in _WITH_INTERVIEW:
            digest = interview_hash(digest, view.appraisal.interview, view.calibrated)
    return _stamp(kind, view, max(recorded, 1), digest, audit.head(connection))


def stamp_to_sign(
    company: Company, kind: str, view: SheetView, *, actor: str, today: date | None
) -> Stamp:
    """The same of pages that somebody prints to have them signed."""
    is_look = not actor or today is None or not company.may("issuing.issue")
    if view.appraisal.state is AppraisalState.SCORED or is_look:
        with company.read() as connection:
            return stamp_of(kind, view, connection)
    digest = content_hash(canonical_json(view.appraisal, Appraisal))
    about = f"appraisal:{view.appraisal.id}"
    with company.change(actor) as work:
        last = audit.last_about(work.connection, about, _EARLY)
        if last is None or json.loads(last.after or "{}").get("sha256") != digest:
            work.log(_EARLY, about, after={"sha256": digest, "on": str(today)})
        line = audit.head_about(work.connection, about, (_EARLY,))
        head = audit.head(work.connection)
    return _stamp(kind, view, line.sequence, digest, head)


def printed_early(connection: Connection, paper: Paper) -> tuple[str, str] | None:
    """On which day a sheet was printed before its scores were recorded, and its hash of then.

    Such a paper has the number of the line in the log for its revision.
    """
    line = audit.line_at(connection, paper.revision)
    if line is None or (line.action, line.object) != (_EARLY, f"appraisal:{paper.document_id}"):
        return None
    said = json.loads(line.after or "{}")
    return said["on"], said["sha256"]


def interview_hash(
    recorded: str, interview: Interview, calibrated: Calibrated | None = None
) -> str:
    """What a paper says of a recorded score, an interview and a calibration, as one hash."""
    moved = canonical_json(calibrated, Calibrated) if calibrated is not None else ""
    return content_hash(recorded + canonical_json(interview, Interview) + moved)


def _stamp(kind: str, view: SheetView, revision: int, digest: str, head: audit.AuditHead) -> Stamp:
    from kpidesk.documents.stamp import Stamp

    stage = "" if view.stage == CYCLE else view.stage
    short = digest[:8].upper()
    return Stamp(kind, view.appraisal.id, revision, short, str(head), stage)
