"""导出为 Excel: a table as it is seen, with real numbers and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QApplication, QTableView

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.period import parse_day
from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.table.model import RowsModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.column import Column
    from kpidesk.ui.table.view import TableView

_ISO_LENGTH = 10
_NONE = "—"
"""Stands on the screen where there is no figure."""


def export_table(desk: Desk, table: TableView[Any], name: str) -> None:
    """Ask where to, and write the rows in view: visible columns in the order of the heading."""
    titles, rows = table_values(table)
    if desk.company is not None and desk.company.sees:
        name = f"{name}（范围：{desk.company.sees}）"

    def write(path: Path) -> None:
        def work() -> None:
            from kpidesk.usecases.exporting import table_workbook

            write_whole(path, table_workbook(name, titles, rows))

        desk.tasks.run(work, lambda _: desk.tell(f"已导出 {len(rows)} 行到 {path}"), owner=table)

    start = desk.documents / f"{file_name(f'{name} {desk.today}')}.xlsx"
    choose_file(table, "导出为 Excel", start, "Excel 工作簿 (*.xlsx)", write, to_save=True)


def export_any(desk: Desk, page: QWidget, name: str) -> None:
    """Export the table with the cursor, else the first one in view; say so when there is none."""
    here = QApplication.focusWidget()
    views = cast("list[QTableView]", page.findChildren(QTableView))
    tables = [one for one in views if one.isVisible() and _is_ours(one)]
    chosen = next((one for one in tables if one is here), tables[0] if tables else None)
    if chosen is None:
        desk.tell("这一页没有可以导出的表格")
    else:
        export_table(desk, cast("TableView[Any]", chosen), name)


def _is_ours(view: QTableView) -> bool:
    return isinstance(view.model(), RowsModel)


def table_values(
    table: TableView[Any],
) -> tuple[list[str], list[list[str | Decimal | date | None]]]:
    """The titles and cells of a table as they are seen, read back as what they are."""
    header = table.horizontalHeader()
    numbers = sorted(range(len(table.rows.columns)), key=header.visualIndex)
    columns = [table.rows.columns[n] for n in numbers if not header.isSectionHidden(n)]
    shown = table.rows.shown()
    texts = [[column.text(row) for row in shown] for column in columns]
    percent = [_is_percent(*one) for one in zip(columns, texts, strict=True)]
    cells = [
        [_value(column, text.removesuffix("%") if is_percent else text) for text in own]
        for column, own, is_percent in zip(columns, texts, percent, strict=True)
    ]
    titles = [
        f"{column.title}（%）" if is_percent and "%" not in column.title else column.title
        for column, is_percent in zip(columns, percent, strict=True)
    ]
    return titles, [list(row) for row in zip(*cells, strict=True)]


def _is_percent(column: Column[Any], texts: Sequence[str]) -> bool:
    """Whether all figures of a column are percentages: then the heading says it once."""
    said = [one for one in texts if one.strip() not in ("", _NONE)]
    return column.right and bool(said) and all(one.endswith("%") for one in said)


def _value(column: Column[Any], text: str) -> str | Decimal | date | None:
    """A right-aligned text that is a number, and an ISO day; all else stays text."""
    plain = text.strip()
    if not plain or (column.right and plain == _NONE):
        return None
    try:
        if column.right and not plain.endswith(("%", "万", "亿")):
            return parse_decimal(plain)
        if len(plain) == _ISO_LENGTH and plain[4] == plain[7] == "-":
            return parse_day(plain)
    except InvalidValueError:
        pass
    return text
