"""The building blocks of documents: headings with bookmarks, ruled tables, boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from kpidesk.documents.look import (
    CELL,
    CELL_CENTER,
    CELL_HEAD,
    CELL_LABEL,
    HEADING,
    RULE,
    TINT,
    Style,
)
from kpidesk.documents.text import Text

Cell: TypeAlias = Flowable | list[Flowable] | str
"""What a table's cell holds; an empty string is an empty cell."""

_INNER, _OUTER = 0.4, 0.9
_PADDING: float = 1.3 * mm
_LABEL = 24 * mm

_RULED = TableStyle(
    [
        ("INNERGRID", (0, 0), (-1, -1), _INNER, RULE),
        ("BOX", (0, 0), (-1, -1), _OUTER, RULE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), _PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), _PADDING),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING + 0.2 * mm),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING + 0.2 * mm),
    ]
)


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


def cell(text: str) -> Text:
    """Running text in a table."""
    return Text(text, CELL)


def middle(text: str) -> Text:
    """A short entry in a table, centred."""
    return Text(text, CELL_CENTER)


def head(text: str) -> Text:
    """The head of a column."""
    return Text(text, CELL_HEAD)


def label(text: str) -> Text:
    """What an entry beside it is."""
    return Text(text, CELL_LABEL)


def ruled(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    heads: int = 1,
    extra: Sequence[tuple[Any, ...]] = (),
    heights: Sequence[float | None] | None = None,
) -> Table:
    """A table with rules; its head rows are tinted and repeat on each page. Widths in points."""
    styles: list[tuple[Any, ...]] = list(extra)
    if heads:
        styles.insert(0, ("BACKGROUND", (0, 0), (-1, heads - 1), TINT))
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        rowHeights=list(heights) if heights else None,
        repeatRows=heads,
        style=TableStyle(styles, parent=_RULED),
        splitInRow=1,
        spaceBefore=1.2 * mm,
        spaceAfter=2 * mm,
    )


def entries(rows: Sequence[Sequence[tuple[str, str]]], width: float, columns: int = 2) -> Table:
    """A table of names and values, up to `columns` pairs in a row; the last takes what is left."""
    value = width / columns - _LABEL
    cells: list[list[Cell]] = []
    extra: list[tuple[Any, ...]] = []
    for number, pairs in enumerate(rows):
        row: list[Cell] = []
        for what, text in pairs:
            extra.append(("BACKGROUND", (len(row), number), (len(row), number), TINT))
            row += [label(what), cell(text)]
        extra.append(("SPAN", (len(row) - 1, number), (-1, number)))
        cells.append(row + [""] * (2 * columns - len(row)))
    return ruled(cells, [_LABEL, value] * columns, heads=0, extra=extra)


class TickBox(Flowable):
    """A box to tick, drawn as lines (no font of ours holds ☐ and ☑), with its words."""

    _SIDE: float = 3.2 * mm

    def __init__(self, text: str, style: Style = CELL, *, ticked: bool = False) -> None:
        super().__init__()
        self._text = Text(text, style)
        self._ticked = ticked

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The box and its words, which wrap beside it."""
        self.width = width
        _, self.height = self._text.wrap(width - self._offset, height)
        return width, self.height

    @property
    def _offset(self) -> float:
        return self._SIDE + _PADDING

    def draw(self) -> None:
        """Draw box, tick and words."""
        canvas, side = self.canv, self._SIDE
        leading = self._text.style.leading
        bottom = self.height - (leading + side) / 2
        canvas.setStrokeColor(self._text.style.color)
        canvas.setLineWidth(0.7)
        canvas.rect(0, bottom, side, side, stroke=1, fill=0)
        if self._ticked:
            canvas.setLineWidth(1.3)
            canvas.lines(
                [
                    (side * 0.2, bottom + side * 0.5, side * 0.43, bottom + side * 0.22),
                    (side * 0.43, bottom + side * 0.22, side * 0.85, bottom + side * 0.82),
                ]
            )
        self._text.drawOn(canvas, self._offset, 0)
