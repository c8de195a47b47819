"""What stands where on the pages of a PDF, and the rules that every layout of ours keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

import pdfplumber

MM = 72 / 25.4
_HEAD, _FOOT = 36 * MM, 20 * MM
_CORE = 0.3  # of the size: boxes this far around two characters' middles must not touch
_JOINED = 1.2  # of the size: a gap wider than this begins another piece of text
_STRADDLE = 25 * MM
_LEFT = 27 * MM
_EDGE = 10 * MM


class Box(NamedTuple):
    """Left, top, right, bottom in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def shown(self) -> str:
        """In whole millimetres."""
        return " ".join(f"{round(one / MM):3d}" for one in self)


class Char(NamedTuple):
    """One character with its box and type."""

    text: str
    box: Box
    size: float
    font: str


@dataclass(frozen=True)
class Page:
    """One page: its characters, filled or framed rectangles, and rules."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rects: tuple[Box, ...]
    rules: tuple[Box, ...]

    @property
    def body(self) -> tuple[Char, ...]:
        """The characters between head and foot."""
        bottom = self.height - _FOOT
        return tuple(one for one in self.chars if _HEAD < one.box.top < bottom)

    def pieces(self) -> Iterator[tuple[Box, str]]:
        """Runs of text on one line, from the top, from left to right."""
        ordered = sorted(self.chars, key=lambda one: (round(one.box.bottom), one.box.left))
        for _, line in groupby(ordered, key=lambda one: round(one.box.bottom)):
            yield from _runs(list(line))


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    """The pages of a PDF as they are laid out; blanks and the QR code are left out."""
    found = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            chars = tuple(
                Char(one["text"], _box(one), float(one["size"]), str(one["fontname"]))
                for one in page.chars
                if one["text"].strip()
            )
            rects = tuple(_box(one) for one in page.rects if one["width"] > MM)
            rules = tuple(_box(one) for one in page.lines)
            found.append(Page(number, page.width, page.height, chars, rects, rules))
            page.close()
    return tuple(found)


def faults(pages: tuple[Page, ...]) -> list[str]:
    """Every rule of layout that a page breaks, in words; empty when all is well."""
    return [
        f"page {page.number}: {fault}"
        for page in pages
        for check in (_outside, _overlaps, _crossed, _heading_alone)
        for fault in check(page)
    ]


def foot_gap(page: Page) -> float:
    """How far above the foot the text and tables of a page end, in mm."""
    frame = page.height - 24 * MM
    ends = [one.box.bottom for one in page.body]
    ends += [one.bottom for one in page.rects if one.top > _HEAD]
    return (frame - max(ends)) / MM


# -- the rules --------------------------------------------------------------------------------


def _outside(page: Page) -> Iterator[str]:
    """The right margin is free for the straddle seal, the left one for binding."""
    allowed = Box(_LEFT, _EDGE, page.width - _STRADDLE, page.height - _EDGE)
    drawn = [(one.box, one.text) for one in page.chars]
    drawn += [(one, "a rule") for one in (*page.rects, *page.rules)]
    for box, what in drawn:
        if box.left < allowed.left or box.right > allowed.right:
            yield f"{what} at {box.shown} stands in a margin"
        if box.top < allowed.top or box.bottom > allowed.bottom:
            yield f"{what} at {box.shown} stands above or below the page's frame"


def _overlaps(page: Page) -> Iterator[str]:
    """No character stands on another."""
    cells: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in page.chars:
        middle = _middle(char.box)
        cell = (int(middle[0] // 12), int(middle[1] // 12))
        for column in range(cell[0] - 1, cell[0] + 2):
            for line in range(cell[1] - 1, cell[1] + 2):
                for other in cells[column, line]:
                    if _touch(char, other):
                        yield f"{char.text} stands on {other.text} at {char.box.shown}"
        cells[cell].append(char)


def _crossed(page: Page) -> Iterator[str]:
    """No rule of a table goes through a character."""
    upright = [one for one in page.rules if one.right - one.left < 0.5]
    level = [one for one in page.rules if one.bottom - one.top < 0.5]
    for rect in page.rects:
        upright += [rect._replace(right=rect.left), rect._replace(left=rect.right)]
        level += [rect._replace(bottom=rect.top), rect._replace(top=rect.bottom)]
    for char in page.chars:
        x, y = _middle(char.box)
        reach_x, reach_y = (char.box.right - char.box.left) * _CORE, char.size * _CORE
        for rule in upright:
            if rule.top < y < rule.bottom and abs(rule.left - x) < reach_x:
                yield f"a rule crosses {char.text} at {char.box.shown}"
        for rule in level:
            if rule.left < x < rule.right and abs(rule.top - y) < reach_y:
                yield f"a rule crosses {char.text} at {char.box.shown}"


def _heading_alone(page: Page) -> Iterator[str]:
    """A heading has text below it on its page."""
    headings = [one for one in page.body if "Sans" in one.font and one.size == 12]
    for one in headings:
        if not any(other.box.top > one.box.bottom for other in page.body):
            yield f"the heading with {one.text} is the last thing on its page"


# -- geometry ---------------------------------------------------------------------------------


def _runs(line: list[Char]) -> Iterator[tuple[Box, str]]:
    run: list[Char] = []
    for char in line:
        if run and char.box.left - run[-1].box.right > char.size * _JOINED:
            yield _whole(run)
            run = []
        run.append(char)
    yield _whole(run)


def _whole(run: list[Char]) -> tuple[Box, str]:
    first, last = run[0].box, run[-1].box
    box = Box(first.left, min(one.box.top for one in run), last.right, first.bottom)
    return box, "".join(one.text for one in run)


def _touch(one: Char, other: Char) -> bool:
    (x, y), (far_x, far_y) = _middle(one.box), _middle(other.box)
    wide = (one.box.right - one.box.left + other.box.right - other.box.left) * _CORE
    return abs(x - far_x) < wide and abs(y - far_y) < (one.size + other.size) * _CORE


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _box(one: dict[str, float]) -> Box:
    return Box(one["x0"], one["top"], one["x1"], one["bottom"])
