"""The review report on the screen: looked at, printed, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.errors import message_of
from kpidesk.ui.files import save_pdf
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.printing import print_documents
from kpidesk.ui.widgets import Banner, push_button
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import results
from kpidesk.usecases.contracts import preview

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages
    from kpidesk.usecases.appraisals import SheetView
    from kpidesk.usecases.company import Company


class ReportView(QWidget):
    """Made only when it is looked at, and made anew when the sheet has changed."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._desk = desk
        self._appraisal: AppraisalId | None = None
        self._title = "考核报告"
        self._pdf = b""
        self._pages: Pages | None = None
        self._is_outdated = False
        self.banner = Banner(desk.look)
        self.view = PdfView(desk)
        self.save_button = push_button(desk.look, "另存为 PDF…", self._save, icon="pdf")
        self.print_button = push_button(desk.look, "打印…", self._print, icon="print")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.banner)
        layout.addWidget(self.view, 1)
        self._offer(b"", None)

    def show_view(self, view: SheetView) -> None:
        """Show the report of a sheet, now or when one looks at it."""
        self._appraisal = view.appraisal.id
        person = view.contract.party_b.name
        self._title = f"考核报告 {person} {cycle_text(view.sheet.cycle)}"
        self._is_outdated = True
        self._offer(b"", None)
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the report when it is first looked at."""
        super().showEvent(event)
        if self._is_outdated:
            self._make()

    def _make(self) -> None:
        appraisal = self._appraisal
        if appraisal is None:
            return
        self._is_outdated = False

        def work(company: Company) -> tuple[bytes, Pages]:
            pdf = results.report_pdf(company, appraisal)
            return pdf, preview(pdf)

        def shown(made: tuple[bytes, Pages]) -> None:
            if appraisal == self._appraisal and not self._is_outdated:
                self._offer(*made)

        def failed(problem: Exception) -> None:
            if appraisal == self._appraisal:
                self.banner.say(message_of(problem))

        self._desk.ask(work, shown, failed, owner=self)

    def _offer(self, pdf: bytes, pages: Pages | None) -> None:
        self._pdf, self._pages = pdf, pages
        self.banner.say("")
        self.view.show_pages(pages)
        for button in (self.save_button, self.print_button):
            button.setEnabled(pages is not None)

    def _save(self) -> None:
        pdf = self._pdf
        save_pdf(self._desk, self, self._title, lambda _: pdf)

    def _print(self) -> None:
        if self._pages is not None:
            print_documents(self._desk, self, self._title, [self._pages])
