"""What a place says when there is nothing in it: why, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from kpidesk.ui.look import Look

_PICTURE, _SPACE, _TIGHT = 44, 10, 2


class EmptyState(QWidget):
    """A picture, a title, a hint and, if there is one, the button for the next step."""

    def __init__(self, look: Look, parent: QWidget | None = None, icon: str = "info") -> None:
        """Says nothing until `say`."""
        super().__init__(parent)
        self._look, self._icon = look, icon
        self._do: Callable[[], object] | None = None
        self._picture = QLabel()
        self._title, self._hint = QLabel(), QLabel()
        self._title.setProperty("kind", "heading")
        self._hint.setProperty("kind", "muted")
        self._hint.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._act)
        self._layout = layout = QVBoxLayout(self)
        layout.setSpacing(_SPACE)
        layout.addStretch(1)
        for part in (self._picture, self._title, self._hint):
            part.setTextFormat(Qt.TextFormat.PlainText)
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        look.changed.connect(self._paint_picture)
        self._paint_picture()

    def say(
        self, title: str, hint: str, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Why it is empty, what to do, and the button that does it."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._button.setText(action)
        self._button.setVisible(bool(action) and do is not None)
        self._do = do
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words whole in a low place."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for the picture, the words are more useful."""
        needed = _PICTURE + _SPACE + self._title.sizeHint().height()
        needed += _SPACE + max(self._hint.heightForWidth(self.width() - 2 * _SPACE), 0)
        if not self._button.isHidden():
            needed += _SPACE + self._button.sizeHint().height()
        has_room = self.height() >= needed + 2 * _SPACE
        self._picture.setVisible(has_room)
        edge = _SPACE if has_room else 0
        self._layout.setContentsMargins(_SPACE, edge, _SPACE, edge)
        self._layout.setSpacing(_SPACE if has_room else _TIGHT)

    def _act(self) -> None:
        if self._do is not None:
            self._do()

    def _paint_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._look.picture(self._icon, None, _PICTURE, ratio))
