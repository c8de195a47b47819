"""Our tables as workbooks: real numbers and dates, safe whatever the texts say."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kpidesk.exchange.workbook.found import Place

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CellValue: TypeAlias = str | Decimal | date | bool | None

_WIDEST: Final = 48
_NARROWEST: Final = 8
_LONGEST: Final = 32_767  # characters of a cell
_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_DIGITS: Final = 15  # what Excel keeps of a number
_MOST_CHOICES: Final = 255  # characters of a drop-down that needs no sheet of its own
_ROWS_TO_FILL: Final = 2_000
_A4: Final = 9  # as Excel numbers paper


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it, a note for whoever fills it in, and what may be chosen."""

    title: str
    note: str = ""
    choices: tuple[str, ...] = ()
    is_text: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet: headings, rows; `wrong` are cells marked red, with what is wrong with them."""

    name: str
    headings: tuple[Heading, ...]
    rows: Sequence[Sequence[CellValue]]
    wrong: Mapping[Place, str] = field(default_factory=dict)
    to_fill: bool = False
    """Whether people are to write below: drop-downs and text columns go on to empty rows."""


def workbook(sheets: Sequence[TableSheet]) -> bytes:
    """The sheets as an .xlsx file."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
    )
    formats = _Formats(book)
    names: set[str] = set()
    for one in sheets:
        name = _name(one.name, names)
        _write(book, book.add_worksheet(name), one, formats)
    book.close()
    return target.getvalue()


class _Formats:
    """The looks of cells, made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library has no types
        base = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
        head = {**base, "bold": True, "bg_color": "#E8EEF7", "bottom": 1, "text_wrap": True}
        self.head: Format = book.add_format(head)
        self.needed: Format = book.add_format({**head, "font_color": "#B42318"})
        self.text: Format = book.add_format({**base, "num_format": "@"})
        self.day: Format = book.add_format({**base, "num_format": "yyyy-mm-dd"})
        self.wrong: Format = book.add_format({**base, "bg_color": "#FDE3E1", "num_format": "@"})
        self._base, self._book = base, book
        self._numbers: dict[int, Format] = {}

    def number(self, value: Decimal) -> Format:
        """Thousands apart, as many places as the number has."""
        exponent = value.as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        if places not in self._numbers:
            shape = "#,##0" + (f".{'0' * places}" if places else "")
            self._numbers[places] = self._book.add_format({**self._base, "num_format": shape})
        return self._numbers[places]


def _write(book: Any, sheet: Worksheet, table: TableSheet, formats: _Formats) -> None:  # noqa: ANN401 - the library has no types
    widths = [_width(one.title) + 2 for one in table.headings]
    for column, heading in enumerate(table.headings):
        sheet.write_string(
            0, column, heading.title, formats.needed if heading.required else formats.head
        )
        if heading.note:
            sheet.write_comment(0, column, heading.note, {"x_scale": 2, "author": ""})
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            place = (number, column)
            _write_cell(sheet, place, value, formats, is_wrong=place in table.wrong)
            if column < len(widths):
                widths[column] = max(widths[column], _width(_shown(value)) + 2)
    for place, message in table.wrong.items():
        sheet.write_comment(*place, message, {"x_scale": 2, "author": ""})
    for column, width in enumerate(widths):
        is_text = table.to_fill and table.headings[column].is_text
        wide = min(_WIDEST, max(_NARROWEST, width))
        sheet.set_column(column, column, wide, formats.text if is_text else None)
    if table.to_fill:
        _offer_choices(book, sheet, table)
    sheet.set_landscape()  # whoever prints it gets every column on the page, titled
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    if table.rows and not table.to_fill:
        sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)


def _write_cell(
    sheet: Worksheet, place: Place, value: CellValue, formats: _Formats, *, is_wrong: bool
) -> None:
    match value:
        case None:
            if is_wrong:
                sheet.write_blank(*place, None, formats.wrong)
        case bool():
            sheet.write_string(*place, "是" if value else "否", formats.text)
        case Decimal():
            if is_wrong or not _fits(value):
                look = formats.wrong if is_wrong else formats.text
                sheet.write_string(*place, f"{value:f}", look)
            else:
                sheet.write_number(*place, float(value), formats.number(value))
        case str():
            look = formats.wrong if is_wrong else formats.text
            sheet.write_string(*place, value[:_LONGEST], look)
        case _ if is_wrong:
            sheet.write_string(*place, str(value), formats.wrong)
        case _:
            sheet.write_datetime(*place, value, formats.day)


def _offer_choices(book: Any, sheet: Worksheet, table: TableSheet) -> None:  # noqa: ANN401 - the library has no types
    """Drop-downs; long lists stand on a hidden sheet."""
    for column, heading in enumerate(table.headings):
        if not heading.choices:
            continue
        source: list[str] | str = list(heading.choices)
        if len(",".join(heading.choices)) > _MOST_CHOICES or any("," in x for x in heading.choices):
            name = f"选项{column + 1}"
            lists = book.add_worksheet(name)
            lists.hide()
            for row, text in enumerate(heading.choices):
                lists.write_string(row, 0, text)
            source = f"='{name}'!$A$1:$A${len(heading.choices)}"
        sheet.data_validation(
            1,
            column,
            _ROWS_TO_FILL,
            column,
            {"validate": "list", "source": source, "error_type": "warning"},
        )


def _fits(value: Decimal) -> bool:
    """Whether a number of Excel's holds it exactly: 15 digits."""
    return len(value.normalize().as_tuple().digits) <= _DIGITS


def _shown(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:,f}"
        case str():
            return value
        case _:
            return str(value)


def _width(text: str) -> int:
    longest = max(text.split("\n"), key=len, default="")
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in longest)


def _name(text: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that is not taken."""
    plain = text.translate(_FORBIDDEN).strip("' ")[:_LONGEST_NAME] or "表"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        tail = f"({number})"
        name = plain[: _LONGEST_NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name
