"""The menu 打印与导出 of a page: what it can print, each behind a dialog for period and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

from kpidesk.ui.pages.papers.wanted import HINTS, Chosen
from kpidesk.ui.widgets import push_button
from kpidesk.usecases.yearbook.offers import Paper, offer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.yearbook.offers import Offer


PAPERS = "yearbook.papers.paper_pdf"
"""The use case behind the menu."""


class PapersMenu:
    """Put `button` into the page's tools; add own entries to `menu` before or after."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        papers: Sequence[Paper],
        chosen: Callable[[], Chosen] = Chosen,
    ) -> None:
        """`chosen` tells whom the page's list has selected when the menu is used."""
        self._desk, self._page, self._chosen = desk, page, chosen
        self.button: QPushButton = push_button(
            desk.look, "打印与导出", lambda: None, icon="print", kind="menu"
        )
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        for paper in papers:
            action = self.menu.addAction(f"{paper}…")
            action.setToolTip(HINTS[paper])
            action.triggered.connect(lambda *_, paper=paper: self.ask(paper))
            desk.only_if(PAPERS, action)
        self.button.setMenu(self.menu)

    def ask(self, paper: Paper) -> None:
        """Ask what the document is to be about."""
        from kpidesk.ui.pages.papers.dialog import PaperDialog

        chosen = self._chosen()

        def show(found: Offer) -> None:
            if not found.periods:
                self._desk.tell(f"还没有责任书或评分表，不能生成{paper}")
                return
            PaperDialog(self._desk, self._page, paper, found, chosen).open()

        self._desk.ask(lambda company: offer(company, paper), show, owner=self._page)
