"""A document to look at before it is printed or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.files import save_pdf
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.printing import print_documents
from kpidesk.ui.widgets import label, push_button
from kpidesk.usecases.contracts import preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages
    from kpidesk.usecases.company import Company

_SIZE = QSize(860, 680)


class DocumentDialog(Dialog):
    """Made on the worker, shown page by page; 打印 and 另存为 PDF take the same document."""

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, work: Callable[[Company], bytes]
    ) -> None:
        """`work` makes the PDF; `title` names it, in the print queue and as a file."""
        super().__init__(parent, title, width=_SIZE.width())
        self._desk, self._title = desk, title
        self._pdf = b""
        self._pages: Pages | None = None
        self.view = PdfView(desk)
        self._waiting = label("正在生成…", "muted")
        self.save_button = push_button(desk.look, "另存为 PDF…", self._save, icon="pdf")
        self.print_button = push_button(
            desk.look, "打印…", self._print, icon="print", kind="primary"
        )
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
            button.setAutoDefault(False)
            self.view.bar.addWidget(button)
        self.body.addWidget(self._waiting)
        self.body.addWidget(self.view, 1)
        room = parent.window().size()
        self.resize(_SIZE.boundedTo(room).expandedTo(QSize(_SIZE.width(), room.height() - 60)))

        def make(company: Company) -> tuple[bytes, Pages]:
            pdf = work(company)
            return pdf, preview(pdf)

        desk.ask(make, lambda made: self._show(*made), self._fail, owner=self)

    def _show(self, pdf: bytes, pages: Pages) -> None:
        self._pdf, self._pages = pdf, pages
        self._waiting.hide()
        self.view.show_pages(pages)
        for button in (self.save_button, self.print_button):
            button.setEnabled(True)

    def _fail(self, problem: Exception) -> None:
        self._desk.tasks.unhandled.emit(problem)
        self.reject()

    def _save(self) -> None:
        save_pdf(self._desk, self, self._title, lambda _: self._pdf)

    def _print(self) -> None:
        if self._pages is not None:
            print_documents(self._desk, self, self._title, [self._pages])
