"""The foot of the window: whether something is being done, who works here, in which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QProgressBar, QStatusBar

from kpidesk.ui.basic import label
from kpidesk.ui.text import plain_tip

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk

_TOLD_MS = 6000


class StatusLine(QObject):
    """Fills a status bar, and says there for a while what was just done."""

    def __init__(self, bar: QStatusBar, desk: Desk) -> None:
        """Empty until a company file is open."""
        super().__init__(bar)
        self._desk = desk
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedSize(90, 6)
        self._busy.hide()
        self._user, self._file, self.saved = (label("", "muted") for _ in range(3))
        for text in (self._user, self._file, self.saved):
            text.setContentsMargins(8, 0, 8, 0)
        for widget in (self._busy, self._user, self._file, self.saved):
            bar.addPermanentWidget(widget)
        bar.setSizeGripEnabled(False)
        desk.told.connect(lambda text: bar.showMessage(text, _TOLD_MS))
        desk.tasks.busy_changed.connect(self._show_busy)

    def show_company(self) -> None:
        """Name the company file that is open now, and who is signed in."""
        company = self._desk.company
        user = company.user if company is not None else None
        self._user.setText(f"{user.name}（{user.role.text}）" if user is not None else "")
        self._user.setVisible(user is not None)
        path = Path(company.path) if company is not None else None
        self._file.setText(path.name if path else "")
        self._file.setToolTip(plain_tip(str(path)) if path else "")
        self.saved.clear()
        self._show_busy(busy=False)

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        if (company := self._desk.company) is not None:
            done = "只读" if company.is_read_only else "已保存"
            self.saved.setText("处理中…" if busy else done)
