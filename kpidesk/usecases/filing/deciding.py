"""The tray: pages filed by hand, put away with a reason, or taken back into the tray."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpidesk.core.contract import ContractId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.filing import PageState, Paper, ScanPageId, Slot
from kpidesk.store.scans import ScanPage, decide_page, filed_pages, load_page
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.copies import scan_taken_back
from kpidesk.usecases.filing.intake import is_whole, note_complete
from kpidesk.usecases.filing.matching import Matcher
from kpidesk.usecases.session import Company, Work, found, reason_given

_CHANGES = Changes.SCANS | Changes.CONTRACTS
_IN_ITS_PLACE = "由另一页代替"


def total_pages(company: Company, paper: Paper) -> int | None:
    """How many pages a paper has, where that is known."""
    with company.read() as connection:
        return Matcher(company, connection).total(paper)


def file_page(
    company: Company,
    page: ScanPageId,
    *,
    paper: Paper,
    number: int,
    total: int,
    instead: bool = False,
    actor: str,
    today: date,
) -> Changes:
    """Put a page of the tray into its place by hand.

    A place that is taken is refused unless the page is to stand there `instead`.
    """
    slot = Slot(paper, number, total)
    with company.change(actor) as work:
        before = _loaded(work, page)
        if before.state is PageState.FILED:
            msg = "这一页已经归档；要改归到别处，请先“退回待处理”"
            raise NotAllowedError(msg)
        known = Matcher(company, work.connection).total(paper)
        if known not in (None, total):
            msg = f"这份文件共 {known} 页，不是 {total} 页，请核对后再归档"
            raise InvalidValueError(msg)
        for other in filed_pages(work.connection, paper):
            if other.slot and other.slot.number == number:
                if not instead:
                    msg = f"第 {number} 页已经归档过；要用这一页代替它，请选“代替已归档的页”"
                    raise NotAllowedError(msg)
                _decide(
                    work, other, PageState.DISCARDED, other.slot, reason=_IN_ITS_PLACE, today=today
                )
        _decide(work, before, PageState.FILED, slot, reason="手工归档", today=today)
        note_complete(work, paper, today=today)
    return _CHANGES


def discard_pages(
    company: Company, pages: Sequence[ScanPageId], *, reason: str, actor: str, today: date
) -> Changes:
    """Put pages away, all or none: they are kept in their files, but stand in no paper."""
    why = reason_given(reason, "不归档")
    with company.change(actor) as work:
        for page in pages:
            before = _loaded(work, page)
            if before.state is PageState.FILED:
                msg = "这一页已经归档；请先“退回待处理”，再选“不归档”"
                raise NotAllowedError(msg)
            _decide(work, before, PageState.DISCARDED, before.slot, reason=why, today=today)
    return _CHANGES


def take_back(
    company: Company, page: ScanPageId, *, reason: str, actor: str, today: date
) -> Changes:
    """Put a page that was filed or put away back into the tray.

    A copy that was whole is 已扫描 no longer; the reason stands in its course.
    """
    why = reason_given(reason, "退回待处理")
    with company.change(actor) as work:
        before = _loaded(work, page)
        if before.state is PageState.WAITING:
            msg = "这一页已经在待处理里"
            raise NotAllowedError(msg)
        slot = before.slot
        was_whole = (
            before.state is PageState.FILED and slot is not None and is_whole(work, slot.paper)
        )
        _decide(work, before, PageState.WAITING, slot, reason=why, today=today)
        if was_whole and slot is not None and slot.paper.copy:
            scan_taken_back(
                work,
                ContractId(slot.paper.document_id),
                slot.paper.copy,
                revision=slot.paper.revision,
                reason=why,
                today=today,
            )
    return _CHANGES


def _loaded(work: Work, page: ScanPageId) -> ScanPage:
    return found(load_page(work.connection, page), "这一页")


def _decide(
    work: Work,
    page: ScanPage,
    state: PageState,
    slot: Slot | None,
    *,
    reason: str,
    today: date,
) -> None:
    decide_page(work.connection, page.id, state, slot, reason=reason, by=work.actor, on=today)
    work.log(
        f"scan.{state.value}",
        f"scan_page:{page.id}",
        before=page.slot,
        after=slot,
        as_type=Slot | None,
        reason=reason,
    )
