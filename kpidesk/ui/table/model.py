"""The one table model: shows a sequence of rows; asks for changes, never makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon

from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.table.arranging import Arrangement
from kpidesk.ui.table.column import Column, Row
from kpidesk.ui.text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Sequence

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
ROW = _Role.UserRole
TONE = _Role.UserRole + 1
ICON = _Role.UserRole + 2
WRONG = _Role.UserRole + 3
"""The message of a refused edit whose text is still in the cell."""
SHADE = _Role.UserRole + 4
INK = _Role.UserRole + 5
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows are replaced whole by `show`; sorting and filtering happen here.

    What was typed stays in its cell until the rows are shown anew, or, when it was refused, until
    it is typed again: nothing that the officer typed is lost.
    """

    refused = Signal(QModelIndex, str)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        parent: QObject | None = None,
    ) -> None:
        """`key` tells rows apart, so that selection and typing survive a reload."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._arrangement = Arrangement(self.columns)
        self._typed: dict[tuple[Hashable, str], str] = {}
        self._wrong: dict[tuple[Hashable, str], str] = {}
        self.is_locked = False
        """Whether nothing may be typed or ticked, whatever the columns say."""
        self.filter_mark: QIcon | None = None
        """Stands in the heading of a column that is filtered by."""
        self._bold = QFont()
        self._bold.setBold(True)

    # --- rows

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows instead; the same people in the same order stay under the cursor."""
        before = [self.key(row) for row in self._shown]
        self._all = tuple(rows)
        found = {self.key(row): row for row in self._all}
        self._typed = {cell: text for cell, text in self._typed.items() if cell in self._wrong}
        passing = {key for key, row in found.items() if self._arrangement.passes(row)}
        if len(before) == len(passing) and passing.issuperset(before):
            self._shown = [found[key] for key in before]
            if before:
                self._refresh(0, len(before) - 1)
            return
        self._forget_gone(found.keys())
        self._reset()

    def rows(self) -> tuple[Row, ...]:
        """All rows, whether the filter shows them or not."""
        return self._all

    def shown(self) -> tuple[Row, ...]:
        """The rows in view, in their order."""
        return tuple(self._shown)

    def row(self, number: int) -> Row:
        """The row at a place in view."""
        return self._shown[number]

    def find(self, key: Hashable) -> int:
        """The place in view of the row with a key; -1 when it is not in view."""
        return next((n for n, row in enumerate(self._shown) if self.key(row) == key), -1)

    def column(self, key: str) -> int:
        """The number of a column."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)

    # --- filter and sort

    def filter_text(self, text: str, search: Callable[[Row], str] | None = None) -> None:
        """Show rows that hold every word of `text` in a column (or in what `search` gives)."""
        self._arrangement.words = tuple(text.casefold().split())
        self._arrangement.search = search
        self._rearrange()

    def filter_rows(self, keep: Callable[[Row], bool] | None) -> None:
        """Show rows for which `keep` holds; None shows all (the text filter still counts)."""
        self._arrangement.keep = keep
        self._rearrange()

    def filter_column(self, key: str, wanted: Callable[[str], bool] | None) -> None:
        """Show rows whose text in a column is wanted; None shows all again."""
        self._arrangement.of_columns.pop(key, None)
        if wanted is not None:
            self._arrangement.of_columns[key] = wanted
        self._rearrange()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def clear_column_filters(self) -> None:
        """Show all that only the columns' filters hid."""
        for key in self.filtered_columns:
            self.filter_column(key, None)

    @property
    def filtered_columns(self) -> tuple[str, ...]:
        """The keys of the columns that are filtered by."""
        return tuple(self._arrangement.of_columns)

    @property
    def is_filtered(self) -> bool:
        """True when rows may be hidden."""
        return self._arrangement.is_filtered

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives the order in which rows came."""
        by = self.columns[column] if 0 <= column < len(self.columns) else None
        self._arrangement.sorted_by = None if by is None else (by, order)
        self._rearrange()

    def _rearrange(self) -> None:
        rows = self._arrangement.arrange(self._all)
        places = {self.key(row): number for number, row in enumerate(rows)}
        if len(rows) != len(self._shown) or any(self.key(row) not in places for row in self._shown):
            self._reset(rows)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [
            self.index(places[self.key(self._shown[index.row()])], index.column())
            for index in before
        ]
        self._shown = rows
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _reset(self, rows: list[Row] | None = None) -> None:
        self.beginResetModel()
        self._shown = self._arrangement.arrange(self._all) if rows is None else rows
        self.endResetModel()

    def _refresh(self, first: int, last: int) -> None:
        if self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    # --- edits

    def refuse(self, key: Hashable, column: str, message: str) -> None:
        """Say at its cell why what was typed there was not taken."""
        self._wrong[key, column] = message
        if (number := self.find(key)) >= 0:
            index = self.index(number, self.column(column))
            self.dataChanged.emit(index, index)
            self.refused.emit(index, message)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why the cells that hold text that was not taken did not take it."""
        return tuple(self._wrong.values())

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - Qt's
        role: int = _Role.EditRole,
    ) -> bool:
        """Ask for the change; False when it was refused."""
        if not index.isValid():
            return False
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role == _Role.CheckStateRole and column.toggle is not None:
            column.toggle(row, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or column.edit is None or not column.takes_edit(row):
            return False
        cell, text = (self.key(row), column.key), str(value)
        if text == self._typed.get(cell, column.text(row)) and cell not in self._wrong:
            return True
        self._typed[cell] = text
        self._wrong.pop(cell, None)
        if text == column.text(row):
            del self._typed[cell]
        else:
            try:
                column.edit(row, text)
            except (ValueError, KpiDeskError) as problem:
                self.refuse(*cell, str(problem))
                return False
        self.dataChanged.emit(index, index)
        return True

    def _forget_gone(self, keys: Container[Hashable]) -> None:
        self._typed = {cell: text for cell, text in self._typed.items() if cell[0] in keys}
        self._wrong = {cell: text for cell, text in self._wrong.items() if cell[0] in keys}

    # --- what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Rows in view."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # noqa: ANN401 - by role
        """What a cell shows."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self.columns[index.column()]
        match role:
            case _Role.DisplayRole | _Role.EditRole:
                if self._typed:
                    return self._typed.get((self.key(row), column.key), column.text(row))
                return column.text(row)
            case _Role.TextAlignmentRole if column.right:
                return _RIGHT | Qt.AlignmentFlag.AlignVCenter
            case _Role.CheckStateRole if column.checked is not None:
                return Qt.CheckState.Checked if column.checked(row) else Qt.CheckState.Unchecked
            case _Role.FontRole if column.bold is not None and column.bold(row):
                return self._bold
        return self._extra(row, column, role)

    def _extra(self, row: Row, column: Column[Row], role: int) -> Any:  # noqa: ANN401 - by role
        if role == WRONG:
            return self._wrong.get((self.key(row), column.key))
        if role == ROW:
            return row
        if role == _Role.ToolTipRole:
            wrong = self._wrong.get((self.key(row), column.key))
            tip = wrong or (column.tip(row) if column.tip is not None else "")
            return plain_tip(tip) if tip else None
        asks = {TONE: column.tone, ICON: column.icon, SHADE: column.shade, INK: column.ink}
        ask = asks.get(role)
        return None if ask is None else ask(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:  # noqa: ANN401 - by role
        """Column titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _Role.DisplayRole:
            column = self.columns[section]
            return column.heading or column.title
        if role == _Role.DecorationRole and self.columns[section].key in self.filtered_columns:
            return self.filter_mark
        if role == _Role.TextAlignmentRole:
            right = self.columns[section].right
            return (_RIGHT if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable and checkable where the column says so."""
        flags = super().flags(index)
        if index.isValid() and not self.is_locked:
            row, column = self._shown[index.row()], self.columns[index.column()]
            if column.takes_edit(row):
                flags |= Qt.ItemFlag.ItemIsEditable
            if column.toggle is not None:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags
