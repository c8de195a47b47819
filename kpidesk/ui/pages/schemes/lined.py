"""A read-only table of wrapped text, as in a printed document: columns, and hair lines between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.look import Look

_SPACE = 9  # above and below the words of a row


class LinedGrid(QWidget):
    """Rows of labels (or widgets); each column has a heading, a least width and a share."""

    def __init__(self, look: Look, columns: Sequence[tuple[str, int, int]]) -> None:
        """`columns`: heading, least width in pixels, share of the width that is left."""
        super().__init__()
        self._look = look
        self.rows: list[QWidget] = []
        """The first cell of each row."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(_SPACE * 2)
        for number, (_, least, share) in enumerate(columns):
            self._grid.setColumnMinimumWidth(number, least)
            self._grid.setColumnStretch(number, share)
        look.changed.connect(self.update)
        if any(title for title, _, _ in columns):
            self.add([label(title, "muted") for title, _, _ in columns])

    def add(self, cells: Sequence[QWidget | str | None]) -> None:
        """One more row; a text becomes a wrapped label, None leaves the cell empty."""
        widgets: list[QWidget] = []
        for number, cell in enumerate(cells):
            if cell is None:
                continue
            widget = _words(cell) if isinstance(cell, str) else cell
            if widget.layout() is None:  # what holds wrapped words is as high as they need
                across = widget.sizePolicy().horizontalPolicy()
                widget.setSizePolicy(across, QSizePolicy.Policy.Minimum)
            self._grid.addWidget(widget, len(self.rows), number, Qt.AlignmentFlag.AlignTop)
            widgets.append(widget)
        self.rows.append(widgets[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hair line above each row but the first."""
        painter = QPainter(self)
        painter.setPen(QColor(self._look.tokens.line))
        for first in self.rows[1:]:
            y = first.y() - _SPACE
            painter.drawLine(0, y, self.width(), y)
        painter.end()


def _words(text: str) -> QLabel:
    made = label(text, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
