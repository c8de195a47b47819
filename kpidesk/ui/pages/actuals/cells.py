"""The rows and columns of a grid: which figures there are, how they read and are edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.words import period_title, standing_text, value_text
from kpidesk.ui.table import Column
from kpidesk.ui.words import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

    from kpidesk.core.period import Period
    from kpidesk.usecases.actuals import Actual, Item

_HALF_LETTERS, _PADDING, _NARROWEST, _WIDEST = 15, 24, 66, 190
_ADDING = frozenset({"元", "万元", "户", "次", "天", "件", "条", "个"})
"""Units of which the figures of several periods can be added up."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what stands in its heading, and its figures under each column (None: no such)."""

    key: Hashable
    title: str
    about: str
    names: tuple[str, ...]
    item: Item
    cells: tuple[Actual | None, ...]
    places: int = 0
    """How many decimals its numbers have at least."""

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Its figures that are numbers."""
        shown = (one.shown for one in self.cells if one is not None)
        return tuple(one for one in shown if isinstance(one, Decimal))

    @property
    def total(self) -> Decimal | None:
        """What its figures add up to; None where they do not, or none is there."""
        if self.item.known.unit not in _ADDING:
            return None
        numbers = self.numbers
        return sum(numbers, Decimal(0)) if numbers else None


@dataclass(frozen=True, slots=True)
class GridOf:
    """What a grid shows: heading of the first column, the periods, the rows."""

    heading: str
    periods: tuple[Period, ...]
    year: int
    rows: tuple[GridRow, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings of the periods."""
        return tuple(period_title(one, self.year) for one in self.periods)

    @property
    def shape(self) -> Hashable:
        """What the columns depend on."""
        return self.heading, self.periods


def in_line(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """Rows of one item: all their numbers with as many decimals."""
    places = places_of(one for row in rows for one in row.numbers)
    return tuple(replace(row, places=places) for row in rows)


def columns_of(
    grid: GridOf, edit: Callable[[GridRow, Actual, str], object], today: Callable[[], date]
) -> tuple[Column[GridRow], ...]:
    """The name, each period, and the sum."""
    return (
        Column(
            "name",
            grid.heading,
            lambda one: one.title,
            tip=lambda one: one.about,
            width=_width([grid.heading, *(one.title for one in grid.rows)]),
        ),
        *(
            _cell_column(number, title, edit, today, _texts(grid, number))
            for number, title in enumerate(grid.titles)
        ),
        Column(
            "sum",
            "合计",
            lambda one: value_text(one.total, one.places),
            right=True,
            bold=lambda _: True,
            width=_width(["合计", *_longest(_totals(grid))]),
        ),
    )


def _totals(grid: GridOf) -> list[tuple[Decimal, int]]:
    found = ((row.total, row.places) for row in grid.rows)
    return [(total, places) for total, places in found if total is not None]


def _cell_column(
    number: int,
    title: str,
    edit: Callable[[GridRow, Actual, str], object],
    today: Callable[[], date],
    texts: Sequence[str],
) -> Column[GridRow]:
    def change(row: GridRow, typed: str) -> None:
        actual = row.cells[number]
        if actual is not None:
            edit(row, actual, typed)

    def text(row: GridRow) -> str:
        actual = row.cells[number]
        return "" if actual is None else value_text(actual.shown, row.places)

    def takes(row: GridRow) -> bool:
        actual = row.cells[number]
        return actual is not None and actual.takes_edit

    def tip(row: GridRow) -> str:
        actual = row.cells[number]
        if actual is None:
            return ""
        several = value_text(actual.shown) if isinstance(actual.shown, tuple) else ""
        return "\n".join(part for part in (several, standing_text(actual, today())) if part)

    def shade(row: GridRow) -> Tone | None:
        actual = row.cells[number]
        if actual is None or not actual.takes_edit or not actual.is_open:
            return Tone.NEUTRAL
        if actual.differs:
            return Tone.BAD
        return Tone.WARN if actual.is_missing(today()) else None

    return Column(
        f"p{number}",
        title,
        text,
        right=True,
        edit=change,
        editable=takes,
        tip=tip,
        shade=shade,
        width=_width([title, *texts]),
    )


def _texts(grid: GridOf, number: int) -> list[str]:
    found = ((row.cells[number], row.places) for row in grid.rows)
    shown = [(one.shown, places) for one, places in found if one is not None]
    others = [value_text(one) for one, _ in shown if isinstance(one, bool | str)]
    numbers = [(one, places) for one, places in shown if isinstance(one, Decimal)]
    return [*others, *_longest(numbers)]


def _longest(numbers: Sequence[tuple[Decimal, int]]) -> list[str]:
    """Those of the texts of numbers of which one is the longest: of as many decimals, the ends."""
    by_places: dict[int, list[Decimal]] = {}
    for one, places in numbers:
        by_places.setdefault(places, []).append(one)
    ends = [(end, places) for places, some in by_places.items() for end in (min(some), max(some))]
    return [value_text(end, places) for end, places in ends]


def _width(texts: Sequence[str]) -> int:
    """As wide as its longest text, within reason."""
    letters = max(sum(1 if one.isascii() else 2 for one in text) for text in texts)
    return min(max(letters * _HALF_LETTERS // 2 + _PADDING, _NARROWEST), _WIDEST)
