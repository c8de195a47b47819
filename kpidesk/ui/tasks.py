"""Work off the window's thread: one worker owns the database and does one thing at a time."""

from __future__ import annotations

import logging
import threading
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
BUSY_AFTER_MS = 100
_REPORT_EVERY_S = 0.05
_log = logging.getLogger(__name__)


class Progress:
    """Handed to long work: it reports steps, and looks whether the officer has cancelled.

    Both ends may be used from any thread. The work itself decides where it is safe to stop; what
    it returns after a cancel is delivered as usual.
    """

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        """`report` gets steps done, steps in all, and what is being done (Chinese)."""
        self._report = report
        self._cancel = threading.Event()
        self._last = 0.0

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is; cheap enough to be called for every item."""
        now = monotonic()
        if done >= total or now - self._last >= _REPORT_EVERY_S:
            self._last = now
            self._report(done, total, text)

    @property
    def cancelled(self) -> bool:
        """True once the officer asked to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._cancel.set()


class Task(QObject, Generic[T]):
    """Something that was asked of the worker."""

    progressed = Signal(int, int, str)
    finished = Signal()

    def __init__(self, parent: QObject, title: str) -> None:
        """`title` names the work in the progress panel; empty for short work."""
        super().__init__(parent)
        self.title = title
        self.progress = Progress(self.progressed.emit)
        self.is_finished = False


class Tasks(QObject):
    """Runs work on the one worker; answers arrive on the window's thread, in order."""

    busy_changed = Signal(bool)
    long_started = Signal(Task)
    unhandled = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start the worker."""
        super().__init__(parent)
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._pending = 0
        self._busy = False
        self._closed = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(BUSY_AFTER_MS)
        self._patience.timeout.connect(self._show_busy)
        self._answered.connect(self._deliver)
        self._thread = threading.Thread(target=self._work, name="kpidesk-worker", daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task[T]:
        """Do `work` on the worker, then `done(result)` or `failed(error)` here.

        Without `failed` the error is shown to the officer (see `kpidesk.ui.errors`). When the
        widget `owner` has been deleted meanwhile, the answer is dropped.
        """
        return self._start(lambda _: work(), done, failed, owner, "")

    def run_long(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task[T]:
        """As `run`, with a panel named `title` that shows progress and offers to cancel."""
        task = self._start(work, done, failed, owner, title)
        self.long_started.emit(task)
        return task

    @property
    def pending(self) -> int:
        """How many answers are still awaited."""
        return self._pending

    def close(self) -> None:
        """Finish what was asked, deliver nothing more, and stop the worker."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None,
        failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        title: str,
    ) -> Task[T]:
        if self._closed:
            msg = "the worker has been stopped"
            raise RuntimeError(msg)
        task: Task[T] = Task(self, title)
        self._pending += 1
        if self._pending == 1:
            self._patience.start()

        def answer(outcome: T | None, problem: Exception | None) -> None:
            task.is_finished = True
            task.finished.emit()
            task.deleteLater()
            if owner is not None and not shiboken6.isValid(owner):
                _log.info("an answer came after its page had gone")
                return
            if problem is not None:
                (failed or self.unhandled.emit)(problem)
            elif done is not None:
                done(cast("T", outcome))

        def job() -> None:
            try:
                outcome, problem = work(task.progress), None
            except Exception as raised:  # noqa: BLE001 - every error is delivered to the window
                outcome, problem = None, raised
            self._answered.emit(lambda: answer(outcome, problem))

        self._queue.put(job)
        return task

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job()

    @Slot(object)
    def _deliver(self, answer: Callable[[], Any]) -> None:
        self._pending -= 1
        if self._closed:  # the window is going: a file that was being opened is not shown any more
            return
        if self._pending == 0:
            self._patience.stop()
            if self._busy:
                self._busy = False
                self.busy_changed.emit(False)
        answer()

    @Slot()
    def _show_busy(self) -> None:
        if self._pending:
            self._busy = True
            self.busy_changed.emit(True)
