"""Ruled tables: rows stay whole, heads repeat on each page, a band stays with the row below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.documents.look import RULE
from kpidesk.documents.text import Block

_INNER, _OUTER = 0.4, 0.9
_PAD_X: float = 1.6 * mm
_PAD_Y: float = 1.3 * mm
_PAD_SHARE = 4  # spacing that is 5 % wider makes the room above and below a text 20 % wider
_TALL = 330.0  # a row above this may be cut; a lower one fits on every empty page under its heads
_LEAST_CUT = 90.0  # a tall row is not begun in less room than this


class Stand(Enum):
    """Where the content stands in a cell that is higher than it."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, over `span` columns; nothing in it is an empty cell."""

    content: tuple[Block, ...] = ()
    span: int = 1
    tint: Color | None = None
    stand: Stand = Stand.MIDDLE


@dataclass(frozen=True, slots=True)
class Row:
    """One row, at least `height` points high; `together`: never the last one on a page."""

    cells: tuple[Cell, ...]
    height: float = 0
    together: bool = False


class Grid(Flowable):
    """A table of fixed column widths (points), its first `heads` rows repeated on each page.

    Without `inner` only the columns are parted, not the rows.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        widths: Sequence[float],
        *,
        heads: int = 0,
        inner: bool = True,
        before: float = 1.2 * mm,
        after: float = 2 * mm,
    ) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self._widths = tuple(widths)
        self._heads = heads
        self._inner = inner
        self.spaceBefore, self.spaceAfter = before, after
        self._contents: list[float] = []
        self._heights: list[float] = []
        self._pad = _PAD_Y

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Measure all rows; the room taken."""
        if not self._contents:
            self._contents = [self._content_height(row) for row in self.rows]
        self._heights = [
            max(row.height, content + 2 * self._pad if content else 0.0)
            for row, content in zip(self.rows, self._contents, strict=True)
        ]
        self.width, self.height = sum(self._widths), sum(self._heights)
        return self.width, self.height

    def foot(self, rows: int) -> float:
        """How high the last rows are, as last measured."""
        return sum(self._heights[-rows:])

    def split(self, width: float, height: float) -> list[Grid]:
        """What fits and what does not; empty when nothing does."""
        self.wrap(width, height)
        fits, used = 0, 0.0
        while fits < len(self.rows) and used + self._heights[fits] <= height + 0.01:
            used += self._heights[fits]
            fits += 1
        if fits == len(self.rows):
            return [self]
        whole = fits
        while fits > self._heads and self.rows[fits - 1].together:
            fits -= 1
        if self._heights[whole] > _TALL and height - used > _LEAST_CUT:
            upper, lower = self._cut(self.rows[whole], height - used)
            rest = (*self.rows[: self._heads], lower, *self.rows[whole + 1 :])
            return [self._with((*self.rows[:whole], upper)), self._with(rest)]
        if fits <= self._heads:
            return []
        heads, known = self._heads, self._contents
        rest = (*self.rows[:heads], *self.rows[fits:])
        return [
            self._with(self.rows[:fits], contents=known[:fits]),
            self._with(rest, contents=[*known[:heads], *known[fits:]]),
        ]

    def spaced(self, factor: float) -> Grid:
        """The same table with higher or lower rows; what is high for handwriting stays so."""
        if factor == 1:
            return self
        self.wrap(0, 0)
        return self._with(self.rows, _PAD_Y * (1 + _PAD_SHARE * (factor - 1)), self._contents)

    def draw(self) -> None:
        """Draw grounds, content and rules."""
        top = self.height
        lines: list[tuple[float, float, float, float]] = []
        for row, height in zip(self.rows, self._heights, strict=True):
            self._draw_row(row, top, height, lines)
            top -= height
        canvas = self.canv
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(_INNER)
        if lines:
            canvas.lines(lines)
        canvas.setLineWidth(_OUTER)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=0)

    # -- parts ----------------------------------------------------------------------------------

    def _with(self, rows: Sequence[Row], pad: float = 0, contents: Sequence[float] = ()) -> Grid:
        part = Grid(
            rows,
            self._widths,
            heads=self._heads,
            inner=self._inner,
            before=self.spaceBefore,
            after=self.spaceAfter,
        )
        part._pad = pad or self._pad
        part._contents = list(contents)
        return part

    def _cell_widths(self, row: Row) -> list[float]:
        widths, start = [], 0
        for cell in row.cells:
            widths.append(sum(self._widths[start : start + cell.span]))
            start += cell.span
        return widths

    def _content_height(self, row: Row) -> float:
        widths = self._cell_widths(row)
        cells = zip(row.cells, widths, strict=True)
        return max((_height(cell.content, width) for cell, width in cells), default=0.0)

    def _draw_row(self, row: Row, top: float, height: float, lines: list[Any]) -> None:
        left = 0.0
        bottom = top - height
        for cell, width in zip(row.cells, self._cell_widths(row), strict=True):
            if cell.tint is not None:
                self.canv.setFillColor(cell.tint)
                self.canv.rect(left, bottom, width, height, stroke=0, fill=1)
            self._draw_cell(cell, left, top, height)
            if left:
                lines.append((left, top, left, bottom))
            left += width
        if self._inner and bottom > 1:
            lines.append((0, bottom, self.width, bottom))

    def _draw_cell(self, cell: Cell, left: float, top: float, height: float) -> None:
        room = height - 2 * self._pad - sum(block.height for block in cell.content)
        match cell.stand:
            case Stand.TOP:
                room = 0
            case Stand.MIDDLE:
                room /= 2
            case Stand.BOTTOM:
                pass
        y = top - self._pad - room
        for block in cell.content:
            y -= block.height
            block.paint(self.canv, left + _PAD_X, y)

    def _cut(self, row: Row, height: float) -> tuple[Row, Row]:
        """The part of a tall row that fits, and the rest."""
        upper, lower = [], []
        for cell, width in zip(row.cells, self._cell_widths(row), strict=True):
            fits, rest = _divide(cell.content, width - 2 * _PAD_X, height - 2 * self._pad)
            upper.append(replace(cell, content=fits, stand=Stand.TOP))
            lower.append(replace(cell, content=rest, stand=Stand.TOP))
        return replace(row, cells=tuple(upper)), replace(row, cells=tuple(lower))


def _height(content: Sequence[Block], width: float) -> float:
    total: float = sum(block.wrap(width - 2 * _PAD_X, 0)[1] for block in content)
    return total


def _divide(
    content: Sequence[Block], width: float, height: float
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    for number, block in enumerate(content):
        tall = block.wrap(width, 0)[1]
        if tall > height:
            parts = block.split(width, height)
            above, below = (parts[:1], parts[1:]) if parts else ([], [block])
            rest = (*below, *content[number + 1 :])
            return (*content[:number], *above), rest
        height -= tall
    return tuple(content), ()
