"""What the stages of a cycle came to, where the cycle itself is not filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.core.period import Period
from kpidesk.ui.widgets import column, label, push_button, row
from kpidesk.ui.words import cycle_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpidesk.core.results import Result
    from kpidesk.ui.look import Look


class StageScores(QWidget):
    """Each score is a button that asks 为什么; hidden while there is nothing to show.

    Below each other; with a `title`, side by side after it.
    """

    why_asked = Signal(object)

    def __init__(self, look: Look, *, title: str = "") -> None:
        """Shows nothing yet."""
        super().__init__()
        self._look = look
        self._results: tuple[Result, ...] = ()
        self._words: tuple[str, ...] = ()
        self._title = title
        self._parts = row(spacing=14) if title else column(spacing=2)
        self.setLayout(self._parts)
        self.hide()

    def show_results(
        self, results: Sequence[Result], grades: Mapping[str, str] | None = None
    ) -> None:
        """Show the results of stages; `grades` by stage stand beside them."""
        told = grades or {}
        words = tuple(f"{one.text} {told.get(one.period, '')}".rstrip() for one in results)
        self.setVisible(bool(results))
        if (tuple(results), words) == (self._results, self._words):
            return
        self._results, self._words = tuple(results), words
        while (item := self._parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._title:
            self._parts.addWidget(label(self._title, "muted"))
        for one, text in zip(results, words, strict=True):
            self._parts.addWidget(self._one(one, text))
        self._parts.addStretch(1)

    def _one(self, result: Result, text: str) -> QWidget:
        number = push_button(self._look, text, lambda: self.why_asked.emit(result), kind="link")
        number.setToolTip("为什么？")
        number.setAccessibleName(f"{result.title} {result.period}")
        shown = QWidget()
        shown.setLayout(
            row(label(cycle_text(Period.parse(result.period)), "muted"), number, None, spacing=4)
        )
        return shown
