"""What other pages need is loaded while the officer reads the first one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kpidesk.ui.pages.registry import LOADING, PAGES
from kpidesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.window import MainWindow

_EVERY_MS = 200


class WarmUp(QObject):
    """Steps of a fraction of a second, while the window has nothing to do.

    What computes is loaded on a worker of its own: the one that owns the database is left alone.
    Then the pages, on the window's thread, for Qt's classes are not made on two threads at once;
    without what computes each takes some hundredths of a second.
    """

    def __init__(self, window: MainWindow) -> None:
        """Begins once a company is open and its first page shows what it knows."""
        super().__init__(window)
        self._window = window
        self._tasks = Tasks(self)
        self._steps: list[Callable[[], object]] = [self._find_steps]
        self._pages = list(PAGES)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        window.desk.closing.connect(self._stop)

    @property
    def is_done(self) -> bool:
        """Whether everything is loaded."""
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
        elif self._pages:
            self._pages.pop(0).load()
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
