"""Chosen cells of a table → what other programs can paste."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QHeaderView

    from kpidesk.ui.table.model import RowsModel


def chosen_cells(
    indexes: Sequence[QModelIndex],
    header: QHeaderView,
    model: RowsModel[Any],
    *,
    with_titles: bool,
) -> list[list[str]]:
    """The cells as they are seen: hidden columns left out, columns in the order of the header."""
    columns = sorted({index.column() for index in indexes}, key=header.visualIndex)
    columns = [column for column in columns if not header.isSectionHidden(column)]
    chosen = {(index.row(), index.column()) for index in indexes}
    lines = [
        [
            str(model.index(row, column).data() or "") if (row, column) in chosen else ""
            for column in columns
        ]
        for row in sorted({index.row() for index in indexes})
    ]
    titles = [model.columns[column].title for column in columns]
    return [titles, *lines] if with_titles and lines else lines


def table_mime(lines: Sequence[Sequence[str]]) -> QMimeData:
    """Tabbed text for a spreadsheet, and a table for a document."""
    mime = QMimeData()
    mime.setText("\n".join("\t".join(_flat(cell) for cell in line) for line in lines))
    cells = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines
    )
    mime.setHtml(f"<table>{cells}</table>")
    return mime


def _flat(text: str) -> str:
    return " ".join(text.split())
