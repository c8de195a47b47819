"""What waits until the window has been painted for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_AT_LAST_MS = 1000
"""A window that starts minimised is not painted: then it waits no longer than this."""


class FirstPaint(QObject):
    """Does `then` once, after the first paint of a window."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        """Watches until then; it goes with the window, as deleting it in between is not safe."""
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AT_LAST_MS)
        self._timer.timeout.connect(then)
        self._timer.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint: go on when it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            if self._timer.isActive():
                self._timer.start(0)
        return False
