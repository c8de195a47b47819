"""Icons by name, in the colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path


class UnknownIconError(Exception):
    """An icon was asked for that is not in the folder: a mistake in the program."""


class Icons:
    """The SVGs of one folder; QtSvg paints `currentColor` black, so it is put in by name."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds one file <name>.svg per icon."""
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._made: dict[tuple[str, str, str, str, int], QIcon] = {}

    def icon(self, name: str, colour: str, size: int, *, checked: str = "", off: str = "") -> QIcon:
        """The icon in a colour (#rrggbb); in others where its button is checked, or disabled."""
        key = (name, colour, checked, off, size)
        if key not in self._made:
            ratio = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
            icon = QIcon(self.pixmap(name, colour, size, ratio))
            if checked:
                lit = self.pixmap(name, checked, size, ratio)
                icon.addPixmap(lit, QIcon.Mode.Normal, QIcon.State.On)
            if off:
                icon.addPixmap(self.pixmap(name, off, size, ratio), QIcon.Mode.Disabled)
            self._made[key] = icon
        return self._made[key]

    def pixmap(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        """A picture of `size` × `size` device-independent pixels."""
        pixels = round(size * ratio)
        picture = QPixmap(pixels, pixels)
        picture.fill(QColor(0, 0, 0, 0))
        text = self._source(name).replace("currentColor", colour)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            try:
                self._sources[name] = path.read_text(encoding="utf-8")
            except OSError as problem:
                known = ", ".join(sorted(file.stem for file in self._folder.glob("*.svg")))
                msg = f"no icon {name!r} in {self._folder}; there are: {known}"
                raise UnknownIconError(msg) from problem
        return self._sources[name]
