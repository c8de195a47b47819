"""Yardstick: a bare window of the same toolkit. Prints when it was painted, and its memory."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Bare(QMainWindow):
    """Tells when it has been painted and the event loop is idle."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell, once."""
        super().paintEvent(event)
        QTimer.singleShot(0, tell)


def tell() -> None:
    moment = time.monotonic()
    from benchmarks.child import peak_megabytes

    print(moment, peak_megabytes(), flush=True)
    os._exit(0)  # what comes after is not measured


app = QApplication(sys.argv[:1])
window = Bare()
window.resize(1280, 800)
window.show()
app.exec()
