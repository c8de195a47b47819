"""What stays together on a page: a heading with its text, signatures with what is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlab.platypus import Flowable

from kpidesk.documents.grid import Grid

EMPTY_PAGE = 415.0
"""What fits on every empty page, portrait or landscape, in points."""

_LAST_ROWS = 2  # rows of a table that at least stand on the page of the signatures


class Stack(Flowable):
    """Things one under the other; cut only inside the last of them.

    A `whole` stack is not cut at all, unless no page could hold it.
    """

    def __init__(self, parts: Sequence[Flowable], *, whole: bool = False) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._whole = whole
        self.spaceBefore = parts[0].getSpaceBefore()
        self.spaceAfter = parts[-1].getSpaceAfter()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure all parts and the gaps between them."""
        self.width = width
        self._tops = list(self._positions(width, height))
        self.height = self._tops[-1] + self._parts[-1].height
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """All but the last part with what fits of it, and the rest; empty to move as a whole."""
        self.wrap(width, height)
        if self._whole and self.height <= EMPTY_PAGE:
            return []
        *heads, last = self._parts
        cut = last.split(width, height - self._tops[-1])
        if cut:
            return [Stack([*heads, cut[0]]), *cut[1:]]
        if self.height > EMPTY_PAGE and heads and self._whole:
            first, *rest = with_headings(self._parts)
            if first.wrap(width, height)[1] > height:
                cut = first.split(width, height)
                return [*cut, *rest] if cut else []
            return [first, *rest]
        return []

    def spaced(self, factor: float) -> Stack:
        """The same parts with more or less space, those that can have it."""
        parts = [one.spaced(factor) if hasattr(one, "spaced") else one for one in self._parts]
        return Stack(parts, whole=self._whole)

    def draw(self) -> None:
        """Draw the parts from the top."""
        for part, top in zip(self._parts, self._tops, strict=True):
            part.drawOn(self.canv, 0, self.height - top - part.height)

    def _positions(self, width: float, height: float) -> Iterator[float]:
        """How far below the top each part begins."""
        below, after = 0.0, None
        for part in self._parts:
            _, part.height = part.wrap(width, height)
            if after is not None:
                below += max(after, part.getSpaceBefore())
            yield below
            below, after = below + part.height, part.getSpaceAfter()


class Closing(Flowable):
    """A table and what closes it (notes, signatures), which never stands alone on a page."""

    def __init__(self, table: Grid, closing: Sequence[Flowable]) -> None:
        super().__init__()
        self._table, self._closing = table, tuple(closing)
        self._all = Stack([table, *closing])
        self.spaceBefore, self.spaceAfter = self._all.spaceBefore, self._all.spaceAfter

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the table and what is under it."""
        self.width, self.height = self._all.wrap(width, height)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Rows that fit, but never the last ones; empty to move as a whole."""
        self.wrap(width, height)
        most = self._table.height - self._table.foot(_LAST_ROWS)
        cut = self._table.split(width, min(height, most))
        if not cut and self.height > EMPTY_PAGE:
            cut = self._table.split(width, height)
        if len(cut) == 1:
            return [*cut, Stack(self._closing, whole=True)]
        return [*cut[:1], *(Closing(one, self._closing) for one in cut[1:])]

    def spaced(self, factor: float) -> Closing:
        """The same with higher or lower rows."""
        return Closing(self._table.spaced(factor), self._closing)

    def draw(self) -> None:
        """Draw the table, and the rest under it."""
        self._all.drawOn(self.canv, 0, 0)


def with_headings(story: Iterable[Flowable]) -> Iterator[Flowable]:
    """The story with each heading bound to what follows it."""
    waiting: list[Flowable] = []
    for one in story:
        waiting.append(one)
        if not getattr(one, "keeps_next", False):
            yield Stack(waiting) if len(waiting) > 1 else one
            waiting = []
    yield from waiting
