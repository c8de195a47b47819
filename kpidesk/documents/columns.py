"""Columns of counts: how many people lie in each range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm

from kpidesk.documents.chart import fill
from kpidesk.documents.fonts import Face
from kpidesk.documents.look import ACCENT, GREY, Align, Style
from kpidesk.documents.text import Block, draw_line

_TITLE = Style(Face.HEI, 8, 12)
_AXIS = Style(Face.HEI, 7.4, 10, Align.CENTER, color=GREY)
_COUNT = Style(Face.HEI_BOLD, 8.5, 12, Align.CENTER)


class ColumnChart(Block):
    """One column for each name, as high as its count, which stands above it."""

    _HEAD: float = 11 * mm
    _FOOT: float = 6 * mm
    _WIDEST: float = 16 * mm

    def __init__(
        self,
        title: str,
        unit: str,
        names: Sequence[str],
        counts: Sequence[int],
        *,
        tall: float = 26 * mm,
    ) -> None:
        super().__init__()
        self._tall = tall
        self._title, self._unit = title, unit
        self._columns = tuple(zip(names, counts, strict=True))
        self.spaceAfter = 3 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width, a fixed height."""
        self.width, self.height = width, self._HEAD + self._tall + self._FOOT
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw the title, the columns, their counts and shares."""
        draw_line(canvas, x, y + self.height - 4 * mm, self._title, _TITLE)
        base = y + self._FOOT
        total = sum(count for _, count in self._columns)
        scale = self._tall / max(1, *(count for _, count in self._columns))
        step = self.width / len(self._columns)
        column = min(step * 0.5, self._WIDEST)
        for number, (name, count) in enumerate(self._columns):
            middle = x + (number + 0.5) * step
            fill(canvas, ACCENT, (middle - column / 2, base), (column, count * scale))
            share = f"（{(200 * count + total) // (2 * total)}%）" if count else ""
            top = base + count * scale + 1.4 * mm
            draw_line(canvas, middle, top, f"{count} {self._unit}{share}", _COUNT)
            draw_line(canvas, middle, y + 1.6 * mm, name, _AXIS)
        canvas.setStrokeColor(GREY)
        canvas.setLineWidth(0.6)
        canvas.line(x, base, x + self.width, base)
