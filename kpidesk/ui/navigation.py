"""The rail at the left: one line for each page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kpidesk.ui.look import Look
    from kpidesk.ui.pages.registry import PageEntry

_WIDTH = 136
_KEYS = "1234567890"


def page_key(number: int) -> str:
    """The shortcut of a line, counted from 1; none after the tenth."""
    return f"Ctrl+{_KEYS[number - 1]}" if number <= len(_KEYS) else ""


class Navigation(QFrame):
    """Icon and name of each page; the arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, look: Look, pages: Sequence[PageEntry]) -> None:
        """The last page (设置) stands at the foot."""
        super().__init__()
        self.setProperty("kind", "rail")
        self._look, self._pages = look, pages
        look.changed.connect(self._dress)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 16, 10, 12)
        layout.setSpacing(4)
        for number, entry in enumerate(pages, start=1):
            if number == len(pages):
                layout.addStretch(1)
            button = QToolButton()
            button.setProperty("kind", "nav")
            button.setText(f"  {entry.name}")
            button.setAccessibleName(entry.name)
            key = page_key(number)
            button.setToolTip(f"{entry.name}（{key}）" if key else entry.name)
            button.setCheckable(True)
            button.setIconSize(QSize(20, 20))
            # By name: reaching for the namespace Qt costs a sixth of the time to the first window.
            button.setProperty("toolButtonStyle", "ToolButtonTextBesideIcon")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[entry.key] = button
            layout.addWidget(button)
        self._dress()

    def _dress(self) -> None:
        self.setFixedWidth(round(_WIDTH * self._look.scale))
        for entry in self._pages:
            self._buttons[entry.key].setIcon(self._look.nav_icon(entry.icon))

    def offer(self, keys: Collection[str]) -> None:
        """Show the lines of some pages only."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def mark(self, key: str) -> None:
        """Show which page is in view."""
        self._buttons[key].setChecked(True)
