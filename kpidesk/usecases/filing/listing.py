"""What was read of scans, what waits in the tray, and what is still missing of each paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.filing import PageState, Paper, PaperKind, missing_pages
from kpidesk.core.payroll.words import period_words
from kpidesk.core.period import Period
from kpidesk.documents.words import period_name
from kpidesk.store.contract_lists import amendment_rows, contract_rows, terms_in
from kpidesk.store.pay_runs import statements_out
from kpidesk.store.results import recording_counts
from kpidesk.store.rows import AnyRow
from kpidesk.store.scans import ScanPage, scan_pages
from kpidesk.store.sheet_lists import appraisal_rows, cycles_in
from kpidesk.usecases.appraisals.printing import printed_early
from kpidesk.usecases.issuing import Issue, all_issued, issued, newest
from kpidesk.usecases.session import Company
from kpidesk.usecases.years import years_of

__all__ = [
    "FilingView",
    "KnownPaper",
    "PageRow",
    "PaperRow",
    "filing_view",
    "paper_choices",
    "recent_filing",
]

_RECENT = 2
_MOST = 20_000  # SQLite takes some more values than that in one question
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
    """Everything that the filing page shows of a period, or of all years; and these."""

    pages: tuple[PageRow, ...]
    papers: tuple[PaperRow, ...]
    years: tuple[Period, ...] = ()
    period: Period | None = None


def recent_filing(company: Company, *, today: date) -> FilingView:
    """Of this year and the one before; of all where there are no others."""
    with company.read() as connection:
        years = _years(connection)
    if len(years) <= _RECENT:
        return filing_view(company)
    last = min(years[0].end.year, today.year + 1)
    return filing_view(company, period=Period(date(last - _RECENT, 1, 1), years[0].end))


def filing_view(company: Company, *, period: Period | None = None) -> FilingView:
    """The pages, newest first; the papers, those with pages missing first, the whole ones last."""
    with company.read() as connection:
        years = _years(connection)
        pages = scan_pages(connection, period)
        known = _Known(_contracts(connection, period))
        known.add(_sheets_and_contracts(connection, known.lacks(_papers_of(pages))))
        known.add(_others(connection, known.lacks(_papers_of(pages)), known))
    rows = tuple(PageRow(one, _of(one, known)) for one in reversed(pages))
    papers = sorted(_papers(pages, known), key=lambda one: (one.is_complete, not one.filed))
    return FilingView(rows, tuple(papers), years, period)


def paper_choices(company: Company, *, period: Period | None = None) -> tuple[KnownPaper, ...]:
    """The papers of a period that a page may be filed to by hand; statements of two years."""
    with company.read() as connection:
        return (
            *_contracts(connection, period),
            *_sheets(connection, period),
            *_statements(connection, ()),
            *(
                _out(one)
                for one in newest(all_issued(connection)).values()
                if period is None or one.paper.period.overlap(period)
            ),
        )


class _Known:
    """Papers by what identifies them, and by what they belong to whatever their issue."""

    def __init__(self, papers: Iterable[KnownPaper]) -> None:
        self.expected: dict[Paper, KnownPaper] = {}
        """Papers of which pages are missed until they have come in."""
        self._by_paper: dict[Paper, KnownPaper] = {}
        self._by_place: dict[tuple[PaperKind, int, Copy | None], KnownPaper] = {}
        self.add(papers)
        self.expected = dict(self._by_paper)

    def add(self, papers: Iterable[KnownPaper]) -> None:
        for one in list(papers):
            paper = one.paper
            self._by_paper[paper] = one
            self._by_place.setdefault((paper.kind, paper.document_id, paper.copy), one)

    def lacks(self, papers: Iterable[Paper]) -> set[Paper]:
        return {one for one in papers if one not in self._by_paper}

    def of(self, paper: Paper, mark: str = "") -> KnownPaper | None:
        """A paper; where it is no more, the one that it is an earlier issue or a quarter of."""
        return (None if mark else self._by_paper.get(paper)) or self._outdated(paper, mark)

    def _outdated(self, paper: Paper, mark: str) -> KnownPaper | None:
        """An earlier issue, or the sheet of a quarter, by the name of what it belongs to."""
        if paper.kind is PaperKind.PAY:
            return None  # the code of an early one does not say whose it is
        one = self._by_place.get((paper.kind, paper.document_id, paper.copy))
        if one is None:
            return None
        older = paper.revision != one.paper.revision
        stage = f"（{period_name(Period.parse(paper.stage))}）" if paper.stage else ""
        issue = mark or (f"（第 {paper.revision} 版）" if older else "")
        return replace(one, paper=paper, title=f"{one.title}{stage}{issue}")


def _years(connection: Connection) -> tuple[Period, ...]:
    return years_of({*terms_in(connection), *cycles_in(connection)})


def _papers_of(pages: Iterable[ScanPage]) -> Iterator[Paper]:
    return (one.slot.paper for one in pages if one.slot)


def _papers(pages: Sequence[ScanPage], known: _Known) -> Iterator[PaperRow]:
    begun: dict[Paper, tuple[list[int], int]] = {}
    for one in pages:
        if one.state is PageState.FILED and one.slot:
            begun.setdefault(one.slot.paper, ([], one.slot.total))[0].append(one.slot.number)
    for paper, (filed, total) in begun.items():
        if title := known.of(paper):
            yield PaperRow(title, tuple(sorted(filed)), total)
    for paper, title in known.expected.items():
        if paper not in begun:
            yield PaperRow(title, (), 0)


def _of(page: ScanPage, known: _Known) -> KnownPaper | None:
    return None if page.slot is None else known.of(page.slot.paper)


def _contracts(
    connection: Connection, among: Period | Collection[int] | None
) -> Iterator[KnownPaper]:
    """Both copies of the contracts and amendments on paper."""
    for name, rows in (
        ("责任书", contract_rows(connection, among)),
        ("补充协议", amendment_rows(connection, among)),
    ):
        for row in rows:
            if row.state in _ON_PAPER:
                ends = name == "补充协议" and row.ended_on is not None
                yield from _copies("终止协议" if ends else name, row)


def _sheets(connection: Connection, among: Period | Collection[int] | None) -> Iterator[KnownPaper]:
    """What is printed of scoring sheets."""
    rows = appraisal_rows(connection, among)
    contracts = {row.contract_id for row in rows}
    issues = {row.id: row.revision for row in contract_rows(connection, contracts)}
    recorded = recording_counts(connection)
    kinds = [(one, one is PaperKind.BLANK_SHEET, one.text) for one in PaperKind if one.is_sheet]
    cycles: dict[tuple[date, date], str] = {}
    for row in rows:
        days = row.cycle_start, row.cycle_end
        if days not in cycles:
            cycles[days] = period_name(Period(*days))
        for kind, is_blank, text in kinds:
            revision = issues[row.contract_id] if is_blank else recorded.get(row.id, 1)
            paper = Paper(kind, row.id, revision)
            yield KnownPaper(paper, f"{text} {cycles[days]}", row.person_name, row.department)


def _sheets_and_contracts(
    connection: Connection, papers: Collection[Paper]
) -> Iterator[KnownPaper]:
    """Those of other periods of which pages came in."""
    contracts = {one.document_id for one in papers if one.kind is PaperKind.CONTRACT}
    sheets = {one.document_id for one in papers if one.kind.is_sheet}
    if contracts:
        yield from _contracts(connection, contracts if len(contracts) < _MOST else None)
    if sheets:
        yield from _sheets(connection, sheets if len(sheets) < _MOST else None)


def _others(
    connection: Connection, papers: Collection[Paper], known: _Known
) -> Iterator[KnownPaper]:
    """Papers of pay and of periods, and issues that are not the newest any more."""
    runs = {one.document_id for one in papers if one.kind is PaperKind.PAY}
    if runs:
        yield from _statements(connection, runs)
    for one in papers:
        if one.kind.is_of_period and (found := issued(connection, one.document_id)):
            yield _out(found)
        early = printed_early(connection, one) if one.kind.is_sheet else None
        if early and (named := known.of(one, f"（{early[0]} 定分前打印）")):
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
