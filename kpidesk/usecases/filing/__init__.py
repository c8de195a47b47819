"""Signed papers come back as scans: read, matched to their records, filed, looked at."""

from kpidesk.exchange.scan.found import ScanError
from kpidesk.usecases.filing.deciding import discard_pages, file_page, take_back, total_pages
from kpidesk.usecases.filing.intake import (
    SUFFIXES,
    Intake,
    KnownScanError,
    Received,
    ScanRead,
    check_new,
    file_scan,
    read_bytes,
    read_scan,
    receive_scans,
)
from kpidesk.usecases.filing.listing import (
    FilingView,
    KnownPaper,
    PageRow,
    PaperRow,
    filing_view,
    paper_choices,
    recent_filing,
)
from kpidesk.usecases.filing.pictures import (
    SheetScan,
    contract_pictures,
    filed_pictures,
    page_picture,
    sheet_scan,
)

__all__ = [
    "SUFFIXES",
    "FilingView",
    "Intake",
    "KnownPaper",
    "KnownScanError",
    "PageRow",
    "PaperRow",
    "Received",
    "ScanError",
    "ScanRead",
    "SheetScan",
    "check_new",
    "contract_pictures",
    "discard_pages",
    "file_page",
    "file_scan",
    "filed_pictures",
    "filing_view",
    "page_picture",
    "paper_choices",
    "read_bytes",
    "read_scan",
    "receive_scans",
    "recent_filing",
    "sheet_scan",
    "take_back",
    "total_pages",
]
