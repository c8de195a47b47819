"""Documents to look at and to print: pages that can be rendered, and their pictures."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QImage


class Picture(Protocol):
    """A page as pixels: rows of `stride` bytes, four bytes a pixel (blue, green, red, unused)."""

    @property
    def width(self) -> int:
        """Pixels in a row."""

    @property
    def height(self) -> int:
        """Rows."""

    @property
    def stride(self) -> int:
        """Bytes from row to row."""

    @property
    def pixels(self) -> bytes:
        """All rows."""


class Pages(Protocol):
    """A document as pages; all of it is called on the worker only."""

    @property
    def page_count(self) -> int:
        """How many pages it has."""

    def page_size(self, page: int, /) -> tuple[float, float]:
        """Width and height of a page (the first is 0) in points of 1/72 inch."""

    def render(self, page: int, scale: float, /) -> Picture:
        """A page at `scale` pixels per point."""

    def rest(self) -> None:
        """Let go of what was read of it until the next page is asked for."""

    def close(self) -> None:
        """Let go of the document."""


def page_image(pages: Pages, number: int, scale: float) -> QImage:
    """A page as a picture of Qt."""
    made = pages.render(number, scale)
    image = QImage(made.pixels, made.width, made.height, made.stride, QImage.Format.Format_RGB32)
    return image.copy()  # its own pixels: the bytes above are Python's
