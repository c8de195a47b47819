"""Chosen cells of a table → what other programs can paste."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QHeaderView

    from kpidesk.ui.table.model import RowsModel


_FORMULA: Final = ("=", "+", "-", "@")
"""What a text begins with that a spreadsheet takes for a formula."""
_NUMBER: Final = re.compile(r"[+-]\d[\d,]*(\.\d+)?%?|[1-9]\d{0,14}")
_DIGITS: Final = 15


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
    """Tabbed text for a spreadsheet, and a table for a document; a text is no formula in either."""
    mime = QMimeData()
    mime.setText("\n".join("\t".join(_harmless(cell) for cell in line) for line in lines))
    cells = "".join(f"<tr>{''.join(map(_cell, line))}</tr>" for line in lines)
    mime.setHtml(f"<table>{cells}</table>")
    return mime


def _cell(text: str) -> str:
    """A cell of a table; Excel and WPS keep it as text where they would make something else."""
    stays = text.startswith(_FORMULA) or (
        text.isdigit() and (text[0] == "0" or len(text) > _DIGITS)
    )
    is_text = stays and text != "0" and not _NUMBER.fullmatch(text)
    look = " style=\"mso-number-format:'\\@'\"" if is_text else ""
    return f"<td{look}>{escape(text)}</td>"


def _harmless(text: str) -> str:
    """On one line, and with an apostrophe where a spreadsheet would compute it."""
    flat = _flat(text)
    is_formula = flat.startswith(_FORMULA) and not _NUMBER.fullmatch(flat)
    return f"'{flat}" if is_formula else flat


def _flat(text: str) -> str:
    return " ".join(text.split())
