"""Labels, buttons, cards and banners in the house style."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.look import Look

_ROUND = 12
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text; kinds: title, heading, figure, muted, wrong."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def push_button(
    look: Look,
    text: str,
    do: Callable[[], object],
    *,
    icon: str = "",
    kind: str = "",
) -> QPushButton:
    """A button; kinds: primary (one of a page), danger, link."""
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if icon and kind in ("primary", "danger"):
        made.setIcon(look.light_icon(icon))
    elif icon:
        look.dress(made, icon, Tone.ACCENT if kind == "link" else None)
    made.clicked.connect(lambda _=False: do())
    return made


def tool_button(look: Look, icon: str, tip: str, do: Callable[[], object]) -> QToolButton:
    """A small button that shows only an icon; `tip` says what it does."""
    made = QToolButton()
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    look.dress(made, icon)
    made.clicked.connect(lambda _=False: do())
    return made


def search_box(look: Look, hint: str, changed: Callable[[str], object]) -> QLineEdit:
    """A field that filters as one types; Ctrl+F goes to it, Esc empties it."""
    box = QLineEdit()
    box.setPlaceholderText(hint)
    box.setClearButtonEnabled(True)
    box.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    box.setMinimumWidth(220)
    box.textChanged.connect(changed)
    find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), box)
    find.setContext(Qt.ShortcutContext.WindowShortcut)
    find.activated.connect(box.setFocus)
    empty = QShortcut(QKeySequence(Qt.Key.Key_Escape), box)
    empty.setContext(Qt.ShortcutContext.WidgetShortcut)
    empty.activated.connect(box.clear)
    return box


def row(*parts: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side; None is a spring."""
    return _fill(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Parts below each other; None is a spring."""
    return _fill(QVBoxLayout(), parts, spacing)


def _fill(layout: _Box, parts: tuple[QWidget | QLayout | None, ...], spacing: int) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls when it does not fit."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area


class Card(QFrame):
    """A white panel with round corners; put things into `body`."""

    def __init__(self, title: str = "", *parts: QWidget | QLayout | None) -> None:
        """An optional heading, then the parts below each other."""
        super().__init__()
        self.setProperty("kind", "card")
        self.body = column(*parts, spacing=10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 16, 18, 16)
        outer.setSpacing(12)
        if title:
            outer.addWidget(label(title, "heading"))
        outer.addLayout(self.body, 1)


class _Tinted(QLabel):
    """A label on a coloured ground that follows the theme."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._look = look
        self._tone = Tone.NEUTRAL
        look.changed.connect(self._tint)

    def say(self, text: str, tone: Tone) -> None:
        """Show a text in a tone."""
        self._tone = tone
        self.setText(text)
        self._tint()

    def _tint(self) -> None:
        tint = self._look.tokens.tint(self._tone)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, tint.ink)
        self.setPalette(palette)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The coloured ground with round corners, then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.tokens.tint(self._tone).soft))
        radius = min(self.height() / 2, _ROUND)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.end()
        super().paintEvent(event)


class Badge(_Tinted):
    """A state in a word or two, on a coloured ground."""

    def __init__(self, look: Look, text: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """As wide as its words."""
        super().__init__(look)
        self.setContentsMargins(9, 2, 9, 3)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(text, tone)


class Banner(_Tinted):
    """A message across a page or a form; hidden while it has nothing to say."""

    def __init__(self, look: Look) -> None:
        """Nothing to say yet."""
        super().__init__(look)
        self.setWordWrap(True)
        self.setContentsMargins(12, 8, 12, 8)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def say(self, text: str, tone: Tone = Tone.BAD) -> None:
        """Show a message; an empty one hides the banner."""
        super().say(text, tone)
        self.setVisible(bool(text))
