"""What is found in a workbook: its sheets and their cells; and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from kpidesk.core.errors import KpiDeskError

MOST_BYTES: Final = 50_000_000
MOST_CELLS: Final = 3_000_000
MOST_SHEETS: Final = 100
MOST_COLUMNS: Final = 702
"""As many as have names of two letters: A to ZZ."""
_LETTERS: Final = 26

RawValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""What stands in a cell as the file has it; "" where nothing does."""

Place: TypeAlias = tuple[int, int]
"""Row and column of a cell, from 0."""


class WorkbookError(KpiDeskError):
    """A workbook that cannot be read; the file stays as it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, from its first row and column; rows may be of different length.

    `valueless` are cells whose formula was never computed, `percents` those shown in percent;
    files of the old format (.xls) do not tell: `knows_formats` is false.
    """

    name: str
    rows: tuple[tuple[RawValue, ...], ...]
    valueless: frozenset[Place] = field(default=frozenset())
    percents: frozenset[Place] = field(default=frozenset())
    is_hidden: bool = False
    knows_formats: bool = True

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.rows), default=0)

    def shows_percent(self, place: Place) -> bool | None:
        """Whether a cell shows its number in percent; None where the file does not tell."""
        return place in self.percents if self.knows_formats else None

    def at(self, row: int, column: int) -> RawValue:
        """What stands in a cell."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def address(row: int, column: int) -> str:
    """How a cell is called: (0, 0) is A1."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """How a column is called: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
