"""Documents to look at and to print: pages that can be rendered, and their pictures."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QImage

_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_BGR888,
    4: QImage.Format.Format_RGB32,
}


class Pages(Protocol):
    """A document as pages; all of it is called on the worker only."""

    @property
    def page_count(self) -> int:
        """How many pages it has."""

    def page_size(self, number: int, /) -> tuple[float, float]:
        """Width and height of a page (from 0) in points of 1/72 inch."""

    def render(self, number: int, scale: float, /) -> tuple[int, int, int, bytes]:
        """A page at `scale` pixels per point: width, height, bytes a line, and BGR(x) or grey."""


def page_image(pages: Pages, number: int, scale: float) -> QImage:
    """A page as a picture of Qt."""
    width, height, stride, data = pages.render(number, scale)
    return QImage(data, width, height, stride, _FORMATS[stride // width]).copy()
