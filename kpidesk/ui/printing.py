"""Printing documents: the system's dialog, then page pictures at the printer's sharpness.

Copies are repeated here, page by page, because drivers' copy counts cannot be relied on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.pdf_pages import Pages, page_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress

DPI = 300
"""A page of A4 at 300 dpi is a picture of 35 MB: held one at a time."""
_POINTS = 72
_MM = 25.4


class PrintFailedError(KpiDeskError):
    """The printer did not take the document."""


def choose_printer(parent: QWidget, title: str) -> QPrinter | None:
    """The system's print dialog; None when it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印 {title}")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_documents(
    desk: Desk,
    parent: QWidget,
    title: str,
    documents: Sequence[Pages],
    *,
    done: Callable[[], object] | None = None,
) -> None:
    """Ask for the printer and print, one document after the other (甲方存, 乙方存).

    `done` is called when all was handed to the printer; not after a cancel.
    """
    if (printer := choose_printer(parent, title)) is not None:
        print_on(desk, printer, title, documents, done=done)


def print_on(
    desk: Desk,
    printer: QPrinter,
    title: str,
    documents: Sequence[Pages],
    *,
    done: Callable[[], object] | None = None,
) -> None:
    """Print on the worker, with a panel that shows pages and can cancel."""

    def finished(is_whole: bool) -> None:
        if not is_whole:
            desk.tell("打印已取消")
            return
        desk.tell(f"已送往打印机：{title}")
        if done is not None:
            done()

    right, down = desk.settings.print_offset
    offset = (float(right), float(down))
    desk.tasks.run_long(
        f"打印 {title}", lambda progress: _print(printer, documents, progress, offset), finished
    )


def _print(
    printer: QPrinter,
    documents: Sequence[Pages],
    progress: Progress,
    offset: tuple[float, float],
) -> bool:
    """True when all pages were printed, False after a cancel; `offset` to the right, down in mm."""
    copies = printer.copyCount()
    printer.setCopyCount(1)
    printer.setFullPage(True)
    order = _sheets(printer, documents, copies)
    painter = QPainter()
    if not painter.begin(printer):
        msg = f"打印机“{printer.printerName()}”无法使用，请检查它是否已连接、有纸"
        raise PrintFailedError(msg)
    last: Pages | None = None
    try:
        for number, sheet in enumerate(order):
            if progress.cancelled:
                printer.abort()
                return False
            progress.step(number, len(order), f"第 {number + 1} 页，共 {len(order)} 页")
            if number:
                printer.newPage()
            if sheet is not None:
                if last is not None and last is not sheet[0]:
                    last.rest()  # or a batch of hundreds would fill the memory
                last = sheet[0]
                _draw(painter, printer, *sheet, offset)
        progress.step(len(order), len(order))
    finally:
        painter.end()
    return True


def _sheets(
    printer: QPrinter, documents: Sequence[Pages], copies: int
) -> list[tuple[Pages, int] | None]:
    """All pages in order; None is an empty back, so that no two copies share a sheet."""
    is_duplex = printer.duplex() not in (
        QPrinter.DuplexMode.DuplexNone,
        QPrinter.DuplexMode.DuplexAuto,
    )
    sheets: list[tuple[Pages, int] | None] = []
    for _ in range(copies):
        for pages in documents:
            sheets += [(pages, number) for number in range(pages.page_count)]
            if is_duplex and len(sheets) % 2:
                sheets.append(None)
    return sheets


def _draw(
    painter: QPainter, printer: QPrinter, pages: Pages, number: int, offset: tuple[float, float]
) -> None:
    """A page at its true size, smaller only when the paper is; moved by what the printer is off."""
    width, height = pages.page_size(number)
    paper = printer.pageLayout().fullRect(QPageLayout.Unit.Point)
    shrink = min(1.0, paper.width() / width, paper.height() / height)
    pixels = printer.resolution() / _POINTS * shrink
    image = page_image(pages, number, min(DPI, printer.resolution()) / _POINTS)
    right, down = (one * printer.resolution() / _MM for one in offset)
    painter.drawImage(QRectF(right, down, width * pixels, height * pixels), image)
