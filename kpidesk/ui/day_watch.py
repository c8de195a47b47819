"""A new day while the window is open: overnight, or while the computer slept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

if TYPE_CHECKING:
    from kpidesk.ui.window import MainWindow

_EVERY_MS = 60_000


class DayWatch(QTimer):
    """Shows the page in view anew when the day has changed: what is due counts from today.

    A timer of Qt's stands still while the computer sleeps and goes on after it; what it looks at
    is the calendar, never how often it was called.
    """

    def __init__(self, window: MainWindow) -> None:
        """Lives as long as the window."""
        super().__init__(window)
        self._window = window
        self._day = window.desk.today
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self.look)
        self.start()

    @Slot()
    def look(self) -> None:
        """Show the page in view anew, on a new day only."""
        today = self._window.desk.today
        if today != self._day:
            self._day = today
            if self._window.desk.company is not None:
                self._window.reload()
