"""A block of cells as a spreadsheet puts it on the clipboard: tabs, lines, quotes."""

from __future__ import annotations

import csv
from io import StringIO

from kpidesk.core.errors import InvalidValueError
from kpidesk.exchange.workbook.values import is_empty

_LONGEST = 1_000_000
_LONGEST_CELL = 500
_MOST_ROWS = 5000


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of copied cells, without empty ones at the end; InvalidValueError says what else."""
    if len(text) > _LONGEST:
        msg = "剪贴板里的内容太大，请分几次粘贴，或用“导入”"
        raise InvalidValueError(msg)
    try:
        rows = [
            tuple(row)
            for row in csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True)
        ]
    except csv.Error as error:
        msg = "剪贴板里的内容不是表格，请在 Excel 里选中单元格后复制"
        raise InvalidValueError(msg) from error
    while rows and all(is_empty(cell) for cell in rows[-1]):
        rows.pop()
    if not rows:
        msg = "剪贴板里没有内容，请先在 Excel 里选中单元格并复制"
        raise InvalidValueError(msg)
    if len(rows) > _MOST_ROWS:
        msg = f"剪贴板里有 {len(rows)} 行，最多 {_MOST_ROWS} 行"
        raise InvalidValueError(msg)
    for number, row in enumerate(rows, start=1):
        if len(longest := max(row, key=len, default="")) > _LONGEST_CELL:
            msg = f"剪贴板里第 {number} 行有一格长 {len(longest):,} 个字，不是数，请核对复制的范围"
            raise InvalidValueError(msg)
    return tuple(rows)
