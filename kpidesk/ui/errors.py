"""Errors that nobody caught: told to the officer, written to the log, never silent."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.dialogs.messages import Message, show_message
from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_log = logging.getLogger(__name__)


def message_of(problem: BaseException) -> str:
    """What to tell the officer: our own errors speak for themselves, others are a fault of ours."""
    match problem:
        case KpiDeskError():
            return str(problem)
        case PermissionError():
            return f"没有权限读写文件“{problem.filename}”，请检查文件是否只读或被其他程序打开"
        case FileNotFoundError():
            return f"找不到文件“{problem.filename}”，请检查它是否被移动或删除"
        case OSError():
            return f"读写文件“{problem.filename}”失败：{problem.strerror}"
        case _:
            _log.error("an error that nobody expected", exc_info=problem)
            return f"程序内部出错（{type(problem).__name__}），这一步没有保存。详情已写入日志"


class ErrorReporter(QObject):
    """Shows errors over the window; one dialog at a time, all of them in the log."""

    _caught = Signal(object)

    def __init__(self, desk: Desk, window: Callable[[], QWidget | None], log_file: Path) -> None:
        """`window` gives what to show dialogs over."""
        super().__init__(desk)
        self._desk, self._window, self._log_file = desk, window, log_file
        self._open: QObject | None = None
        self._caught.connect(self._show_bug, Qt.ConnectionType.QueuedConnection)
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
        details = "".join(traceback.format_exception(problem))
        text = (
            "刚才的操作没有完成，正在填写的内容没有保存，请核对后再试。\n"
            f"如果再次出现，请把下面的错误信息交给技术支持。日志文件：{self._log_file}"
        )
        dialog = Message(self._desk, window, "程序出错了", text, Tone.BAD)
        shown = QPlainTextEdit(details)
        shown.setReadOnly(True)
        shown.setFixedHeight(140)
        copy = QPushButton("复制错误信息")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        dialog.body.addWidget(shown)
        dialog.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        dialog.add_buttons("知道了", reject="")
        dialog.open()
        self._open = dialog
