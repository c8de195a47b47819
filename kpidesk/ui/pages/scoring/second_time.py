"""Typing the sheet at hand a second time: begun, compared with the first, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kpidesk.ui.pages.scoring.second import SecondBar, show_comparison
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from kpidesk.ui.pages.scoring.page import ScoringPage
    from kpidesk.usecases.appraisals import Comparison, SheetView


class SecondTime(QObject):
    """Goes on from sheet to sheet until it is ended."""

    def __init__(self, page: ScoringPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page
        self._found: Comparison | None = None
        self.is_on = False
        """Whether the sheet is being typed a second time."""
        self.bar = SecondBar(page.desk.look)
        self.bar.typist.returnPressed.connect(page.pane.focus_first_empty)
        self.bar.compared.connect(self.compare)
        self.bar.left.connect(self.end)

    def show_comparison(self, found: Comparison) -> None:
        """How far the sheet at hand has come."""
        self._found = found
        self.bar.show_comparison(found)

    def begin(self) -> None:
        """Show the sheet without what was typed first."""
        page = self._page
        if self._found is None or not page.may_leave():
            return
        self.is_on = True
        self.bar.begin(page.desk.officer, self._found.mode)
        page.reload(takes_cursor=bool(self.bar.who))
        if not self.bar.who:
            self.bar.typist.setFocus()

    def end(self) -> None:
        """Back to the sheet as it was typed first."""
        if self._page.may_leave():
            self.is_on = False
            self.bar.hide()
            self._page.reload(takes_cursor=True)

    def compare(self) -> None:
        """Settle what was typed otherwise the second time."""
        page, view = self._page, self._page.pane.view
        if view is None or not page.may_leave():
            return
        appraisal = view.appraisal.id

        def shown(found: tuple[SheetView, Comparison]) -> None:
            show_comparison(page.desk, page, view, found[1], again=self.compare, finished=self.end)

        page.desk.ask(
            lambda company: appraisals.look_at(company, appraisal, stage=None, second=False),
            shown,
            owner=page,
        )
