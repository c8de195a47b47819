"""The table of a batch: printed as it was submitted, and found again when its scan comes in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from kpidesk.core.filing import Paper, PaperKind
from kpidesk.core.review.steps import BatchId
from kpidesk.store.reviews import load_batch
from kpidesk.store.scans import filed_pages
from kpidesk.usecases.issuing import Draft, all_issued, issue
from kpidesk.usecases.lists import sheets_in
from kpidesk.usecases.session import Company, found


def batch_pdf(company: Company, batch: BatchId, *, actor: str, today: date) -> bytes:
    """The table of a batch as it was submitted, to be signed; its scan files itself."""
    from kpidesk.documents.approval import Filing, approval_pdf

    with company.read() as connection:
        kept, content = found(load_batch(connection, batch, company.path), "这一批审批")
        who = {one.id: one.person for one in sheets_in(connection, kept.cycle)}
    people = tuple({who[one.appraisal] for one in content.lines})
    draft = Draft(PaperKind.APPROVAL, table_name(batch), kept.cycle, kept.sha256, people)
    stamp = issue(company, draft, actor=actor, today=today)
    filing = Filing(batch, kept.submitted_by, kept.submitted_on, content.note)
    return approval_pdf(content.approval, stamp=stamp, filing=filing)


def table_name(batch: BatchId) -> str:
    """How the table of a batch is told from others of its cycle when its scan comes in."""
    return f"第 {batch} 批"


def filed_tables(connection: Connection) -> frozenset[str]:
    """The tables whose scans are filed whole, by what they are about."""
    whole = set()
    for one in all_issued(connection):
        if one.paper.kind is PaperKind.APPROVAL:
            pages = filed_pages(connection, Paper(PaperKind.APPROVAL, one.id, 1))
            if pages and pages[0].slot and len(pages) == pages[0].slot.total:
                whole.add(one.paper.about)
    return frozenset(whole)
