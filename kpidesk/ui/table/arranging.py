"""Which rows of a table are in view, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import QCollator, QLocale, Qt

from kpidesk.ui.table.column import Column, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Arrangement(Generic[Row]):
    """A filter by words, one by rows, those of columns, and a column to sort by."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        """Everything in view, in the order in which it came."""
        self.keep: Callable[[Row], bool] | None = None
        self.words: tuple[str, ...] = ()
        """Casefolded; a row passes when it holds them all."""
        self.search: Callable[[Row], str] | None = None
        """Gives the text to look for words in, instead of all columns."""
        self.of_columns: dict[str, Callable[[str], bool]] = {}
        """By the key of a column: which of its texts pass."""
        self.sorted_by: tuple[Column[Row], Qt.SortOrder] | None = None
        self._columns = columns
        self._collator = QCollator(QLocale("zh_CN"))
        self._collator.setNumericMode(True)

    @property
    def is_filtered(self) -> bool:
        """True when rows may be out of view."""
        return bool(self.words) or bool(self.of_columns) or self.keep is not None

    def passes(self, row: Row) -> bool:
        """True when a row is in view."""
        if self.keep is not None and not self.keep(row):
            return False
        for column in self._columns if self.of_columns else ():
            wanted = self.of_columns.get(column.key)
            if wanted is not None and not wanted(column.text(row)):
                return False
        if not self.words:
            return True
        if self.search is not None:
            hay = self.search(row).casefold()
        else:
            hay = "\n".join(column.text(row) for column in self._columns).casefold()
        return all(word in hay for word in self.words)

    def arrange(self, rows: Sequence[Row]) -> list[Row]:
        """The rows in view; those without a value to sort by come last in both directions."""
        shown = [row for row in rows if self.passes(row)]
        if self.sorted_by is None:
            return shown
        column, order = self.sorted_by
        keyed = [(self._key(column, row), row) for row in shown]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        return [row for _, row in known] + [row for key, row in keyed if key is None]

    def _key(self, column: Column[Row], row: Row) -> Any:  # noqa: ANN401 - any sortable value
        if column.sort is not None:
            return column.sort(row)
        text = column.text(row)
        return self._collator.sortKey(text) if text else None
