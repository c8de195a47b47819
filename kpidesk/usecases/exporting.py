"""Tables of the window as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kpidesk.exchange.workbook.writing import Heading, TableSheet, workbook

__all__ = ["table_workbook"]


def table_workbook(
    name: str, titles: Sequence[str], rows: Sequence[Sequence[str | Decimal | date | None]]
) -> bytes:
    """A table as an .xlsx file: numbers are numbers, days are days, texts never formulas."""
    return workbook((TableSheet(name, tuple(map(Heading, titles)), rows),))
