"""绩效考核台手册: the manual on paper, with contents, bookmarks and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, assert_never

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, PageBreak

from kpidesk.documents.blocks import Heading, cell, heads
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    BODY,
    CELL_SMALL,
    HAIR,
    HEADING,
    PLAIN,
    SUBHEADING,
    SUBTITLE,
    TINT,
    TITLE,
    Align,
    Style,
)
from kpidesk.documents.markdown import Block as Part
from kpidesk.documents.markdown import Image, Listing, Passage, Ruled, Title, read
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.text import Block, Text, draw_line, fitted

_CHAPTER = 2
_ITEM = PLAIN.but(left=6 * mm)
_MARK = 6 * mm
_PICTURE_MOST = 88 * mm
_CONTENTS = Style(Face.SONG, 10.5, 19)
_NUMBER = 14 * mm


def manual_pdf(text: str, folder: Path, version: str) -> bytes:
    """The manual; `folder` is where its pictures are sought."""
    blocks = tuple(read(text))
    title = next(one.text for one in blocks if isinstance(one, Title))
    head = Head(title=title, company=title, label=f"版本 {version}", stamp=None)
    pages: dict[tuple[int, str], int] = {}
    build(list(_story(blocks, folder, pages, version)), head)
    # Once more: now it is known on which page each chapter stands.
    return build(list(_story(blocks, folder, pages, version)), head)


def _story(
    blocks: Sequence[Part], folder: Path, pages: dict[tuple[int, str], int], version: str
) -> Iterator[Flowable]:
    first = next(n for n, one in enumerate(blocks) if _is_heading(one))
    for block in blocks[:first]:
        yield from _set(block, folder, pages)
        if isinstance(block, Title):
            yield Text(f"版本 {version}", SUBTITLE)
    yield Text("目录", HEADING)
    for block in blocks:
        if isinstance(block, Title) and _is_heading(block):
            yield _Line(block.text, block.level, pages)
    yield PageBreak()
    for block in blocks[first:]:
        yield from _set(block, folder, pages)


def _is_heading(block: Part) -> bool:
    return isinstance(block, Title) and block.level >= _CHAPTER


def _set(block: Part, folder: Path, pages: dict[tuple[int, str], int]) -> Iterator[Flowable]:
    match block:
        case Title(1, text):
            yield Heading(text, TITLE)
        case Title(level, text):
            yield _Marked(text, level, pages)
        case Passage(text, "", deep):
            yield Text(text, _ITEM if deep else BODY)
        case Passage(text, mark):
            yield _Item(mark, text)
        case Image(_, path):
            yield _Picture(folder / path)
        case Ruled(rows):
            yield _table(rows)
        case Listing(text):
            content = tuple(Text(line or " ", CELL_SMALL) for line in text.splitlines())
            yield Grid([Row((Cell(content, tint=TINT),))], [TEXT_WIDTH])
        case _:
            assert_never(block)


def _table(rows: Sequence[Sequence[str]]) -> Grid:
    """Columns as wide as their texts ask for, together as wide as the page."""
    first, *others = rows
    longest = [max(min(len(row[n]), 40) for row in rows) + 2 for n in range(len(first))]
    widths = [TEXT_WIDTH * one / sum(longest) for one in longest]
    made = [heads(*first), *(Row(tuple(cell(one) for one in row)) for row in others)]
    return Grid(made, widths, heads=1)


class _Marked(Heading):
    """A heading that notes its page."""

    def __init__(self, text: str, level: int, pages: dict[tuple[int, str], int]) -> None:
        super().__init__(text, HEADING if level == _CHAPTER else SUBHEADING, level - _CHAPTER)
        self._place, self._pages = (level, text), pages

    def draw(self) -> None:
        """Draw it."""
        self._pages[self._place] = self.canv.getPageNumber()
        super().draw()


class _Line(Text):
    """A line of the contents: the heading, and its page at the right; a click leads there."""

    def __init__(self, text: str, level: int, pages: dict[tuple[int, str], int]) -> None:
        deep = level - _CHAPTER
        super().__init__(text, _CONTENTS.but(left=deep * 8 * mm))
        self._name, self._level = text, level
        self._page = pages.get((level, text), 0)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """One line."""
        self.width, self.height = width, self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Block]:
        """Not cut: where the page ends, it goes on the next."""
        del width, height
        return []

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Words, number, and the field that leads to the page."""
        left = x + self.style.left
        room = self.width - self.style.left - _NUMBER
        plain = _CONTENTS
        draw_line(canvas, left, y + 5, fitted(self._name, plain, room), plain)
        right = x + self.width
        draw_line(canvas, right, y + 5, f"{self._page}", plain.but(align=Align.RIGHT))
        key = f"{self._level - _CHAPTER}-{self._page}-{self._name}"
        if self._page:
            canvas.linkRect("", key, (left, y, right, y + self.height), relative=1, thickness=0)


class _Item(Text):
    """An item of a list, its mark before it."""

    def __init__(self, mark: str, text: str) -> None:
        super().__init__(text, _ITEM)
        self._mark = mark

    def split(self, width: float, height: float) -> list[Block]:
        """Not cut: an item is a few lines, and its mark belongs to all of them."""
        del width, height
        return []

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """The mark in front of the first line."""
        top = y + self.height - (self.style.leading + self.style.size * 0.72) / 2
        draw_line(canvas, x + 1 * mm, top, self._mark, PLAIN)
        super().paint(canvas, x, y)


class _Picture(Flowable):
    """A picture as wide as the text, if it is not too high then; a hair line around it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._reader = ImageReader(str(path))
        self.spaceBefore = self.spaceAfter = 2 * mm

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The room that it takes."""
        wide, high = self._reader.getSize()
        scale = min(width / wide, _PICTURE_MOST / high)
        self.width, self.height = wide * scale, high * scale
        return width, self.height

    def draw(self) -> None:
        """Draw it at the left."""
        self.canv.drawImage(self._reader, 0, 0, self.width, self.height)
        self.canv.setStrokeColor(HAIR)
        self.canv.setLineWidth(0.4)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)
