"""Python's garbage collector, run on the window's thread only.

Widgets that refer to each other are freed by the collector. Were it to run on the worker, as it
does by itself wherever something is made, it would take widgets apart while Qt draws them.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 1000  # milliseconds between looks


class Collector(QObject):
    """Collects when Python would have, but here; Python's own automatic runs are off."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that has outgrown its threshold."""
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (now, most) in enumerate(counts) if now > most]
        if due:
            gc.collect(due[-1])
