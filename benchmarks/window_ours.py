"""Contender: the program's window. Arguments: first, or filled FILE (its first page is filled).

Prints when that was painted, and the memory until then.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date

from kpidesk import app


def _tell() -> None:
    moment = time.monotonic()
    from benchmarks.child import peak_megabytes

    print(moment, peak_megabytes(), flush=True)
    os._exit(0)  # what comes after is not measured


def _watch(program: app.Program, *, filled: bool) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Eye(QObject):
        """Sees the window being painted."""

        def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            """Tell when that is done."""
            if event.type() == QEvent.Type.Paint and not filled:
                QTimer.singleShot(0, _tell)
            return False

    def look() -> None:
        """The page has its counts: what it made of them is painted next.

        What is counted later (missing figures, pay to settle) fills in two of its lines.
        """
        page = program.window.page
        year = getattr(page, "_year", None)
        if year is not None and year.isVisible():
            program.window.repaint()
            _tell()

    if filled:
        timer = QTimer(program.window)
        timer.timeout.connect(look)
        timer.start(2)
    else:
        program.window.stack.installEventFilter(Eye(program.window))


def main() -> None:
    """Run the program with an eye on its window."""
    build, filled = app.build, sys.argv[1] == "filled"

    def watched(paths: app.Paths, today: Callable[[], date] = date.today) -> app.Program:
        program = build(paths, today)
        _watch(program, filled=filled)
        return program

    app.build = watched
    app.main(sys.argv[2:])


main()
