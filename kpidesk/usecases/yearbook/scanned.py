"""The scans of a person's signed papers, as pieces of their file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import Contract, Copy
from kpidesk.core.dossier import Filed, Item, Kind
from kpidesk.core.filing import PageState, Paper, PaperKind, missing_pages
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.documents.words import period_name
from kpidesk.exchange.scan.found import Half
from kpidesk.exchange.scan.opening import open_scan
from kpidesk.exchange.scan.pictures import upright
from kpidesk.store.scans import ScanPage, scan_content, scan_pages
from kpidesk.usecases.appraisals.printing import printed_early
from kpidesk.usecases.issuing import Issue, issued
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.holding import Holding

if TYPE_CHECKING:
    from kpidesk.documents.scanned import Drawn, Taken

_SHARP: Final = 2000
"""Pixels of the longer side of a page that is drawn: A4 at some 170 dpi."""
_QUALITY: Final = 85


@dataclass(frozen=True, slots=True)
class Scans:
    """Every filed page, by the paper that it is of."""

    papers: dict[Paper, tuple[ScanPage, ...]]
    issues: dict[Paper, Issue]
    """Of the papers of a period that are among them: whom they are about."""
    early: dict[Paper, str]
    """Of sheets that were printed before their scores were recorded: when."""

    @classmethod
    def of(cls, connection: Connection) -> Scans:
        """What is filed in a company file."""
        found: dict[Paper, list[ScanPage]] = {}
        for page in scan_pages(connection):
            if page.state is PageState.FILED and page.slot is not None:
                found.setdefault(page.slot.paper, []).append(page)
        papers = {paper: tuple(sorted(pages, key=_number)) for paper, pages in found.items()}
        issues = {
            paper: one
            for paper in papers
            if paper.kind.is_of_period and (one := issued(connection, paper.document_id))
        }
        early = {
            paper: then[0]
            for paper in papers
            if paper.kind.is_sheet and (then := printed_early(connection, paper))
        }
        return cls(papers, issues, early)

    def of_contract(self, contract: Contract, about: str) -> Holding:
        """The signed copy that the company keeps, of the newest issue."""
        paper = Paper(PaperKind.CONTRACT, contract.id, contract.revision, Copy.PARTY_A)
        if paper not in self.papers:
            note = "签字盖章的纸质件还没有扫描：扫描后归档，公司文件中即有签字件的图像"
            return Holding(Item(Kind.SCAN, about, Filed.MISSING, note=note))
        return _holding(about, self.papers[paper])

    def of_sheet(self, appraisal: AppraisalId, about: str, *, scored: bool) -> Iterator[Holding]:
        """What came back signed of a sheet: the sheet, its results, the report."""
        papers = [one for one in self.papers if one.kind.is_sheet and one.document_id == appraisal]
        for paper in papers:
            mark = f"（{self.early[paper]} 定分前打印）" if paper in self.early else ""
            yield _holding(f"{about}　{paper.kind.text}{mark}", self.papers[paper])
        if scored and not set(papers) - self.early.keys():
            note = "签字的评分表或报告还没有扫描：签字后扫描归档"
            yield Holding(Item(Kind.SCAN, about, Filed.MISSING, note=note))

    def of_pay(self, run: int, person: PersonId, about: str) -> Iterator[Holding]:
        """The signed statement of a settlement, where it came back."""
        paper = Paper(PaperKind.PAY, run, 1, stage=str(person))
        if paper in self.papers:
            yield _holding(f"{about}　{paper.kind.text}", self.papers[paper])

    def of_person(self, kind: PaperKind, person: PersonId, period: Period) -> Iterator[Holding]:
        """The signed papers of exactly that period that somebody is named in.

        What names others too is registered in the file, and its pages stay with the company.
        """
        for paper, one in self.issues.items():
            draft = one.paper
            if paper.kind is kind and draft.period == period and person in draft.people:
                about = f"{period_name(period)}　{kind.text}（{one.on}）"
                made = _holding(about, self.papers[paper])
                if len(draft.people) > 1:
                    where = f"{made.item.where}（含他人的结果，不附在这里）"
                    made = Holding(replace(made.item, where=where))
                yield made


def _holding(about: str, pages: Sequence[ScanPage]) -> Holding:
    """A paper of which some pages are filed; what lacks pages is missing, its pages are shown."""
    make = partial(_pdf, pages=pages)
    filed = [one.slot for one in pages if one.slot is not None]
    lacking = missing_pages(filed[0].total, {one.number for one in filed})
    names = "、".join(dict.fromkeys(f"“{one.file_name}”" for one in pages))
    where = f"公司文件　扫描件{names}"
    if not lacking:
        return Holding(Item(Kind.SCAN, about, Filed.FILED, where), make)
    numbers = "、".join(map(str, lacking))
    note = f"已归档 {len(filed)} 页，共 {filed[0].total} 页，还缺第 {numbers} 页：补扫后归档"
    return Holding(Item(Kind.SCAN, about, Filed.MISSING, where, note=note), make)


def _pdf(company: Company, *, pages: Sequence[ScanPage]) -> bytes:
    """The pages of a paper, taken from the stored scans; other people's pages are left there."""
    from kpidesk.documents.scanned import scanned_pdf

    with company.read() as connection:
        contents = {
            scan: scan_content(connection, scan, company.path)
            for scan in dict.fromkeys(one.scan for one in pages)
        }
    return scanned_pdf([_page(contents[one.scan], one) for one in pages])


def _page(content: bytes, page: ScanPage) -> Taken | Drawn:
    from kpidesk.documents.scanned import Drawn, Taken

    if content.startswith(b"%PDF-") and page.half == Half.WHOLE:
        return Taken(content, page.sheet, page.turn)
    image = upright(open_scan(content), page.sheet, page.half, page.turn, longest=_SHARP)
    file = BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=_QUALITY)
    return Drawn(file.getvalue(), image.width, image.height)


def _number(page: ScanPage) -> int:
    return page.slot.number if page.slot else 0
