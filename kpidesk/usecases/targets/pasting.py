"""A block of cells from Excel, as the clipboard has it: read by the rules of the import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import is_sensible
from kpidesk.exchange.workbook.values import figure_of, is_empty
from kpidesk.usecases.clipboard import block_of


@dataclass(frozen=True, slots=True)
class Pasted:
    """A cell of the block, counted from its first: its figure (None: empty), or what is wrong."""

    row: int
    column: int
    figure: Decimal | None
    problem: str = ""


def read_block(text: str, unit: str) -> tuple[tuple[Pasted, ...], ...]:
    """The cells of a block, row by row; InvalidValueError when it is none."""
    rows = block_of(text)
    return tuple(_read_row(number, row, unit) for number, row in enumerate(rows))


def read_figure(text: str, unit: str) -> Decimal | None:
    """What was typed into a cell; None for an empty one. InvalidValueError when it is no target."""
    if is_empty(text):
        return None
    figure = figure_of(text, unit)
    if figure < 0:
        msg = f"目标不能为负数（{text.strip()}）"
        raise InvalidValueError(msg)
    if not is_sensible(figure):
        msg = f"“{text.strip()}”太大，或小数位太多"
        raise InvalidValueError(msg)
    return figure


def _read_row(number: int, row: Sequence[str], unit: str) -> tuple[Pasted, ...]:
    return tuple(_read_cell(number, column, text, unit) for column, text in enumerate(row))


def _read_cell(row: int, column: int, text: str, unit: str) -> Pasted:
    try:
        return Pasted(row, column, read_figure(text, unit))
    except InvalidValueError as problem:
        return Pasted(row, column, None, str(problem))
