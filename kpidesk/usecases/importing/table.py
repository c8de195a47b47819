"""The rows of a sheet under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from kpidesk.exchange.workbook.found import Place, RawValue, Sheet
from kpidesk.exchange.workbook.values import is_empty, shown


class Table:
    """A sheet below its header row, columns called by what they mean."""

    def __init__(self, sheet: Sheet, header: int, mapping: Mapping[int, str], file: str) -> None:
        """`mapping` gives what each column of the sheet means."""
        self.sheet, self.header, self.file = sheet, header, file
        self.mapping = dict(sorted(mapping.items()))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: column for column, key in self.mapping.items()}

    def rows(self) -> Iterator[int]:
        """The rows below the header in which something stands in a column that counts."""
        wanted = tuple(self.mapping)
        for number in range(self.header + 1, len(self.sheet.rows)):
            row = self.sheet.rows[number]
            size = len(row)
            if any(one < size and row[one] != "" and not is_empty(row[one]) for one in wanted):
                yield number

    def has(self, key: str) -> bool:
        """Whether the file says something of a kind."""
        return key in self._places

    def column(self, key: str) -> int:
        """Where a kind of value stands; the first column that counts where there is none."""
        return self._places.get(key, next(iter(self.mapping), 0))

    def place(self, row: int, key: str) -> Place:
        """The cell of a kind of value in a row."""
        return row, self.column(key)

    def value(self, row: int, key: str) -> RawValue:
        """What stands in it; "" where there is no such column."""
        column = self._places.get(key)
        return "" if column is None else self.sheet.at(row, column)

    def cell(self, row: int, key: str) -> tuple[RawValue, Place]:
        """What stands in the cell of a kind of value, and where that is."""
        column = self._places.get(key)
        if column is None:
            return "", self.place(row, key)
        return self.sheet.at(row, column), (row, column)

    def heading(self, column: int) -> str:
        """What stands above a column."""
        return shown(self.sheet.at(self.header, column)) if self.sheet.rows else ""

    def texts(self, row: int) -> tuple[str, ...]:
        """The cells of a row that count, as text."""
        return tuple(shown(self.sheet.at(row, column)) for column in self.mapping)
