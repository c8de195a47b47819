"""A book as a grid: one item for everybody, or one person with all items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.pages.actuals.cells import GridOf, GridRow, in_line
from kpidesk.usecases.actuals import Board

if TYPE_CHECKING:
    from kpidesk.core.people import PersonId
    from kpidesk.usecases.actuals import Book, Key


def of_item(book: Book, name: str) -> GridOf:
    """People down, periods across."""
    item = book.item(name)
    actuals = book.by_item.get(name, ())
    periods = book.periods(actuals)
    rows = []
    if item is not None:
        whose = {one.person for one in actuals}
        for one in book.people:
            if one.id not in whose:
                continue
            cells = tuple(book.actuals.get((one.id, name, days)) for days in periods)
            about = "　".join(part for part in (one.number, one.department) if part)
            names = tuple(part for part in (one.name, one.number) if part)
            rows.append(GridRow(one.id, one.name, about, names, item, cells))
    return GridOf("姓名", periods, book.ref.year, in_line(rows))


def of_person(book: Book, person: PersonId | None) -> GridOf:
    """Items down, periods across."""
    mine = tuple(book.of(person))
    periods = book.periods(mine)
    asked = {one.item for one in mine}
    rows = [
        GridRow(
            item.name,
            item.title,
            "、".join(item.choices) or item.title,
            (item.label, item.title),
            item,
            tuple(book.actuals.get((person, item.name, days)) for days in periods),
        )
        for item in book.items
        if item.name in asked
    ]
    lined = tuple(one for row in rows for one in in_line([row]))
    return GridOf("数据项", periods, book.ref.year, lined)


def board_of(grid: GridOf) -> Board:
    """The cells of a grid, for a block that is put down on it."""
    keys: dict[tuple[int, int], Key] = {
        (row, column): actual.key
        for row, one in enumerate(grid.rows)
        for column, actual in enumerate(one.cells)
        if actual is not None
    }
    return Board(tuple(one.names for one in grid.rows), grid.periods, grid.titles, keys, grid.year)
