"""The contract as it will lie on the table: its pages, as the copy of either party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.contract import Copy
from kpidesk.ui.errors import message_of
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.widgets import Banner, push_button
from kpidesk.ui.words import copy_text
from kpidesk.usecases import contracts as contract_cases
from kpidesk.usecases import filing

if TYPE_CHECKING:
    from kpidesk.core.contract import ContractId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pdf_pages import Pages
    from kpidesk.usecases.company import Company


class ContractPreview(QWidget):
    """Pages of one contract; stays on the page in view when the contract changes."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_contract`."""
        super().__init__()
        self._desk = desk
        self._id: ContractId | None = None
        self._asked = 0
        self._back_to = 0
        self.pages = PdfView(desk)
        self._banner = Banner(desk.look)
        self.copies = ChoiceBar(*(copy_text(copy) for copy in Copy))
        self.copies.chosen.connect(lambda _: self.reload())
        self.scan_button = push_button(desk.look, "扫描件", self.reload)
        self.scan_button.setCheckable(True)
        self.scan_button.setToolTip("看签好后扫描归档的这一份")
        self.pages.bar.addWidget(self.copies)
        self.pages.bar.addWidget(self.scan_button)
        self.pages.canvas.moved.connect(self._go_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._banner)
        layout.addWidget(self.pages, 1)

    @property
    def copy(self) -> Copy:
        """Whose copy is shown."""
        return tuple(Copy)[self.copies.current]

    def show_contract(self, contract: ContractId | None) -> None:
        """Show another contract from its first page, or none."""
        self._back_to = 0
        self._id = contract
        self.scan_button.setChecked(False)
        self.pages.show_pages(None)
        self.reload()

    def reload(self) -> None:
        """Make the document anew on the worker; the page in view stays in view."""
        self._asked += 1
        asked, contract, copy = self._asked, self._id, self.copy
        if contract is None:
            return

        def show(pages: Pages) -> None:
            if asked == self._asked and not pages.page_count:
                self._banner.say(f"{copy_text(copy)}还没有归档的扫描件", Tone.NEUTRAL)
                self.pages.show_pages(None)
            elif asked == self._asked:
                self._banner.say("")
                self._back_to = max(self._back_to, self.pages.canvas.page)
                self.pages.show_pages(pages)

        def fail(problem: Exception) -> None:
            self._banner.say(f"无法生成预览：{message_of(problem)}")

        def printed(company: Company) -> Pages:
            return contract_cases.preview(contract_cases.contract_pdf(company, contract, copy))

        def scanned(company: Company) -> Pages:
            return filing.contract_pictures(company, contract, copy)

        work = scanned if self.scan_button.isChecked() else printed
        self._desk.ask(work, show, fail, owner=self)

    @Slot()
    def _go_back(self) -> None:
        if self._back_to and self.pages.canvas.page_count:
            page, self._back_to = self._back_to, 0
            self.pages.canvas.go_to(page)
