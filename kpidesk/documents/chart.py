"""Charts: bars against a mark (score of full points, actual of target), columns by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from kpidesk.documents.fonts import Face
from kpidesk.documents.look import ACCENT, ACCENT_LIGHT, GREY, HAIR, INK, WARN, Align, Style
from kpidesk.documents.stack import EMPTY_PAGE
from kpidesk.documents.text import Block, draw_line, fitted
from kpidesk.documents.words import figure

_LABEL = Style(Face.HEI, 8.5, 12, Align.RIGHT)
_FIGURE = Style(Face.HEI, 8, 12)
_AXIS = Style(Face.HEI, 7.2, 10, Align.CENTER, color=GREY)
_LEGEND = Style(Face.HEI, 7.6, 10, color=GREY)
_MOST = 1.3  # a bar longer than this, in parts of its mark, is cut off at the edge
_LOW = 0.6  # below this part of the mark a bar is in the colour of warning


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length in parts of the mark (1 reaches it), and what is written beside it."""

    label: str
    part: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Month:
    """Target and actual of one month; None where there is none."""

    label: str
    target: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """A figure over the months of a cycle or year."""

    title: str
    unit: str
    months: tuple[Month, ...]


class BarChart(Block):
    """Horizontal bars in a common scale, with a line where the mark is."""

    _STEP: float = 6.6 * mm
    _THICK: float = 3.6 * mm
    _NAMES: float = 34 * mm
    _FIGURES: float = 38 * mm
    _FOOT: float = 5.5 * mm

    def __init__(self, bars: Sequence[Bar], mark: str) -> None:
        super().__init__()
        self._bars = tuple(bars)
        self._mark = mark
        self.spaceAfter = 2 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width; so much for each bar."""
        self.width = width
        self.height = len(self._bars) * self._STEP + self._FOOT
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """Two charts of the same scale, when no page could hold one."""
        self.wrap(width, height)
        fits = int((height - self._FOOT) // self._STEP)
        if fits < 1 or self.height <= EMPTY_PAGE:
            return []
        return [BarChart(self._bars[:fits], self._mark), BarChart(self._bars[fits:], self._mark)]

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw names, bars, figures and the mark."""
        left = x + self._NAMES + 3 * mm
        unit = (self.width - self._NAMES - self._FIGURES - 6 * mm) / _MOST
        base = y + self._FOOT
        top = base + len(self._bars) * self._STEP
        for number, bar in enumerate(self._bars):
            middle = top - (number + 0.5) * self._STEP
            low = middle - self._THICK / 2
            text = fitted(bar.label, _LABEL, self._NAMES)
            draw_line(canvas, x + self._NAMES, middle - 3, text, _LABEL)
            fill(canvas, ACCENT_LIGHT, (left, low), (unit, self._THICK))
            part = min(max(float(bar.part), 0.0), _MOST)
            color = WARN if bar.part < Decimal(str(_LOW)) else ACCENT
            fill(canvas, color, (left, low), (part * unit, self._THICK))
            draw_line(canvas, left + _MOST * unit + 3 * mm, middle - 3, bar.text, _FIGURE)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.line(left + unit, base - 1 * mm, left + unit, top)
        canvas.setStrokeColor(HAIR)
        canvas.line(left, base, left, top)
        draw_line(canvas, left + unit, y + 1.2 * mm, self._mark, _AXIS)
        draw_line(canvas, left, y + 1.2 * mm, "0", _AXIS)


class MonthChart(Block):
    """Columns of target and actual, month by month."""

    _TALL: float = 46 * mm
    _HEAD: float = 9 * mm
    _FOOT: float = 6 * mm

    def __init__(self, series: Series) -> None:
        super().__init__()
        self._series = series
        self.spaceAfter = 3 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width, a fixed height."""
        self.width, self.height = width, self._HEAD + self._TALL + self._FOOT
        return self.width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw title, legend, columns and their figures."""
        series = self._series
        top = y + self.height - 4 * mm
        draw_line(canvas, x, top, f"{series.title}（{series.unit}）", _FIGURE)
        self._legend(canvas, x + self.width, top)
        base = y + self._FOOT
        values = [one for month in series.months for one in (month.target, month.actual) if one]
        most = max((abs(one) for one in values), default=Decimal(1))
        scale = (self._TALL - 4 * mm) / float(most)
        step = self.width / len(series.months)
        column = min(step * 0.32, 7 * mm)
        for number, month in enumerate(series.months):
            middle = x + (number + 0.5) * step
            for value, color, left in (
                (month.target, ACCENT_LIGHT, middle - column),
                (month.actual, ACCENT, middle),
            ):
                if value is not None and value > 0:
                    fill(canvas, color, (left, base), (column, float(value) * scale))
            if month.actual is not None:
                height = max(float(month.actual), 0) * scale
                text = figure(month.actual)
                draw_line(canvas, middle + column / 2, base + height + 1.2 * mm, text, _AXIS)
            draw_line(canvas, middle, y + 1.6 * mm, month.label, _AXIS)
        canvas.setStrokeColor(GREY)
        canvas.setLineWidth(0.6)
        canvas.line(x, base, x + self.width, base)

    def _legend(self, canvas: Any, right: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        for text, color in (("实际", ACCENT), ("目标", ACCENT_LIGHT)):
            right -= 9 * mm
            draw_line(canvas, right, y, text, _LEGEND)
            right -= 4 * mm
            fill(canvas, color, (right, y), (3 * mm, 2.2 * mm))
            right -= 2 * mm


def fill(
    canvas: Any,  # noqa: ANN401 - the PDF library has no types
    color: Color,
    corner: tuple[float, float],
    size: tuple[float, float],
) -> None:
    """A filled rectangle without a border."""
    canvas.setFillColor(color)
    canvas.rect(*corner, *size, stroke=0, fill=1)
