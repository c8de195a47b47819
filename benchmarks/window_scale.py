"""Contender: the program's window with a big company. Arguments: FILE FOLDER (for its settings).

Prints for each page: its key, the seconds until it was filled and painted on the first visit, and
on the second, and those of a frame of its tallest table being scrolled: the median, and the one
that nineteen of twenty stay below (0 where nothing scrolls).
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

from benchmarks.decade import TODAY
from kpidesk import app

_STEP, _FRAMES, _FEWEST = 40, 60, 5
_NAP, _REST = 0.001, 4.0


def _settle(program: app.Program) -> None:
    """Until everything that was asked for is there and painted."""
    while True:
        program.app.processEvents()
        if program.desk.tasks.pending == 0 and program.window.page is not None:
            break
        time.sleep(_NAP)  # as the window's own loop does: a busy one would keep the worker waiting
    program.app.processEvents()
    program.window.repaint()


def _rest(program: app.Program) -> None:
    """Nobody leaves the first page at once; meanwhile the program loads what others need."""
    until = time.perf_counter() + _REST
    while time.perf_counter() < until:
        program.app.processEvents()
        time.sleep(_NAP)


def _visit(program: app.Program, key: str) -> float:
    begun = time.perf_counter()
    program.window.show_page(key)
    _settle(program)
    return time.perf_counter() - begun


def _scroll(program: app.Program) -> tuple[float, float]:
    from PySide6.QtWidgets import QTableView

    page = program.window.page
    tables: list[QTableView] = [] if page is None else list(page.findChildren(QTableView))
    bars = [one.verticalScrollBar() for one in tables if one.isVisible()]
    bar = max(bars, key=lambda one: one.maximum(), default=None)
    times: list[float] = []
    while bar is not None and len(times) < _FRAMES and bar.value() < bar.maximum():
        begun = time.perf_counter()
        bar.setValue(bar.value() + _STEP)
        program.app.processEvents()
        times.append(time.perf_counter() - begun)
    if len(times) < _FEWEST:
        return 0, 0
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Visit every page twice."""
    file, folder = map(Path, sys.argv[1:])
    paths = app.Paths(
        app.Paths.of_user().resources, folder / "settings.ini", folder / "log", folder, folder
    )
    app.load_qt()
    program = app.build(paths, lambda: TODAY)
    app.show(program, paths, file)
    _settle(program)
    _rest(program)
    from kpidesk.ui.pages.registry import PAGES

    first = {one.key: _visit(program, one.key) for one in PAGES}
    for key, seconds in first.items():
        again = _visit(program, key)
        print(key, seconds, again, *_scroll(program), flush=True)
    os._exit(0)  # what comes after is not measured


main()
