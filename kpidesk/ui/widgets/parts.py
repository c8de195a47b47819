"""Parts of pages that are not needed for the first window: search, scrolling, badges, banners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QSizePolicy, QWidget

from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.look import Look

_ROUND = 12


def search_box(look: Look, hint: str, changed: Callable[[str], object]) -> QLineEdit:
    """A field that filters as one types; Ctrl+F goes to it, Esc empties it."""
    box = QLineEdit()
    box.setPlaceholderText(hint)
    box.setAccessibleName(f"查找：{hint}")
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


def scrolled(content: QWidget, name: str = "可以滚动的内容") -> QScrollArea:
    """`content` in an area that scrolls when it does not fit; `name` is for who cannot see it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setAccessibleName(name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # Its own viewport, asked for, would load all names of Qt: 20 ms and 6 MB of the first page.
    viewport = QWidget()
    viewport.setAutoFillBackground(False)
    area.setViewport(viewport)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area


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
