"""Tables as text: .csv of Excel and WPS, in UTF-8 or in the Chinese code page."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from kpidesk.exchange.workbook.found import MOST_CELLS, Sheet, WorkbookError

_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_SEPARATORS: Final = ",\t;"
_LOOKED_AT: Final = 20  # lines from which the separator is guessed
_CONTROL: Final = frozenset(map(chr, range(32))) - frozenset("\t\r\n\f")
_LONGEST: Final = 100_000


def read_delimited(content: bytes, name: str) -> Sheet:
    """The one sheet of a text; every cell is text. WorkbookError when it is no table."""
    text = _decoded(content)
    if _CONTROL & set(text):
        msg = "不是表格文件，或已损坏。请选择 .xlsx、.xls 或 .csv 文件"
        raise WorkbookError(msg)
    if text.lstrip()[:1] == "<":
        msg = "这是网页或 XML，不是表格。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试"
        raise WorkbookError(msg)
    head = text.splitlines()[:_LOOKED_AT]
    separator = max(_SEPARATORS, key=lambda one: sum(line.count(one) for line in head))
    csv.field_size_limit(_LONGEST)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
            cells += len(row)
            if cells > MOST_CELLS:
                msg = f"内容超过 {MOST_CELLS // 10_000} 万格，太大了。请分成几个文件"
                raise WorkbookError(msg)
            rows.append(tuple(row))
    except csv.Error as error:
        msg = f"第 {len(rows) + 1} 行附近的引号不成对，读不下去。请改正，或另存为 .xlsx 后再试"
        raise WorkbookError(msg) from error
    return Sheet(name, tuple(rows))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    msg = "文字编码认不出来。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试"
    raise WorkbookError(msg)
