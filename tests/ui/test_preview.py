from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kpidesk.documents.pictures import Pages, Picture
from kpidesk.ui.desk import Desk
from kpidesk.ui.files import file_name, write_whole
from kpidesk.ui.pdf_canvas import Fit, PdfCanvas
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.printing import print_on

Settle = Callable[[Desk], None]


def document(words: list[str]) -> Pages:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, initialFontName="Helvetica")
    for word in words:
        canvas.setFont("Helvetica", 60)
        canvas.drawString(100, 600, word)
        canvas.rect(60, 60, 475, 720)
        canvas.showPage()
    canvas.save()
    return Pages(file.getvalue())


class WatchedPages(Pages):
    """Remembers which pages were asked for."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self.rendered: list[int] = []
        self.is_closed = False

    def render(self, page: int, scale: float) -> Picture:
        self.rendered.append(page)
        return super().render(page, scale)

    def close(self) -> None:
        self.is_closed = True
        super().close()


@pytest.fixture
def pages() -> WatchedPages:
    return WatchedPages(document([f"page {number}" for number in range(1, 31)]).pdf)


@pytest.fixture
def view(desk: Desk, pages: WatchedPages, qtbot: QtBot, settle: Settle) -> PdfView:
    made = PdfView(desk)
    qtbot.addWidget(made)
    made.resize(700, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.show_pages(pages)
    settle(desk)
    return made


def dark(canvas: PdfCanvas) -> int:
    """How many pixels of the view are written on."""
    image = canvas.viewport().grab().toImage()
    return sum(
        image.pixelColor(x, y).lightness() < 100
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_only_pages_in_view_are_drawn_and_they_fill_the_width(
    view: PdfView, pages: WatchedPages, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: dark(view.canvas) > 100)
    settle(desk)
    assert view.canvas.page_count == 30
    assert set(pages.rendered) <= {0, 1}
    assert view.canvas.horizontalScrollBar().maximum() == 0


def test_keys_turn_pages_and_zoom(view: PdfView) -> None:
    canvas = view.canvas
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert canvas.page == 1
    assert view._where.text() == "第 2 页，共 30 页"
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.page == 29
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.page == 0
    before = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom > before
    QTest.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom == before


def test_a_whole_page_fits_when_asked(view: PdfView) -> None:
    view.canvas.set_fit(Fit.PAGE)
    assert view.canvas._rect(0).height() <= view.canvas.viewport().height()


def test_another_document_takes_the_place_of_the_first(
    view: PdfView, desk: Desk, settle: Settle
) -> None:
    view.show_pages(document(["other"]))
    settle(desk)
    assert view.canvas.page_count == 1
    view.show_pages(None)
    assert view.canvas.page_count == 0
    assert view._where.text() == ""


def test_documents_are_printed_whole_one_after_the_other_and_copies_repeated(
    desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    printer.setCopyCount(2)
    done: list[int] = []
    documents = [document(["first", "second"]), document(["third"])]
    print_on(desk, printer, "责任书", documents, done=lambda: done.append(1))
    settle(desk)
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert done == [1]
    assert len(printed) == 6
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    original = pypdfium2.PdfDocument(documents[0].pdf)[0].render(scale=1, grayscale=True).to_pil()
    paper = printed[0].render(scale=1, grayscale=True).to_pil().resize(original.size)
    off = sum(abs(a - b) > 128 for a, b in zip(original.tobytes(), paper.tobytes(), strict=True))
    assert off < 400, "the frame and the words stand where they stood"


def test_of_a_batch_only_the_document_that_is_printed_is_held(
    desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(72)
    printer.setCopyCount(2)
    documents = [document(["first", "second"]), document(["third"]), document(["fourth"])]
    print_on(desk, printer, "责任书", documents)
    settle(desk)
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 8
    assert [one._document is None for one in documents] == [True, True, False]
    assert documents[0].render(0, 1).width == 596, "it is read again when it is wanted"


@pytest.mark.parametrize(("right", "down"), [("0", "0"), ("3", "-2"), ("-1.5", "4")])
def test_a_printer_that_is_off_is_corrected(
    desk: Desk, settle: Settle, tmp_path: Path, right: str, down: str
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    desk.settings.print_offset = Decimal(right), Decimal(down)
    print_on(desk, printer, "责任书", [document(["first"])])
    settle(desk)
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")[0]
    (picture,) = printed.get_objects()
    left, bottom, _, _ = picture.get_bounds()
    assert left / 72 * 25.4 == pytest.approx(float(right), abs=0.3)
    assert -bottom / 72 * 25.4 == pytest.approx(float(down), abs=0.3)


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "责任书.pdf"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    folder = tmp_path / "taken.pdf"
    folder.mkdir()
    with pytest.raises(OSError, match=r"taken\.pdf"):
        write_whole(folder, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken.pdf", "责任书.pdf"]


def test_names_of_files_have_nothing_that_windows_forbids() -> None:
    assert file_name("客户部/2026:责任书?") == "客户部_2026_责任书_"
    assert file_name("...") == "未命名"


def test_the_document_is_let_go_of_before_the_program_ends(
    desk: Desk, view: PdfView, pages: WatchedPages
) -> None:
    desk.close()
    assert view.canvas.page_count == 0
    assert pages.is_closed
