"""The section of indicators: the tree, and the chosen one beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from kpidesk.ui.pages.schemes.editor.indicator import IndicatorPanel
from kpidesk.ui.pages.schemes.editor.tree import IndicatorTree
from kpidesk.ui.widgets import column, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.editing.curve import Curve
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look

TREE_WIDTH, FORM_WIDTH = 270, 430


class IndicatorSection(QWidget):
    """The tree, and the chosen indicator beside it."""

    edited = Signal(str, object)
    refused = Signal(str)
    turned = Signal()
    """Another indicator is in view."""

    def __init__(self, look: Look, scheme: Callable[[], Scheme]) -> None:
        """The first indicator is shown."""
        super().__init__()
        self._scheme = scheme
        self.tree = IndicatorTree(look, scheme)
        self.panel = IndicatorPanel(look, scheme)
        self.tree.chosen.connect(self._choose)
        for part in (self.tree, self.panel):
            part.edited.connect(self.edited)
            part.refused.connect(self.refused)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        halves.addWidget(self.tree)
        halves.addWidget(scrolled(self.panel))
        halves.setStretchFactor(1, 1)
        halves.setSizes([TREE_WIDTH, FORM_WIDTH])
        self.setLayout(column(halves))
        self._shown = ""

    def printed(self) -> Sequence[str]:
        """The clause of the indicator in view."""
        return self.panel.printed()

    def curve(self) -> Curve | None:
        """The picture of its rule."""
        return self.panel.curve()

    def take(self) -> bool:
        """Make what was typed a change."""
        return self.panel.take()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        self.tree.show_scheme(self._scheme())
        self._shown = self.tree.current
        self.panel.show_indicator(self._shown)

    @Slot(str)
    def _choose(self, name: str) -> None:
        if name != self._shown and any(one.name == name for one in self._scheme().walk()):
            self.panel.take()
            self._shown = name
            self.panel.show_indicator(name)
            self.turned.emit()
