"""The radar chart: the score rate in each dimension, one axis for each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import cos, pi, sin
from typing import Any

from reportlab.lib.units import mm

from kpidesk.documents.fonts import Face
from kpidesk.documents.look import ACCENT_LIGHT, GREY, HAIR, Align, Style
from kpidesk.documents.text import Block, draw_line, fitted
from kpidesk.documents.trend import Curve, draw_legend, set_line

LEAST = 3
"""A radar chart needs so many axes."""

_TITLE = Style(Face.HEI, 8, 12)
_NAME = Style(Face.HEI, 8, 11)
_FIGURE = Style(Face.HEI, 7.2, 10, color=GREY)
_SCALE = Style(Face.HEI, 6.4, 8, Align.CENTER, color=GREY)
_RINGS = (20, 40, 60, 80, 100)
_MOST = 1.15  # a rate beyond the outer ring is drawn up to here


class RadarChart(Block):
    """One or two outlines over the same axes; 100 % is the outer ring."""

    _HEAD: float = 10 * mm
    _NAMES: float = 13 * mm

    def __init__(
        self,
        title: str,
        axes: Sequence[str],
        curves: Sequence[Curve],
        *,
        radius: float = 30 * mm,
    ) -> None:
        super().__init__()
        self._radius = radius
        self._title, self._axes, self._curves = title, tuple(axes), tuple(curves)
        self.spaceAfter = 3 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width, a fixed height."""
        self.width = width
        self.height = self._HEAD + 2 * (self._radius + self._NAMES)
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw title, legend, rings, axes, outlines, and each axis's name with its rates."""
        top = y + self.height - 4 * mm
        draw_line(canvas, x, top, fitted(self._title, _TITLE, self.width * 0.6), _TITLE)
        draw_legend(canvas, x + self.width, top, [one.name for one in self._curves])
        middle = (x + self.width / 2, y + self._radius + self._NAMES)
        outlines = [
            [self._at(middle, n, _part(one.values.get(name))) for n, name in enumerate(self._axes)]
            for one in self._curves
        ]
        canvas.setFillColor(ACCENT_LIGHT)
        _outline(canvas, outlines[0], fill=1, stroke=0)
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(HAIR)
        for ring in _RINGS:
            _outline(canvas, [self._at(middle, n, ring / 100) for n in range(len(self._axes))])
        for number in range(len(self._axes)):
            canvas.line(*middle, *self._at(middle, number, 1))
        for order, dots in reversed(list(enumerate(outlines))):
            set_line(canvas, order)
            _outline(canvas, dots)
            canvas.setDash()
        for ring in _RINGS:
            text = f"{ring}%"
            draw_line(canvas, middle[0], middle[1] + self._radius * ring / 100 - 2.2, text, _SCALE)
        for number, name in enumerate(self._axes):
            self._name(canvas, middle, number, name)

    def _name(self, canvas: Any, middle: tuple[float, float], number: int, name: str) -> None:  # noqa: ANN401 - the PDF library has no types
        """The name of an axis outside the rings, its rates below it."""
        across, up = self._direction(number)
        align = Align.CENTER if abs(across) < 0.2 else Align.LEFT if across > 0 else Align.RIGHT  # noqa: PLR2004 - nearly upright
        x = middle[0] + across * (self._radius + 5 * mm)
        y = middle[1] + up * (self._radius + 6 * mm) + (2 * mm if up > 0 else -3 * mm)
        beside = self.width / 2 - abs(across) * (self._radius + 5 * mm)
        room = self.width if align is Align.CENTER else beside
        draw_line(canvas, x, y, fitted(name, _NAME, room), _NAME.but(align=align))
        rates = [curve.values.get(name) for curve in self._curves]
        shown = " / ".join("—" if one is None else f"{one:f}%" for one in rates)
        draw_line(canvas, x, y - 3.6 * mm, shown, _FIGURE.but(align=align))

    def _at(self, middle: tuple[float, float], number: int, part: float) -> tuple[float, float]:
        across, up = self._direction(number)
        return middle[0] + across * part * self._radius, middle[1] + up * part * self._radius

    def _direction(self, number: int) -> tuple[float, float]:
        """From the middle along an axis; the first points upwards, the others follow clockwise."""
        angle = pi / 2 - 2 * pi * number / len(self._axes)
        return cos(angle), sin(angle)


def _part(rate: Decimal | None) -> float:
    return min(max(float(rate or 0) / 100, 0.0), _MOST)


def _outline(
    canvas: Any,  # noqa: ANN401 - the PDF library has no types
    dots: Sequence[tuple[float, float]],
    *,
    fill: int = 0,
    stroke: int = 1,
) -> None:
    path = canvas.beginPath()
    path.moveTo(*dots[0])
    for dot in dots[1:]:
        path.lineTo(*dot)
    path.close()
    canvas.drawPath(path, fill=fill, stroke=stroke)
