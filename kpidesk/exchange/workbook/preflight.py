"""What is looked at before a workbook is read: how large it would become, and what is forbidden.

A workbook of a few kilobytes can unpack to gigabytes, or name itself within itself.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import Final

from kpidesk.exchange.workbook.found import MOST_COLUMNS, Place, WorkbookError

_MOST_ENTRIES: Final = 2_000
_MOST_UNPACKED: Final = 400_000_000
_MOST_RATIO: Final = 300
_SMALL: Final = 2_000_000  # what unpacks to less than this may be packed as tightly as it likes
_XML: Final = (".xml", ".rels", ".vml")
_OTHERS: Final = {"word/": "Word 文档", "ppt/": "演示文稿"}
_RESAVE: Final = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿(.xlsx)”后再试"

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(rb"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c(\s[^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_WRONG: Final = re.compile(
    rb"<(?:\w+:)?c(\s[^>]*\bt=\"e\"[^>]*)>(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v>([^<]{1,30})<"
)
_STYLED: Final = re.compile(rb"<(?:\w+:)?c(\s[^>]*\bs=\"(\d+)\"[^>]*)>")
_FAR: Final = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"[A-Z]{3}\d")
_LOW: Final = re.compile(rb"\br=\"[A-Z]{0,3}(\d{7,})\"")
_LAST_ROW: Final = 1_048_576
_FORMAT: Final = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_REF: Final = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_PERCENT_FORMATS: Final = frozenset({b"9", b"10"})  # those that Excel has from the beginning


class Archive:
    """An .xlsx file that has passed; tells what the reader of the cells does not."""

    def __init__(self, content: bytes) -> None:
        """WorkbookError says why it must not be read."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            msg = f"文件已损坏，不能读取。{_RESAVE}"
            raise WorkbookError(msg) from error
        _check_sizes(entries)
        names = {one.filename for one in entries}
        for folder, what in _OTHERS.items():
            if any(name.startswith(folder) for name in names):
                msg = f"这是{what}，不是表格。请选择 Excel 或 WPS 表格文件"
                raise WorkbookError(msg)
        if "xl/workbook.bin" in names or "content.xml" in names:
            msg = f"这种表格格式不能读取。{_RESAVE}"
            raise WorkbookError(msg)
        self._parts: dict[str, bytes] = {}
        for name in names:
            if name.endswith(_XML):
                self._check_part(name)

    def sheet_parts(self) -> dict[str, bytes]:
        """The text of each sheet by its name."""
        targets = {}
        for found in _RELATION.finditer(self._part("xl/_rels/workbook.xml.rels")):
            known = dict(_ATTRIBUTE.findall(found[1]))
            target = known.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
            targets[known.get(b"Id", b"")] = target.removeprefix("xl/")
        parts = {}
        for found in _SHEET.finditer(self._part("xl/workbook.xml")):
            known = dict(_ATTRIBUTE.findall(found[1]))
            link = next((value for key, value in known.items() if key.endswith(b":id")), b"")
            name = unescape(known.get(b"name", b"").decode("utf-8", "replace"))
            parts[name] = self._part(f"xl/{targets.get(link, '')}")
        return parts

    def percent_styles(self) -> frozenset[bytes]:
        """The numbers of the styles that show a value in percent."""
        text = self._part("xl/styles.xml")
        formats = set(_PERCENT_FORMATS)
        for found in _FORMAT.finditer(text):
            known = dict(_ATTRIBUTE.findall(found[1]))
            if b"%" in known.get(b"formatCode", b""):
                formats.add(known.get(b"numFmtId", b""))
        styles = _STYLES.search(text)
        every = _STYLE.findall(styles[0]) if styles else []
        return frozenset(
            b"%d" % number
            for number, one in enumerate(every)
            if dict(_ATTRIBUTE.findall(one)).get(b"numFmtId") in formats
        )

    def _part(self, name: str) -> bytes:
        return self._parts.get(name, b"")

    def _check_part(self, name: str) -> None:
        try:
            text = self._zip.read(name)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as why:
            msg = f"文件已损坏或设有密码，不能读取。{_RESAVE}"
            raise WorkbookError(msg) from why
        except Exception as error:  # zlib raises its own kind
            msg = f"文件已损坏，不能读取。{_RESAVE}"
            raise WorkbookError(msg) from error
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            msg = f"文件里有不该出现在表格中的定义，可能不安全，没有读取。{_RESAVE}"
            raise WorkbookError(msg)
        self._parts[name] = text


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(one.file_size for one in entries)
    packed = sum(one.compress_size for one in entries)
    twins = len({one.filename for one in entries}) != len(entries)
    starts = [one.header_offset for one in entries]
    if len(entries) > _MOST_ENTRIES or twins or len(set(starts)) != len(starts):
        msg = f"文件的内部结构不正常，没有读取。{_RESAVE}"
        raise WorkbookError(msg)
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MOST_RATIO):
        msg = (
            f"文件解开后有 {unpacked // 1_000_000} MB，太大了，没有读取。"
            "请只保留要导入的工作表，删去多余的空行和图片后另存再试"
        )
        raise WorkbookError(msg)


def check_columns(name: str, text: bytes) -> None:
    """Refuse a sheet that uses columns far to the right, or rows that no sheet has."""
    if any(int(found[1]) > _LAST_ROW for found in _LOW.finditer(text)):
        msg = f"工作表“{name}”的行号超出了 Excel 的范围，文件已损坏。{_RESAVE}"
        raise WorkbookError(msg)
    if _FAR.search(text):
        msg = (
            f"工作表“{name}”在第 {MOST_COLUMNS} 列以后还有内容，太宽了。"
            "请删去右边多余的列后另存再试"
        )
        raise WorkbookError(msg)


def valueless_cells(text: bytes) -> frozenset[Place]:
    """Cells that hold a formula and no result: the program that wrote them never computed."""
    if b"<f" not in text and b":f" not in text:
        return frozenset()
    places = set()
    for found in _FORMULA.finditer(text):
        known = dict(_ATTRIBUTE.findall(found[1]))
        if found[2] is not None and known.get(b"t") == b"str":
            continue  # computed, and the result is an empty text
        places |= _place(known.get(b"r", b""))
    return frozenset(places)


def wrong_cells(text: bytes) -> dict[Place, str]:
    """Cells that hold an error (#DIV/0!), which the reader of the cells takes for empty."""
    if b't="e"' not in text:
        return {}
    return {
        place: found[2].decode("utf-8", "replace")
        for found in _WRONG.finditer(text)
        for place in _place(dict(_ATTRIBUTE.findall(found[1])).get(b"r", b""))
    }


def cells_of_styles(text: bytes, styles: frozenset[bytes]) -> frozenset[Place]:
    """Cells in one of some styles."""
    if not styles:
        return frozenset()
    places: set[Place] = set()
    for found in _STYLED.finditer(text):
        if found[2] in styles:
            places |= _place(dict(_ATTRIBUTE.findall(found[1])).get(b"r", b""))
    return frozenset(places)


def _place(reference: bytes) -> set[Place]:
    found = _REF.fullmatch(reference)
    if not found:
        return set()
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return {(int(found[2]) - 1, column - 1)}
