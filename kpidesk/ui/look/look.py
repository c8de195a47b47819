"""The look in force: applied to the application, asked by widgets for icons and colours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from kpidesk.ui.look.fonts import POINTS, load_rare_fonts, window_font
from kpidesk.ui.look.icons import Icons
from kpidesk.ui.look.palette import palette_of
from kpidesk.ui.look.sheet import sheet_of
from kpidesk.ui.look.tokens import Theme, Tone, tokens_of

if TYPE_CHECKING:
    from pathlib import Path

_NAV_ICON = 20


_OF_THE_SYSTEM = ("QMenuBar", "QMenu", "QMessageBox", "QStatusBar", "QTipLabel")


def _set_font(app: QApplication, font: QFont) -> None:
    """Set the font of everything; Windows gives some parts one of its own, which has no Chinese."""
    app.setFont(font)
    for part in _OF_THE_SYSTEM:
        app.setFont(font, part)  # type: ignore[arg-type]  # the stub says bytes, it takes a str


class TakesIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show this icon."""


class Look(QObject):
    """Theme and text size; `changed` tells widgets that paint themselves to do so again."""

    changed = Signal()

    def __init__(self, resources: Path, theme: Theme = Theme.LIGHT, scale: float = 1.0) -> None:
        """`resources` holds the folders fonts and icons; `scale` is 1.0 for normal text."""
        super().__init__()
        self._resources = resources
        self._icons = Icons(resources / "icons")
        self._dressed: WeakKeyDictionary[QObject, tuple[str, Tone | None]] = WeakKeyDictionary()
        self.theme = theme
        self.scale = scale
        self.tokens = tokens_of(theme)

    def apply(self, app: QApplication) -> None:
        """Give the whole application this look."""
        app.setStyle("Fusion")
        _set_font(app, window_font(self._resources / "fonts", self.scale))
        self._paint(app)

    def load_rare_fonts(self) -> None:
        """Rare characters of names too; called once the window is shown."""
        load_rare_fonts(self._resources / "fonts")

    def change(self, app: QApplication, theme: Theme, scale: float) -> None:
        """Another theme or text size, at once, in all open windows."""
        self.theme, self.scale, self.tokens = theme, scale, tokens_of(theme)
        font = app.font()
        font.setPointSizeF(POINTS * scale)
        _set_font(app, font)
        self._paint(app)
        for widget in app.allWidgets():
            QWidget.update(widget)  # some views hide it behind one that takes an index
        for target, (name, tone) in list(self._dressed.items()):
            if shiboken6.isValid(target):
                target.setIcon(self.icon(name, tone))  # type: ignore[attr-defined]
        self.changed.emit()

    def _paint(self, app: QApplication) -> None:
        if sys.platform == "win32":
            self._colour_title_bar(app)
        app.setPalette(palette_of(self.tokens))
        app.setStyleSheet(sheet_of(self.tokens, self.scale, self._resources / "controls"))

    def _colour_title_bar(self, app: QApplication) -> None:
        """Windows draws the bars of titles; it is told whether they shall be dark."""
        from PySide6.QtCore import Qt

        dark = self.theme is Theme.DARK
        app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def icon(self, name: str, tone: Tone | None = None) -> QIcon:
        """The icon `name` of resources/icons; the plain ink of secondary text without a tone."""
        return self._icons.icon(name, self._ink(tone), self.tokens.icon, off=self.tokens.faint)

    def light_icon(self, name: str) -> QIcon:
        """The icon in the colour of text on a primary button."""
        tokens = self.tokens
        return self._icons.icon(name, tokens.on_accent, tokens.icon, off=tokens.faint)

    def nav_icon(self, name: str) -> QIcon:
        """The icon of a page, lit while that page is in view."""
        tokens = self.tokens
        return self._icons.icon(name, tokens.muted, _NAV_ICON, checked=tokens.accent.ink)

    def picture(self, name: str, tone: Tone | None, size: int, ratio: float) -> QPixmap:
        """The icon as a picture of `size` device-independent pixels (empty states)."""
        return self._icons.pixmap(name, self._ink(tone), size, ratio)

    def dress(self, target: TakesIcon, name: str, tone: Tone | None = None) -> None:
        """Set an icon that follows the theme for as long as the button or action lives."""
        target.setIcon(self.icon(name, tone))
        if isinstance(target, QObject):
            self._dressed[target] = (name, tone)

    @property
    def row_height(self) -> int:
        """Height of table rows in pixels: 36, or what larger text needs."""
        return max(self.tokens.row_height, QFontMetrics(QApplication.font()).height() + 16)

    def _ink(self, tone: Tone | None) -> str:
        return self.tokens.muted if tone is None else self.tokens.tint(tone).ink
