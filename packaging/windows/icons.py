"""Draw an SVG in the sizes that Windows asks for, into one .ico file."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def draw(svg: Path, side: int) -> Image.Image:
    """The picture, so many pixels wide and high, on a transparent ground."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(file, "PNG")  # type: ignore[call-overload]  # the stub says bytes, it takes a str
    return Image.open(BytesIO(file.data().data()))


def write_icon(svg: Path, target: Path) -> None:
    """Write the .ico file."""
    pictures = [draw(svg, side) for side in _SIZES]
    sizes = [(one.width, one.height) for one in pictures]
    pictures[-1].save(target, format="ICO", sizes=sizes, append_images=pictures[:-1])
