"""Workbooks for tests, made as Excel makes them, and hostile ones."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

_TYPES = (
    '<?xml version="1.0"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}" '
    'Target="{1}"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = (
    '<?xml version="1.0"?>{0}<worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{1}</sheetData></worksheet>"
)


def write_book(
    path: Path, rows: Sequence[Sequence[Any]], *, name: str = "表", percent: bool = False
) -> Path:
    """Rows as Excel would keep them; with `percent`, numbers are shown in percent."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(name)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    shown = book.add_format({"num_format": "0.0%"}) if percent else None
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, days)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write(number, column, value, shown)
    book.close()
    return path


def raw_book(
    path: Path, body: str, *, before: str = "", more: Mapping[str, str] | None = None
) -> Path:
    """A workbook whose one sheet holds just this XML."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _SHEET.format(before, body),
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path
