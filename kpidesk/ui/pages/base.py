"""What a page is: a header, a body, and when it loads itself anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kpidesk.ui.widgets import Banner, column, label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from kpidesk.ui.desk import Desk


class Page(QWidget):
    """Base of all pages. A page overrides `refresh`, `concerns` and perhaps `show_item`.

    It is made on its first visit, when a company file is open. It loads when it is first shown,
    and again when something it shows has changed: at once if it is in view, else on its next
    visit. `undo` is the stack that 撤销 works on while the page is in view.
    """

    title = ""
    subtitle = ""

    def __init__(self, desk: Desk) -> None:
        """Header above, `body` (a vertical layout) below."""
        super().__init__()
        self.desk = desk
        self.undo = QUndoStack(self)
        desk.undo.addStack(self.undo)
        self._is_stale = True
        self._title = label(self.title, "title")
        self._subtitle = label(self.subtitle, "muted")
        self.tools = QHBoxLayout()
        """Buttons at the right of the header, the primary one last."""
        self.tools.setSpacing(8)
        self.banner = Banner(desk.look)
        """A message below the header: what is wrong with what is shown."""
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        header = QHBoxLayout()
        header.addLayout(column(self._title, self._subtitle, spacing=2), 1)
        header.addLayout(self.tools)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(26, 20, 26, 18)
        outer.setSpacing(14)
        outer.addLayout(header)
        outer.addWidget(self.banner)
        outer.addLayout(self.body, 1)
        desk.changed.connect(self.on_changes)

    def set_header(self, title: str, subtitle: str = "") -> None:
        """Other words in the header."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def refresh(self) -> None:
        """Load what the page shows, by `desk.ask`, and show it. Keep selection and typing."""
        raise NotImplementedError

    def concerns(self, changes: object) -> bool:
        """True when the page shows something of these Changes; by default, always."""
        return bool(changes)

    def show_item(self, what: object) -> None:
        """Show something that another page asked for by `desk.go(page, what)`."""

    def may_leave(self) -> bool:
        """False to keep the officer on the page (after telling why)."""
        return True

    def on_changes(self, changes: object) -> None:
        """Reload now, or when the page is next looked at."""
        if not self.concerns(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Load on the first visit and after changes; give 撤销 this page's stack."""
        super().showEvent(event)
        self.desk.undo.setActiveStack(self.undo)
        if self._is_stale:
            self._is_stale = False
            self.refresh()
