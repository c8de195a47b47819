"""What was read of scans, what waits in the tray, and what is still missing of each paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.filing import PageState, Paper, PaperKind, missing_pages
from kpidesk.core.payroll.words import period_words
from kpidesk.core.period import Period
from kpidesk.documents.words import period_name
from kpidesk.store.appraisals import appraisal_rows
from kpidesk.store.contracts import amendment_rows, contract_rows
from kpidesk.store.pay_runs import statements_out
from kpidesk.store.results import recording_counts
from kpidesk.store.rows import AnyRow
from kpidesk.store.scans import ScanPage, scan_pages
from kpidesk.usecases.appraisals.printing import printed_early
from kpidesk.usecases.issuing import Issue, all_issued, issued, newest
from kpidesk.usecases.session import Company

__all__ = ["FilingView", "KnownPaper", "PageRow", "PaperRow", "filing_view"]

_ON_PAPER = (ContractState.PRINTED.value, ContractState.SIGNED.value)


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A paper that may come back; `title` names it without the person and the copy."""

    paper: Paper
    title: str
    person_name: str
    department: str

    @property
    def contract(self) -> ContractId | None:
        """The contract that the paper is a copy of."""
        paper = self.paper
        return ContractId(paper.document_id) if paper.kind is PaperKind.CONTRACT else None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of a scan, with the paper that it belongs to or may belong to."""

    page: ScanPage
    known: KnownPaper | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """How far a paper is filed; a `total` of 0: no page of it has come in."""

    known: KnownPaper
    filed: tuple[int, ...]
    total: int

    @property
    def missing(self) -> tuple[int, ...]:
        """The pages that are not there yet."""
        return missing_pages(self.total, self.filed)

    @property
    def is_complete(self) -> bool:
        """Whether all of it is there."""
        return bool(self.total) and not self.missing


@dataclass(frozen=True, slots=True)
class FilingView:
    """Everything that the filing page shows."""

    pages: tuple[PageRow, ...]
    papers: tuple[PaperRow, ...]
    choices: tuple[KnownPaper, ...]


def filing_view(company: Company) -> FilingView:
    """The pages, newest first; the papers, those with pages missing first, the whole ones last."""
    with company.read() as connection:
        pages = scan_pages(connection)
        papers_ = {one.slot.paper for one in pages if one.slot}
        known = {one.paper: one for one in _known(connection)}
        choices = tuple(known.values())
        before = _known_before(connection, papers_ - known.keys(), known)
        known |= {one.paper: one for one in list(before)}
    rows = tuple(PageRow(one, _of(one, known)) for one in reversed(pages))
    papers = sorted(_papers(pages, known), key=lambda one: (one.is_complete, not one.filed))
    return FilingView(rows, tuple(papers), choices)


def _papers(pages: Sequence[ScanPage], known: Mapping[Paper, KnownPaper]) -> Iterator[PaperRow]:
    begun: dict[Paper, tuple[list[int], int]] = {}
    for one in pages:
        if one.state is PageState.FILED and one.slot:
            begun.setdefault(one.slot.paper, ([], one.slot.total))[0].append(one.slot.number)
    for paper, (filed, total) in begun.items():
        if title := known.get(paper) or _outdated(paper, known):
            yield PaperRow(title, tuple(sorted(filed)), total)
    for paper, title in known.items():
        if paper.kind is PaperKind.CONTRACT and paper not in begun:
            yield PaperRow(title, (), 0)


def _of(page: ScanPage, known: Mapping[Paper, KnownPaper]) -> KnownPaper | None:
    if page.slot is None:
        return None
    return known.get(page.slot.paper) or _outdated(page.slot.paper, known)


def _outdated(paper: Paper, known: Mapping[Paper, KnownPaper], mark: str = "") -> KnownPaper | None:
    """An earlier issue of a paper, or the sheet of a quarter, by the name of what it belongs to."""
    if paper.kind is PaperKind.PAY:
        return None  # the code of an early one does not say whose it is
    for one in known.values():
        mine = (one.paper.kind, one.paper.document_id, one.paper.copy)
        if mine == (paper.kind, paper.document_id, paper.copy):
            older = paper.revision != one.paper.revision
            stage = f"（{period_name(Period.parse(paper.stage))}）" if paper.stage else ""
            issue = mark or (f"（第 {paper.revision} 版）" if older else "")
            return replace(one, paper=paper, title=f"{one.title}{stage}{issue}")
    return None


def _known(connection: Connection) -> Iterator[KnownPaper]:
    issues: dict[int, int] = {}
    for name, rows in (
        ("责任书", contract_rows(connection)),
        ("补充协议", amendment_rows(connection)),
    ):
        for row in rows:
            issues[row.id] = row.revision
            if row.state in _ON_PAPER:
                ends = name == "补充协议" and row.ended_on is not None
                yield from _copies("终止协议" if ends else name, row)
    recorded = recording_counts(connection)
    for row in appraisal_rows(connection):
        cycle = period_name(Period(row.cycle_start, row.cycle_end))
        for kind in filter(lambda one: one.is_sheet, PaperKind):
            is_blank = kind is PaperKind.BLANK_SHEET
            revision = issues[row.contract_id] if is_blank else recorded.get(row.id, 1)
            paper = Paper(kind, row.id, revision)
            yield KnownPaper(paper, f"{kind.text} {cycle}", row.person_name, row.department)
    yield from _statements(connection, ())
    yield from map(_out, newest(all_issued(connection)).values())


def _known_before(
    connection: Connection, papers: Collection[Paper], known: Mapping[Paper, KnownPaper]
) -> Iterator[KnownPaper]:
    """Papers of which pages came in although they are not among the newest any more."""
    runs = {one.document_id for one in papers if one.kind is PaperKind.PAY}
    if runs:
        yield from _statements(connection, runs)
    for one in papers:
        if one.kind.is_of_period and (found := issued(connection, one.document_id)):
            yield _out(found)
        early = printed_early(connection, one) if one.kind.is_sheet else None
        if early and (named := _outdated(one, known, f"（{early[0]} 定分前打印）")):
            yield named


def _statements(connection: Connection, also: Collection[int]) -> Iterator[KnownPaper]:
    for row in statements_out(connection, also):
        paper = Paper(PaperKind.PAY, row.id, 1, stage=str(row.person_id))
        period = period_words(row.period, Period(row.cycle_start, row.cycle_end))
        yield KnownPaper(paper, f"{PaperKind.PAY.text} {period}", row.person_name, row.department)


def _out(one: Issue) -> KnownPaper:
    """A paper of a period, by the day on which it was made."""
    draft = one.paper
    title = f"{draft.kind.text} {period_name(draft.period)}（{one.on} 制）"
    of_one = draft.kind is PaperKind.CERTIFICATE
    person, about = (draft.about, "") if of_one else ("", draft.about)
    return KnownPaper(Paper(draft.kind, one.id, 1), f"{title}　{about}".rstrip(), person, about)


def _copies(name: str, row: AnyRow) -> Iterator[KnownPaper]:
    for copy in Copy:
        paper = Paper(PaperKind.CONTRACT, row.id, row.revision, copy)
        yield KnownPaper(paper, f"{name} {row.number}", row.person_name, row.department)
