"""Tables whose scrolled picture is moved, not painted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QShowEvent


class FilledTable(QTableView):
    """Its cells stand on a background of their own.

    A style sheet leaves them see-through each time it dresses the table; then Qt paints all of
    them for every scrolled frame, and not only those that come into view.
    """

    def showEvent(self, event: QShowEvent) -> None:
        """It has just been dressed."""
        super().showEvent(event)
        self.viewport().setAutoFillBackground(True)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has dressed it anew."""
        super().changeEvent(event)
        self.viewport().setAutoFillBackground(True)
