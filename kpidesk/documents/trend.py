"""Lines over time: the mean score rate cycle by cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import floor
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from kpidesk.documents.fonts import Face
from kpidesk.documents.labels import Box, Dot, places
from kpidesk.documents.look import ACCENT, GREY, HAIR, WARN, Align, Style
from kpidesk.documents.text import Block, draw_line, fitted, text_width

_TITLE = Style(Face.HEI, 8, 12)
_AXIS = Style(Face.HEI, 7.2, 10, Align.CENTER, color=GREY)
_FIGURE = Style(Face.HEI, 7.2, 10, Align.CENTER)
_DROP, _ROOM = 1.0, 1.5 * mm
"""From the foot of a figure's box to its base line; kept free below the legend."""
_SCALE = _AXIS.but(align=Align.RIGHT)
_LEGEND = Style(Face.HEI, 7.6, 10, color=GREY)
_COLORS: tuple[tuple[Color, tuple[float, ...]], ...] = ((ACCENT, ()), (WARN, (3, 2)))
"""The first line is drawn through, the second is dashed: they differ on a copier too."""
_STEPS = (5, 10, 20, 25, 50, 100)
_LINES = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """A line with its name; places without a figure are left out."""

    name: str
    values: Mapping[str, Decimal]


class TrendChart(Block):
    """Up to two curves over the same places, on a scale that need not begin at zero."""

    _HEAD: float = 10 * mm
    _FOOT: float = 6 * mm
    _LEFT: float = 12 * mm

    def __init__(
        self,
        title: str,
        places: Sequence[str],
        curves: Sequence[Curve],
        *,
        tall: float = 40 * mm,
    ) -> None:
        super().__init__()
        self._tall = tall
        self._title, self._places, self._curves = title, tuple(places), tuple(curves)
        self.spaceAfter = 3 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width, a fixed height."""
        self.width, self.height = width, self._HEAD + self._tall + self._FOOT
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw title, legend, scale, curves and the figures of the first."""
        top, base, left = y + self.height - 4 * mm, y + self._FOOT, x + self._LEFT
        room = self.width * 0.6
        draw_line(canvas, x, top, fitted(self._title, _TITLE, room), _TITLE)
        draw_legend(canvas, x + self.width, top, [one.name for one in self._curves])
        low, high, step = _scale([v for one in self._curves for v in one.values.values()])
        unit = self._tall / (high - low)
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(HAIR)
        for mark in range(low, high + 1, step):
            height = base + (mark - low) * unit
            reach = x + self.width if mark == low else left + 1.2 * mm
            canvas.line(left, height, reach, height)  # no grid: it would cross the figures
            draw_line(canvas, left - 1.6 * mm, height - 2.4, f"{mark}%", _SCALE)
        across = (self.width - self._LEFT) / len(self._places)
        for number, place in enumerate(self._places):
            draw_line(canvas, left + (number + 0.5) * across, y + 1.6 * mm, place, _AXIS)
        drawn = [
            [
                # A place on the paper; the figure beside it is written from the exact value.
                (left + (number + 0.5) * across, base + (float(value) - low) * unit)
                for number, place in enumerate(self._places)
                if (value := curve.values.get(place)) is not None
            ]
            for curve in self._curves
        ]
        for order, dots in reversed(list(enumerate(drawn))):
            _draw(canvas, dots, order)
        inside = (left, base, x + self.width, top - _ROOM)
        self._write(canvas, drawn[0], drawn[1:], inside)

    def _write(
        self,
        canvas: Any,  # noqa: ANN401 - the PDF library has no types
        dots: Sequence[Dot],
        others: Sequence[Sequence[Dot]],
        inside: Box,
    ) -> None:
        """The figures of the first curve, where no line crosses them."""
        values = [
            f"{value:f}"
            for place in self._places
            if (value := self._curves[0].values.get(place)) is not None
        ]
        widths = [text_width(one, _FIGURE) for one in values]
        boxes = places(dots, widths, _FIGURE.size, others=others, inside=inside)
        for text, box in zip(values, boxes, strict=True):
            draw_line(canvas, (box[0] + box[2]) / 2, box[1] + _DROP, text, _FIGURE)


def draw_legend(canvas: Any, right: float, y: float, names: Sequence[str]) -> None:  # noqa: ANN401 - the PDF library has no types
    """What each line is, from the right edge leftwards."""
    for order, name in reversed(list(enumerate(names))):
        right -= text_width(name, _LEGEND)
        draw_line(canvas, right, y, name, _LEGEND)
        set_line(canvas, order)
        canvas.line(right - 9 * mm, y + 2.4, right - 1.5 * mm, y + 2.4)
        canvas.setDash()
        right -= 13 * mm


def set_line(canvas: Any, order: int) -> None:  # noqa: ANN401 - the PDF library has no types
    """The colour and dash of the first or the second line."""
    color, dash = _COLORS[order]
    canvas.setStrokeColor(color)
    canvas.setFillColor(color)
    canvas.setLineWidth(1.3)
    canvas.setDash(*([list(dash)] if dash else []))


def _draw(canvas: Any, dots: Sequence[Dot], order: int) -> None:  # noqa: ANN401 - the PDF library has no types
    set_line(canvas, order)
    pairs = [(*one, *two) for one, two in pairwise(dots)]
    if pairs:
        canvas.lines(pairs)
    canvas.setDash()
    for x, y in dots:
        canvas.circle(x, y, 1.6, stroke=0, fill=1)


def _scale(values: Sequence[Decimal]) -> tuple[int, int, int]:
    """Lowest and highest mark and their distance, so that all values lie between."""
    low, high = min(values), max(values)
    for step in (*_STEPS, int(high - low) + 1):
        first, last = floor(low / step) * step, (floor(high / step) + 1) * step
        if (last - first) // step <= _LINES:
            break
    return first, last, step
