"""Errors that nobody caught: told to the officer, written to the log, never silent."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.errors import message_of
from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_log = logging.getLogger(__name__)


class ErrorReporter(QObject):
    """Shows errors over the window; one dialog at a time, all of them in the log."""

    _caught = Signal(object)

    def __init__(self, desk: Desk, window: Callable[[], QWidget | None], log_file: Path) -> None:
        """`window` gives what to show dialogs over."""
        super().__init__(desk)
        self._desk, self._window, self._log_file = desk, window, log_file
        self._open: QObject | None = None
        self._caught.connect(self._show_bug)
        desk.tasks.unhandled.connect(self.show)

    def install(self) -> None:
        """Take over errors in slots and in threads."""
        sys.excepthook = self.excepthook

    def excepthook(
        self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None
    ) -> None:
        """Log, then show on the window's thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        _log.critical("uncaught error", exc_info=(kind, problem, trace))
        self._caught.emit(problem)

    @Slot(object)
    def show(self, problem: Exception) -> None:
        """Show an error of a task: its own message, or the dialog for faults of the program."""
        if isinstance(problem, KpiDeskError | OSError):
            window = self._window()
            if window is not None:
                from kpidesk.ui.dialogs import show_message

                title = "操作没有完成"
                show_message(self._desk, window, title, message_of(problem), Tone.WARN)
            return
        _log.error("an error in a task", exc_info=problem)
        self._show_bug(problem)

    @Slot(object)
    def _show_bug(self, problem: BaseException) -> None:
        window = self._window()
        if window is None or (self._open is not None and shiboken6.isValid(self._open)):
            return
        from kpidesk.ui.dialogs.bug import BugDialog

        dialog = BugDialog(self._desk, window, problem, self._log_file)
        dialog.open()
        self._open = dialog
