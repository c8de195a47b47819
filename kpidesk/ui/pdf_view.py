"""The preview of a document: its pages, and a bar to turn and zoom them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.pdf_canvas import STEP, Fit, PdfCanvas
from kpidesk.ui.widgets import label, push_button, row, tool_button

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages


class PdfView(QWidget):
    """The canvas with its bar: page, zoom, and room for buttons of the page it stands on."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_pages`."""
        super().__init__()
        self.canvas = PdfCanvas(desk)
        self._where = label("", "muted")
        self._zoom = label("", "muted")
        look, canvas = desk.look, self.canvas
        back = tool_button(look, "chevron-up", "上一页", lambda: canvas.go_to(canvas.page - 1))
        on = tool_button(look, "chevron-down", "下一页", lambda: canvas.go_to(canvas.page + 1))
        less = tool_button(look, "zoom-out", "缩小", lambda: canvas.set_zoom(canvas.zoom / STEP))
        more = tool_button(look, "zoom-in", "放大", lambda: canvas.set_zoom(canvas.zoom * STEP))
        wide = push_button(look, "适合宽度", lambda: canvas.set_fit(Fit.WIDTH), kind="link")
        whole = push_button(look, "整页", lambda: canvas.set_fit(Fit.PAGE), kind="link")
        self._tools = (back, on, less, more, wide, whole)
        self.bar = row(
            *(back, on, self._where, None, less, self._zoom, more, wide, whole), spacing=4
        )
        """Add own buttons at its end."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self.bar)
        layout.addWidget(canvas, 1)
        self.setFocusProxy(canvas)
        canvas.moved.connect(self._show_place)
        self._show_place()

    def show_pages(self, pages: Pages | None) -> None:
        """Show a document, or nothing."""
        self.canvas.show_pages(pages)

    @Slot()
    def _show_place(self) -> None:
        count = self.canvas.page_count
        self._where.setText(f"第 {self.canvas.page + 1} 页，共 {count} 页" if count else "")
        self._zoom.setText(f"{round(self.canvas.zoom * 100)}%" if count else "")
        for tool in self._tools:
            tool.setVisible(bool(count))
