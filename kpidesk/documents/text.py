"""Text as a flowable of the PDF writer: user text is drawn character by character, never parsed.

There is no markup, so nothing needs escaping: `<b>`, `&` and `<img src=…>` print literally.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reportlab.platypus import Flowable

from kpidesk.documents.fonts import glyph
from kpidesk.documents.lines import Line, break_lines
from kpidesk.documents.look import Align, Style
from kpidesk.documents.pen import Placed, write

_WIDEST_GAP = 0.35  # of the size: a line that would need more between characters is not justified


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text without what cannot be seen: control and format characters, variation selectors.

    Tabs become spaces; the line breaks of every system become one kind.
    """
    if text.isprintable() and not any(map(_is_selector, text)):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        one
        for one in text
        if one == "\n" or (unicodedata.category(one) not in ("Cc", "Cf") and not _is_selector(one))
    )


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class Block(Flowable):
    """What can stand in the text and in a cell of a table: it is measured, cut and painted."""

    height: float

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take a width; the room needed."""
        raise NotImplementedError

    def split(self, width: float, height: float) -> list[Block]:
        """Two parts of which the first fits; empty when it cannot be cut."""
        del width, height
        return []

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw it with its lower left corner at a point; it was measured before."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw it where the writer has put it."""
        self.paint(self.canv, 0, 0)


class Text(Block):
    """A paragraph (or several, at line breaks) in one style."""

    def __init__(self, text: str, style: Style) -> None:
        super().__init__()
        self.text = clean(text)
        self.style = style
        self.spaceBefore = style.before
        self.spaceAfter = style.after
        self.keeps_next = style.keep_with_next
        self._lines: tuple[Line, ...] = ()
        self._set_for = 0.0
        self._first_indented = True

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the lines for a width; how much room the text takes."""
        self.width = width
        if self._set_for != width:
            style = self.style
            self._lines = break_lines(
                self.text, style.face, style.size, width - style.left, style.indent * style.size
            )
            self._set_for = width
        self.height = len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """Two parts, cut where the room ends, each with the least lines that the style allows."""
        self.wrap(width, height)
        count, least = len(self._lines), self.style.least_lines
        fits = int((height + 0.01) // self.style.leading)
        if fits >= count:
            return [self]
        fits = min(fits, count - least)
        return [self._part(0, fits), self._part(fits, count)] if fits >= least else []

    def divided(self, width: float, last_lines: int) -> tuple[Text | None, Text]:
        """The text without its last lines (None when there are no more), and these lines."""
        self.wrap(width, 0)
        front = len(self._lines) - last_lines
        if front < self.style.least_lines:
            return None, self
        return self._part(0, front), self._part(front, len(self._lines))

    def _part(self, first: int, end: int) -> Text:
        part = Text("", self.style)
        part.text = "".join(
            line.text + ("\n" if line.last else "") for line in self._lines[first:end]
        ).removesuffix("\n")
        part._lines = self._lines[first:end]
        part._set_for = self._set_for
        part._first_indented = self._first_indented if first == 0 else self._lines[first - 1].last
        if first:
            part.spaceBefore = 0
        return part

    def spaced(self, factor: float) -> Text:
        """The same lines with more or less space between them and around."""
        if factor == 1:
            return self
        part = Text.__new__(type(self))
        part.__dict__.update(self.__dict__)
        part.style = _spaced(self.style, factor)
        part.spaceBefore, part.spaceAfter = part.style.before, part.style.after
        return part

    def minWidth(self) -> float:  # noqa: N802 - the writer's name
        """The least width: one character."""
        return self.style.size

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw the lines onto the canvas."""
        style = self.style
        write(canvas, style.face, style.size, style.color, self._placed(x, y))

    def _placed(self, x: float, y: float) -> Iterator[Placed]:
        style = self.style
        baseline = y + self.height - (style.leading + style.size * 0.72) / 2
        begins = self._first_indented
        for line in self._lines:
            left = style.left + (style.indent * style.size if begins else 0.0)
            yield _aligned(line, style, x + left, baseline, self.width - left)
            baseline -= style.leading
            begins = line.last


@lru_cache(maxsize=512)
def _spaced(style: Style, factor: float) -> Style:
    return style.but(
        leading=style.leading * factor, before=style.before * factor, after=style.after * factor
    )


def _aligned(line: Line, style: Style, left: float, baseline: float, room: float) -> Placed:
    gap = 0.0
    match style.align:
        case Align.CENTER:
            left += (room - line.width) / 2
        case Align.RIGHT:
            left += room - line.width
        case Align.JUSTIFY if not line.last and len(line.text) > 1:
            gap = (room - line.width) / (len(line.text) - 1)
            gap = gap if 0 <= gap <= style.size * _WIDEST_GAP else 0.0
        case _:
            pass
    return Placed(left, baseline, line.text, gap)


def draw_line(canvas: Any, x: float, y: float, text: str, style: Style) -> None:  # noqa: ANN401 - the PDF library has no types
    """One line of text at a point: its left edge, centre or right edge, as the style aligns."""
    text = clean(text).replace("\n", " ")
    total = text_width(text, style)
    match style.align:
        case Align.CENTER:
            x -= total / 2
        case Align.RIGHT:
            x -= total
        case _:
            pass
    write(canvas, style.face, style.size, style.color, [Placed(x, y, text)])


def text_width(text: str, style: Style) -> float:
    """How wide a text is on one line, in points."""
    return sum(glyph(one, style.face, text).advance for one in text) * style.size / 1000


def fitted(text: str, style: Style, width: float) -> str:
    """The text, cut with … when it is wider than the width."""
    text = clean(text).replace("\n", " ")
    if text_width(text, style) <= width:
        return text
    while text and text_width(text + "…", style) > width:
        text = text[:-1]
    return text + "…"
