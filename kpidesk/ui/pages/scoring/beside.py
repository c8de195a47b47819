"""对照扫描件: the filed scan of the sheet at hand, beside the fields that are typed from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.pdf_view import PdfView
from kpidesk.ui.widgets import EmptyState, label, row, tool_button
from kpidesk.usecases import filing

if TYPE_CHECKING:
    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.filing import SheetScan


class ScanBeside(QWidget):
    """Takes the place of the list while one types from it; `turned` names the page in view."""

    closed = Signal()
    turned = Signal(str)
    """What values are read from now: 扫描件“评分表.pdf”第 2 页."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._desk = desk
        self._appraisal: AppraisalId | None = None
        self._scan: SheetScan | None = None
        self.view = PdfView(desk)
        self.view.canvas.moved.connect(self._tell_page)
        self._empty = EmptyState(desk.look, icon="filing")
        self._empty.say("这张评分表还没有归档的扫描件", "把签好的评分表扫描以后，到“归档”导入。")
        self._empty.hide()
        head = row(
            label("评分表扫描件", "heading"),
            None,
            tool_button(desk.look, "close", "关闭扫描件，回到列表", self.closed.emit),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._empty, 1)

    def show_sheet(self, appraisal: AppraisalId) -> None:
        """Show what is filed of a sheet; the page in view stays while it is the same sheet."""
        if appraisal == self._appraisal:
            return
        self._appraisal = appraisal
        self._desk.ask(
            lambda company: filing.sheet_scan(company, appraisal), self._show, owner=self
        )

    def forget(self) -> None:
        """Load anew when shown again: something may have been filed meanwhile."""
        self._appraisal = None
        self.view.show_pages(None)

    def _show(self, scan: SheetScan) -> None:
        self._scan = scan
        is_there = bool(scan.names)
        self.view.setVisible(is_there)
        self._empty.setVisible(not is_there)
        self.view.show_pages(scan.pages if is_there else None)
        self._tell_page()

    def _tell_page(self) -> None:
        names = self._scan.names if self._scan is not None else ()
        page = self.view.canvas.page
        self.turned.emit(names[page] if page < len(names) else "")
