"""A chart as it will be printed, and what can be done with it: copied, saved, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.pdf_canvas import Fit, PdfCanvas
from kpidesk.ui.pdf_pages import page_image
from kpidesk.ui.printing import print_documents
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.usecases import contracts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpidesk.ui.desk import Desk

_POINTS = 72
_DPI = 300
"""A picture to be pasted into a report: sharp on paper."""
_PNG = "PNG 图片 (*.png)"


class ChartView(QWidget):
    """One chart at a time; what is copied, saved and printed is what is looked at."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_chart`."""
        super().__init__()
        self._desk, self._pdf, self._title = desk, b"", ""
        self.canvas = PdfCanvas(desk)
        self.canvas.setAccessibleName("图表")
        self.canvas.set_fit(Fit.PAGE)
        self._none = label("", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._none)
        self.copy = self._button("复制图片", "copy", self.copy_picture, "Ctrl+Shift+P")
        self.png = self._button("存为图片…", "save", self.save_picture)
        self.pdf = self._button("存为 PDF…", "pdf", self.save_pdf)
        self.print = self._button("打印…", "print", self.print_chart, "Ctrl+P")
        self._buttons = (self.copy, self.png, self.pdf, self.print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row(*self._buttons, None, spacing=8))
        self.show_chart(b"", "", "")

    def _button(self, text: str, icon: str, do: Callable[[], object], key: str = "") -> QPushButton:
        button = push_button(self._desk.look, text, do, icon=icon)
        if key:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(button.click)
            self.addAction(action)
            button.setToolTip(plain_tip(f"{text}（{key}）"))
        return button

    def show_chart(self, pdf: bytes, title: str, why_not: str) -> None:
        """Show a chart; `why_not` is said where there is none."""
        self._pdf, self._title = pdf, title
        for button in self._buttons:
            button.setEnabled(bool(pdf))
        self._none.setText(why_not)
        self._stack.setCurrentIndex(0 if pdf else 1)
        if not pdf:
            self.canvas.show_pages(None)
            return
        self._desk.tasks.run(lambda: contracts.preview(pdf), self.canvas.show_pages, owner=self)

    @property
    def said(self) -> str:
        """Why there is no chart; empty where there is one."""
        return "" if self._pdf else self._none.text()

    def copy_picture(self) -> None:
        """Put the chart on the clipboard, to be pasted into a document."""

        def put(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self._desk.tell(f"已复制图片：{self._title}")

        self._desk.tasks.run(lambda: _drawn(self._pdf), put, owner=self)

    def save_picture(self) -> None:
        """存为图片."""
        self._save("存为图片", ".png", _PNG, lambda: _png(_drawn(self._pdf)))

    def save_pdf(self) -> None:
        """存为 PDF."""
        self._save("存为 PDF", ".pdf", "PDF 文件 (*.pdf)", lambda: self._pdf)

    def print_chart(self) -> None:
        """打印."""
        pdf = self._pdf
        self._desk.tasks.run(
            lambda: contracts.preview(pdf),
            lambda pages: print_documents(self._desk, self, self._title, [pages]),
            owner=self,
        )

    def _save(self, what: str, ending: str, kinds: str, make: Callable[[], bytes]) -> None:
        def write(path: Path) -> None:
            self._desk.tasks.run(
                lambda: write_whole(path, make()),
                lambda _: self._desk.tell(f"已保存到 {path}"),
                owner=self,
            )

        start = self._desk.documents / f"{file_name(self._title)}{ending}"
        choose_file(self, what, start, kinds, write, to_save=True)


def _drawn(pdf: bytes) -> QImage:
    pages = contracts.preview(pdf)
    try:
        image = page_image(pages, 0, _DPI / _POINTS)
    finally:
        pages.close()
    # So that it is pasted as large as it is, not four times as large.
    dots = round(_DPI / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    return image


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # it takes a text and refuses bytes
    return bytes(buffer.data().data())
