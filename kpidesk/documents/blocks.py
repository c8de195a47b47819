"""The building blocks of documents: headings with bookmarks, cells of tables, boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm

from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    BAND_TINT,
    CELL,
    CELL_CENTER,
    CELL_HEAD,
    CELL_LABEL,
    HEADING,
    TINT,
    Style,
)
from kpidesk.documents.text import Block, Text

_LABEL = 24 * mm
EMPTY = Cell()


class Heading(Text):
    """A heading that is also a bookmark of the file."""

    def __init__(self, text: str, style: Style = HEADING, level: int = 0) -> None:
        super().__init__(text, style)
        self._level = level

    def draw(self) -> None:
        """Draw it, and note where it stands."""
        key = f"{self._level}-{self.canv.getPageNumber()}-{self.text}"
        self.canv.bookmarkHorizontalAbsolute(key, self.canv.absolutePosition(0, self.height)[1])
        self.canv.addOutlineEntry(self.text, key, self._level, closed=False)
        super().draw()


def cell(*texts: str, style: Style = CELL) -> Cell:
    """Running text in a table, each text on its own lines."""
    return Cell(tuple(Text(text, style) for text in texts))


def middle(text: str) -> Cell:
    """A short entry in a table, centred."""
    return cell(text, style=CELL_CENTER)


def label(text: str) -> Cell:
    """What the entry beside it is."""
    return Cell((Text(text, CELL_LABEL),), tint=TINT)


def heads(*texts: str) -> Row:
    """The heads of the columns."""
    return Row(tuple(Cell((Text(text, CELL_HEAD),), tint=TINT) for text in texts), together=True)


def band(text: Block, columns: int) -> Row:
    """A heading inside a table, over all columns."""
    return Row((Cell((text,), span=columns, tint=BAND_TINT),), together=True)


def entries(rows: Sequence[Sequence[tuple[str, str]]], width: float, columns: int = 2) -> Grid:
    """A table of names and values, up to `columns` pairs in a row; the last takes what is left."""
    value = width / columns - _LABEL
    made = []
    for pairs in rows:
        cells: list[Cell] = []
        for number, (what, text) in enumerate(pairs, 1):
            rest = 2 * (columns - len(pairs)) if number == len(pairs) else 0
            cells += [label(what), Cell((Text(text, CELL),), span=1 + rest)]
        made.append(Row(tuple(cells)))
    return Grid(made, [_LABEL, value] * columns)


class TickBox(Block):
    """A box to tick, drawn as lines (no font of ours holds ☐ and ☑), with its words."""

    _SIDE: float = 3.2 * mm
    _OFFSET: float = 5.2 * mm

    def __init__(self, text: str, style: Style = CELL, *, ticked: bool = False) -> None:
        super().__init__()
        self._text = Text(text, style)
        self._ticked = ticked

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The box and its words, which wrap beside it."""
        _, self.height = self._text.wrap(width - self._OFFSET, height)
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw box, tick and words."""
        side = self._SIDE
        bottom = y + self.height - (self._text.style.leading + side) / 2
        canvas.setStrokeColor(self._text.style.color)
        canvas.setLineWidth(0.7)
        canvas.rect(x, bottom, side, side, stroke=1, fill=0)
        if self._ticked:
            foot = (x + side * 0.43, bottom + side * 0.2)
            canvas.setLineWidth(1.3)
            canvas.lines(
                [
                    (x + side * 0.18, bottom + side * 0.5, *foot),
                    (*foot, x + side * 0.88, bottom + side * 0.85),
                ]
            )
        self._text.paint(canvas, x + self._OFFSET, y)
