"""A block of cells from a spreadsheet → figures: by its own headings and names, or by place.

Read by the same rules as a file that is imported (万, ￥, %, thousands, full-width digits); what
is wrong is named by its cell, and nothing is taken while anything is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.facts import FactValue
from kpidesk.core.period import Period
from kpidesk.exchange.workbook.values import is_empty, shown
from kpidesk.usecases.actuals.book import Book, Key
from kpidesk.usecases.actuals.entering import CellRefusedError, NewActual, check_one
from kpidesk.usecases.clipboard import block_of
from kpidesk.usecases.importing.cell import figure_in
from kpidesk.usecases.importing.periods import PeriodReader

_LABELS: Final = 2
"""So many columns at the left of a block may say whose a row is: 工号, 姓名."""


@dataclass(frozen=True, slots=True)
class Board:
    """The cells of a grid as they are seen: names of the rows, keys by row and column.

    `rows` are what each row may be called in a block, its name first; `columns` the periods, and
    `titles` how they are headed; `year` is the one that a month without one is of.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[Period, ...]
    titles: tuple[str, ...]
    keys: Mapping[tuple[int, int], Key]
    year: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell of the block: `where` names it as the officer sees it."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block says; `same` is how many of its figures stand there already."""

    actuals: tuple[NewActual, ...]
    wrong: tuple[Wrong, ...]
    same: int = 0


def read_block(book: Book, board: Board, text: str, *, at: tuple[int, int], source: str) -> Pasted:
    """The figures of a block that is put down with its corner at a cell.

    A block with names and months of its own goes where these say, wherever the corner is.
    """
    block = block_of(text)
    most, wide = len(board.columns) + _LABELS, max(map(_width, block))
    if wide > most:
        msg = f"剪贴板里有 {wide:,} 列，这个表格连同姓名最多 {most} 列，请核对复制的范围"
        raise InvalidValueError(msg)
    wrong: list[Wrong] = []
    columns = _columns(board, block)
    first = 1 if columns else 0
    labels = _labels(board, block[first:])
    actuals: list[NewActual] = []
    same = 0
    for number, cells in enumerate(block[first:], start=first):
        row = _row_of(board, cells, labels, at[0] + number - first)
        if isinstance(row, str):
            wrong.append(Wrong(_address(number, 0), row))
            continue
        for place, cell in enumerate(cells):
            if place < labels or is_empty(cell):
                continue
            where = _address(number, place)
            column = columns.get(place) if columns else at[1] + place - labels
            if column is None:
                wrong.append(Wrong(_address(0, place), "这一列的标题看不出是哪一期，请核对"))
                continue
            if row >= len(board.rows) or column >= len(board.columns):
                wrong.append(Wrong(where, "超出了表格的范围：请从左上角的格子开始粘贴"))
                continue
            key = board.keys.get((row, column))
            where = f"{where}（{board.rows[row][0]}　{board.titles[column]}）"
            one = _figure(book, key, cell, source)
            if isinstance(one, str):
                wrong.append(Wrong(where, one))
            elif one is None:
                same += 1
            else:
                actuals.append(one)
    return Pasted(tuple(actuals), tuple(wrong), same)


def _width(cells: Sequence[str]) -> int:
    """How many cells a row has up to the last one that says something."""
    return next((n for n in range(len(cells), 0, -1) if not is_empty(cells[n - 1])), 0)


def _figure(book: Book, key: Key | None, cell: str, source: str) -> NewActual | str | None:
    """The figure of a cell; None where it stands there already, a text where it is wrong."""
    if key is None:
        return "这一格不用填：没有这一期，或当时不在职"
    actual, item = book.actuals.get(key), book.item(key[1])
    if actual is None or item is None:
        return "这一格不用填：没有这一期，或当时不在职"
    try:
        value: FactValue = figure_in(cell, item.known, is_percent=None)
    except InvalidValueError as problem:
        return str(problem)
    if actual.shown == value:
        return None
    one = NewActual(*key, value, source)
    try:
        check_one(book, one)
    except CellRefusedError as problem:
        return str(problem)
    return one


def _columns(board: Board, block: Sequence[Sequence[str]]) -> dict[int, int]:
    """Which column of the board each column of the block is, where its first row says so."""
    if not block or not board.columns:
        return {}
    keys = [one.key for one in board.columns]
    last = max(one.end for one in board.columns)
    plain = [key for key in keys if "…" not in key]
    reader = PeriodReader(plain, Period(date(board.year, 1, 1), last))
    found: dict[int, int] = {}
    for place, cell in enumerate(block[0]):
        if not is_empty(cell) and not _is_number(cell):
            with suppress(InvalidValueError):
                found[place] = keys.index(reader.read(cell))
    return found


def _labels(board: Board, rows: Sequence[Sequence[str]]) -> int:
    """How many columns at the left name the rows: as far as any cell is the name of a row."""
    named = {name for names in board.rows for name in names}
    found = 0
    for place in range(_LABELS):
        if any(place < len(row) and shown(row[place]) in named for row in rows):
            found = place + 1
    return found


def _row_of(board: Board, cells: Sequence[str], labels: int, otherwise: int) -> int | str:
    """The row of the board that a row of the block is about; a text where that is not clear."""
    if not labels:
        return otherwise
    said = [shown(one) for one in cells[:labels] if not is_empty(one)]
    fits = [
        number
        for number, names in enumerate(board.rows)
        if said and all(one in names for one in said)
    ]
    if len(fits) == 1:
        return fits[0]
    name = "、".join(said) or "空白"
    if fits:
        return f"有 {len(fits)} 行叫“{name}”，请带上工号一起粘贴"
    return f"表里没有“{name}”这一行"


def _is_number(cell: str) -> bool:
    return cell.strip().replace(",", "").replace(".", "").isdigit()


def _address(row: int, column: int) -> str:
    return f"粘贴块第 {row + 1} 行第 {column + 1} 列"
