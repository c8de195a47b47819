"""Scanned pages to look at: upright, in colour, one at a time when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.filing import PageState, Paper, PaperKind, ScanId, ScanPageId
from kpidesk.documents.pictures import PDFIUM_LOCK, Picture
from kpidesk.exchange.scan.opening import Scan, open_scan
from kpidesk.exchange.scan.pictures import upright
from kpidesk.store.scans import ScanPage, filed_pages, filed_sheet_pages, load_page, scan_content
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.session import Company, found

_A4_TALL = 842.0
"""Pages are shown as large as A4, whatever their scanner said of inches."""
_SKETCH = 400


class UnreadablePageError(KpiDeskError):
    """A page that broke the reader is not drawn in the window's own process."""


@dataclass(frozen=True, slots=True)
class _Place:
    scan: Scan
    sheet: int
    half: str
    turn: int


class ScannedPages:
    """Scanned pages as the pages of a document."""

    def __init__(self, places: Sequence[_Place]) -> None:
        self._places = tuple(places)
        self._sketched = cache(self._sketch)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._places)

    def page_size(self, page: int) -> tuple[float, float]:
        """Width and height in points, the longer side as that of A4."""
        width, height = self._sketched(page)
        scale = _A4_TALL / max(width, height)
        return width * scale, height * scale

    def render(self, page: int, scale: float) -> Picture:
        """A page at `scale` pixels to the point."""
        place = self._places[page]
        width, height = (max(1, round(side * scale)) for side in self.page_size(page))
        with PDFIUM_LOCK:
            image = upright(
                place.scan, place.sheet, place.half, place.turn, longest=max(width, height)
            )
        drawn = image.resize((width, height))
        return Picture(width, height, width * 4, drawn.tobytes("raw", "BGRX"))

    def rest(self) -> None:
        """Nothing is kept from page to page."""

    def close(self) -> None:
        """Nothing is held but memory."""
        self._places = ()

    def _sketch(self, page: int) -> tuple[int, int]:
        place = self._places[page]
        with PDFIUM_LOCK:
            drawn = upright(place.scan, place.sheet, place.half, place.turn, longest=_SKETCH)
        return drawn.width, drawn.height


def page_picture(company: Company, page: ScanPageId) -> ScannedPages:
    """One page of a scan."""
    with company.read() as connection:
        one = found(load_page(connection, page), "这一页")
        return _pages(company, connection, [one])


def filed_pictures(company: Company, paper: Paper) -> ScannedPages:
    """The pages of a paper that are filed, in order; none when there are none."""
    with company.read() as connection:
        return _pages(company, connection, filed_pages(connection, paper))


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What is filed of a scoring sheet: its pages, and what each is called as a source."""

    pages: ScannedPages
    names: tuple[str, ...]


def sheet_scan(company: Company, appraisal: AppraisalId) -> SheetScan:
    """The pages of a sheet that was filled in by hand, or printed and signed; the newest first."""
    with company.read() as connection:
        filed = filed_sheet_pages(connection, appraisal)
        names = tuple(f"扫描件“{one.file_name}”第 {one.sheet + 1} 页" for one in filed)
        return SheetScan(_pages(company, connection, filed), names)


def contract_pictures(company: Company, contract: ContractId, copy: Copy) -> ScannedPages:
    """What is filed of a copy of a contract's newest issue."""
    with company.read() as connection:
        known = details_of(company, connection, contract).contract
        paper = Paper(PaperKind.CONTRACT, contract, known.revision, copy)
        return _pages(company, connection, filed_pages(connection, paper))


def _pages(company: Company, connection: Connection, pages: Sequence[ScanPage]) -> ScannedPages:
    scans: dict[ScanId, Scan] = {}
    for one in pages:
        if one.state is PageState.WAITING and "出错" in one.reason:
            msg = "这一页无法显示：文件这一页已损坏"
            raise UnreadablePageError(msg)
        if one.scan not in scans:
            with PDFIUM_LOCK:
                scans[one.scan] = open_scan(scan_content(connection, one.scan, company.path))
    return ScannedPages([_Place(scans[one.scan], one.sheet, one.half, one.turn) for one in pages])
