"""Other pages are got ready while the officer reads the first one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kpidesk.ui.pages.registry import LOADING, PAGES
from kpidesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.window import MainWindow

_EVERY_MS = 100


class WarmUp(QObject):
    """Steps of a fraction of a second, while the window has nothing to do.

    What computes is loaded on a worker of its own: the one that owns the database is left alone.
    Then the pages, on the window's thread, for Qt's classes are not made on two threads at once:
    without what computes each takes some hundredths of a second to load, and up to two tenths to
    be made. What they show is read when they come into view.
    """

    def __init__(self, window: MainWindow) -> None:
        """Begins once a company is open and its first page shows what it knows."""
        super().__init__(window)
        self._window = window
        self._tasks = Tasks(self)
        self._steps: list[Callable[[], object]] = [self._find_steps]
        self._loads = [one.load for one in PAGES]
        self._makes = [partial(window.make_page, one.key) for one in PAGES]
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        window.desk.closing.connect(self._stop)

    @property
    def is_done(self) -> bool:
        """Whether everything is ready."""
        return not self._timer.isActive()

    @Slot()
    def _look(self) -> None:
        desk = self._window.desk
        if desk.company is None or self._window.page is None or desk.tasks.pending:
            return
        if self._tasks.pending:
            return
        if self._steps:
            self._tasks.run(partial(_alone, self._steps.pop(0)))
        elif self._loads:
            self._loads.pop(0)()
        elif self._makes:
            self._makes.pop(0)()
        else:
            self._stop()

    def _find_steps(self) -> None:
        from kpidesk.usecases.warming import STEPS

        self._steps.extend(STEPS)

    @Slot()
    def _stop(self) -> None:
        self._timer.stop()
        self._tasks.close()


def _alone(step: Callable[[], object]) -> None:
    """No page is imported at the same time."""
    with LOADING:
        step()
