"""Workbooks read in a process of its own, which may die or hang without harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kpidesk.exchange.separate import Separate, Serve
from kpidesk.exchange.workbook.found import MOST_BYTES, Sheet, WorkbookError

SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")
"""How the names of files end that may be tables."""
_SECONDS: Final = 20.0  # a slow machine starts the process and loads the libraries


def read_workbook(path: Path, stop: Callable[[], bool] = lambda: False) -> tuple[Sheet, ...]:
    """The sheets of a file that hold something; WorkbookError says why there are none.

    `stop` is asked now and then whether anybody still waits.
    """
    with Separate(_child) as process:
        process.start()
        answer = process.ask((path.stem, _content(path)), _SECONDS, stop)
    if answer is None and stop():
        msg = "已取消读取"
        raise WorkbookError(msg)
    match answer:
        case str() as why:
            raise WorkbookError(why)
        case tuple():
            sheets = tuple(one for one in answer if isinstance(one, Sheet) and any(one.rows))
            if not sheets:
                msg = "文件里没有内容。请核对是否选对了文件"
                raise WorkbookError(msg)
            return sheets
        case _:
            msg = (
                "读取失败：文件已损坏，或者大得读不完。"
                "请用 Excel 或 WPS 打开，只保留要导入的工作表，另存为“Excel 工作簿(.xlsx)”后再试"
            )
            raise WorkbookError(msg)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            msg = (
                f"文件有 {size // 1_000_000} MB，太大了(最多 {MOST_BYTES // 1_000_000} MB)。"
                "请只保留要导入的工作表，删去图片后另存再试"
            )
            raise WorkbookError(msg)
        content = path.read_bytes()
    except OSError as error:
        msg = f"打不开({error.strerror or error})。请检查文件是否还在、是否正被 Excel 占用"
        raise WorkbookError(msg) from error
    if not content:
        msg = "文件是空的。请核对是否选对了文件"
        raise WorkbookError(msg)
    return content


def _child() -> Serve:
    from kpidesk.exchange.workbook.child import serve

    return serve
