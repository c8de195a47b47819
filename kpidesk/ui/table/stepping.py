"""Which cell comes next when one types a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def next_editable(view: QTableView, here: QModelIndex, down: int, right: int) -> QModelIndex | None:
    """The next visible cell that can be typed into; None at the end.

    `down` (±1) stays in the column; `right` (±1) reads on, line by line, as columns are seen.
    """
    model, header = view.model(), view.horizontalHeader()
    rows, columns = model.rowCount(), model.columnCount()
    if down:
        places = [(row, here.column()) for row in _from(here.row(), down, rows)]
    else:
        start = here.row() * columns + header.visualIndex(here.column())
        places = [
            (place // columns, header.logicalIndex(place % columns))
            for place in _from(start, right, rows * columns)
        ]
    for row, column in places:
        index = model.index(row, column)
        editable = index.flags() & Qt.ItemFlag.ItemIsEditable
        if editable and not view.isColumnHidden(column):
            return index
    return None


def _from(start: int, step: int, count: int) -> range:
    """The places after (or before) `start`, one after the other, to the end."""
    return range(start + step, count if step > 0 else -1, step)
