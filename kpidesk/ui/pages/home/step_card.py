"""A step of the year: how many stand there; a click leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import column, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from kpidesk.ui.look import Look

_PICTURE = 20
_HEIGHT = 106
_GAP = 6
_MARGIN = 12


class StepCard(QPushButton):
    """Looks like a card and acts like a button: mouse, Tab, Space and Enter."""

    def __init__(self, look: Look, icon: str, title: str, do: Callable[[], object]) -> None:
        """No figure until `say`."""
        super().__init__()
        self.setAccessibleName(title)
        self._look, self._icon, self._title = look, icon, title
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._picture = QLabel()
        self.figure = label("", "figure")
        self.hint = label("", "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._name = label(title)
        head = row(self._picture, self._name, None, spacing=_GAP)
        layout = column(head, self.figure, self.hint, None, spacing=2)
        layout.setContentsMargins(_MARGIN, 9, _MARGIN, 6)
        self.setLayout(layout)
        for part in (self._picture, self._name, self.figure, self.hint):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _=False: do())
        look.changed.connect(self._dress)
        self._dress()

    def say(self, count: int, hint: str) -> None:
        """How many, and a word on them."""
        self.figure.setText(f"{count:,}")
        self.hint.setText(hint)
        self.setAccessibleName(f"{self._title}：{count}。{hint}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the name needs the picture's room."""
        super().resizeEvent(event)
        needed = self._name.sizeHint().width() + _PICTURE + _GAP + 2 * _MARGIN
        self._picture.setVisible(self.width() >= needed)

    def changeEvent(self, event: QEvent) -> None:
        """Larger text makes a higher card."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(round(_HEIGHT * self._look.scale))

    def _dress(self) -> None:
        self.setFixedHeight(round(_HEIGHT * self._look.scale))
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._look.picture(self._icon, Tone.ACCENT, _PICTURE, ratio))
        tokens = self._look.tokens
        self.setStyleSheet(
            f"StepCard {{ background:{tokens.surface}; border:1px solid {tokens.line};"
            " border-radius:10px; padding:0; }"
            f"StepCard:hover, StepCard:focus {{ background:{tokens.surface};"
            f" border-color:{tokens.accent.ink}; }}"
            f"StepCard:pressed {{ background:{tokens.accent.soft}; }}"
        )
