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
    """Steps of a fraction of a second, on a worker of its own, while the window has nothing to do.

    The worker that owns the database is left alone: nobody waits for what was not asked for.
    """

    def __init__(self, window: MainWindow) -> None:
        """Begins once a company is open and its first page shows what it knows."""
        super().__init__(window)
        self._window = window
        self._tasks = Tasks(self)
        self._steps: list[Callable[[], object]] = [one.load for one in PAGES]
        self._steps.append(self._load_others)
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
        else:
            self._stop()

    def _load_others(self) -> None:
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
