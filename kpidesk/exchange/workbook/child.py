"""The process that reads workbooks: a hostile file may kill it, and nothing else.

It is told what to do by `kpidesk.exchange.workbook.reader`, in bytes and pickled values.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpidesk.exchange.workbook.delimited import read_delimited
from kpidesk.exchange.workbook.found import (
    MOST_CELLS,
    MOST_SHEETS,
    Place,
    RawValue,
    Sheet,
    WorkbookError,
)
from kpidesk.exchange.workbook.preflight import (
    Archive,
    cells_of_styles,
    check_columns,
    valueless_cells,
    wrong_cells,
)

if sys.platform == "linux":
    import resource

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MORE_MEMORY: Final = 1_000_000_000
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_BROKEN: Final = "文件已损坏，不能读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试"
_LOCKED_SAYS: Final = "文件设有密码，不能读取。请取消密码后另存再试"


def serve(line: Connection) -> None:
    """Answer each workbook with its sheets, or with the sentence why not, until the line closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _be_quiet()
    gc.disable()
    import python_calamine  # noqa: F401 - loaded while the file is still being read

    _bound_memory()
    try:
        while True:
            name, content = line.recv()
            try:
                line.send(tuple(_sheets(content, name)))
            except WorkbookError as error:
                line.send(str(error))
            except MemoryError:
                line.send("内存不够，文件太大了。请只保留要导入的工作表，另存再试")
    except EOFError:
        return


def _sheets(content: bytes, name: str) -> Iterator[Sheet]:
    if content.startswith(_ZIP):
        archive = Archive(content)
        parts, percents = archive.sheet_parts(), archive.percent_styles()
        for title, text in parts.items():
            check_columns(title, text)
        for sheet in _read(content):
            text = parts.get(sheet.name, b"")
            yield Sheet(
                sheet.name,
                _with_errors(sheet.rows, wrong_cells(text)),
                valueless_cells(text),
                cells_of_styles(text, percents),
                sheet.is_hidden,
            )
    elif content.startswith(_OLD):
        if _LOCKED in content:
            raise WorkbookError(_LOCKED_SAYS)
        for sheet in _read(content):
            yield replace(sheet, knows_formats=False)
    else:
        yield read_delimited(content, name)


def _read(content: bytes) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            yield from _tables(book)
    except PasswordError as error:
        raise WorkbookError(_LOCKED_SAYS) from error
    except (WorkbookError, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # the library's own panics derive from BaseException
        raise WorkbookError(_BROKEN) from error


def _tables(book: CalamineWorkbook) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(tables) > MOST_SHEETS:
        msg = f"有 {len(tables)} 个工作表，太多了。请只保留要导入的工作表，另存再试"
        raise WorkbookError(msg)
    cells = 0
    for one in tables:
        sheet = book.get_sheet_by_name(one.name)
        cells += sheet.total_height * sheet.total_width
        if cells > MOST_CELLS:
            msg = (
                f"工作表“{one.name}”有 {sheet.total_height} 行、{sheet.total_width} 列，"
                f"太大了(最多 {MOST_CELLS // 10_000} 万格)。请删去多余的行和列后另存再试"
            )
            raise WorkbookError(msg)
        rows = tuple(map(_trimmed, sheet.to_python(skip_empty_area=False)))
        yield Sheet(one.name, rows, is_hidden=one.visible is not SheetVisibleEnum.Visible)


def _with_errors(
    rows: tuple[tuple[RawValue, ...], ...], wrong: Mapping[Place, str]
) -> tuple[tuple[RawValue, ...], ...]:
    """The rows with the errors in their cells, which came as empty ones."""
    if not wrong:
        return rows
    patched = [list(row) for row in rows]
    for (row, column), text in wrong.items():
        while len(patched) <= row:
            patched.append([])
        patched[row].extend([""] * (column + 1 - len(patched[row])))
        patched[row][column] = text
    return tuple(map(tuple, patched))


def _trimmed(row: list[RawValue]) -> tuple[RawValue, ...]:
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return tuple(row[:last] if last < len(row) else row)


def _be_quiet() -> None:
    """What the library says when a file breaks it helps nobody; the answer is that it did."""
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _bound_memory() -> None:
    """Where the system can hold a process to it, no more memory than a large workbook takes."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + _MORE_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
