"""The panel of long work: what is being done, how far, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.tasks import Task

SHOW_AFTER_MS = 300


class ProgressPanel(Dialog):
    """Appears when the work is not over in a moment; 取消 stops it at its next safe point."""

    def __init__(self, parent: QWidget, task: Task[Any]) -> None:
        """Follows `task` until it has finished."""
        super().__init__(parent, task.title, width=420)
        self._task = task
        self._text = label("正在准备…", "muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._count = label("", "muted")
        self.body.addWidget(label(task.title, "heading"))
        self.body.addWidget(self._bar)
        self.body.addWidget(self._text)
        self.body.addWidget(self._count)
        self.add_buttons("取消", reject="")
        self.accept_button.setProperty("kind", "")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_AFTER_MS)
        self._patience.timeout.connect(self.open)
        self._patience.start()
        task.progressed.connect(self._show_step)
        task.finished.connect(self._close)

    @Slot(int, int, str)
    def _show_step(self, done: int, total: int, text: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        if not self._task.progress.cancelled:
            self._text.setText(text)
        self._count.setText(f"{done} / {total}")

    def accept(self) -> None:
        """The one button: ask the work to stop."""
        self._task.progress.cancel()
        self.accept_button.setEnabled(False)
        self._text.setText("正在停下，已完成的部分会保留…")

    def reject(self) -> None:
        """Esc and the window's cross: ask to stop too."""
        self.accept()

    @Slot()
    def _close(self) -> None:
        self._patience.stop()
        self.done(0)
        self.deleteLater()
