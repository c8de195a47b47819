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


def read_block(text: str, unit: str, *, rows: int, columns: int) -> tuple[tuple[Pasted, ...], ...]:
    """The cells of a block, row by row; InvalidValueError when it is none, or has no room there."""
    block = block_of(text)
    wide = max(map(len, block))
    problems = []
    if len(block) > rows:
        problems.append(f"粘贴的内容有 {len(block)} 行，从这里起只有 {rows} 行")
    if wide > columns:
        problems.append(f"粘贴的内容有 {wide} 列，从这里起只有 {columns} 列")
    if problems:
        raise InvalidValueError("；".join(problems))
    return tuple(_read_row(number, row, unit) for number, row in enumerate(block))


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
