"""What a place says when there is nothing in it: why, and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.look import Look

_PICTURE = 44


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
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
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

    def _act(self) -> None:
        if self._do is not None:
            self._do()

    def _paint_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._look.picture(self._icon, None, _PICTURE, ratio))
