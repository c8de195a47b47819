"""Reading workbooks: what is in them is found; hostile ones are refused, and harm nothing."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.errors import InvalidValueError
from kpidesk.exchange.workbook.found import MOST_BYTES, RawValue, WorkbookError, address
from kpidesk.exchange.workbook.reader import read_workbook
from kpidesk.exchange.workbook.values import (
    day_of,
    flag_of,
    number_of,
    percent_of,
    shown,
    text_of,
)
from tests.exchange.books import raw_book, write_book

_CELL = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    return str(caught.value)


def test_cells_keep_their_place_and_kind(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "入职"], [], ["王芳", date(2025, 1, 5), 0.1 + 0.2, True]]
    (sheet,) = read_workbook(write_book(tmp_path / "a.xlsx", rows, name="花名册"))
    assert sheet.name == "花名册"
    assert sheet.rows == (("姓名", "入职"), (), ("王芳", date(2025, 1, 5), 0.3, True))
    assert sheet.at(2, 9) == ""
    assert [address(2, 1), address(0, 26), address(9, 701)] == ["B3", "AA1", "ZZ10"]


def test_errors_and_formulas_that_were_never_computed_are_told_from_empty_cells(
    tmp_path: Path,
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "f.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1/0", None, "#DIV/0!")
    sheet.write_formula("B1", "=A2&A3", None, "文字")
    book.close()
    (found,) = read_workbook(tmp_path / "f.xlsx")
    assert found.rows == (("#DIV/0!", "文字"),)
    body = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v/></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row>'
    )
    (found,) = read_workbook(raw_book(tmp_path / "raw.xlsx", body))
    assert found.valueless == {(0, 0), (0, 1)}


def test_cells_shown_in_percent_are_known(tmp_path: Path) -> None:
    (sheet,) = read_workbook(write_book(tmp_path / "p.xlsx", [["率", 0.95]], percent=True))
    assert sheet.percents == {(0, 1)}
    assert percent_of(sheet.at(0, 1), is_percent=True) == 95
    (plain,) = read_workbook(write_book(tmp_path / "n.xlsx", [["率", 0.95]]))
    assert plain.percents == frozenset()


def test_the_old_format_is_read_and_its_percent_is_not_guessed() -> None:
    (sheet,) = read_workbook(Path(__file__).with_name("old.xls"))
    assert sheet.rows[1] == ("G001", "王小明", "销售部", "客户经理", date(2025, 1, 5), 98.5)
    assert text_of(sheet.at(2, 0)) == "1002"
    assert sheet.shows_percent((3, 5)) is None
    with pytest.raises(InvalidValueError, match="还是 95"):
        percent_of(sheet.at(3, 5), is_percent=None)
    assert percent_of("0.95%", is_percent=None) == Decimal("0.95")
    assert percent_of(95.0, is_percent=None) == 95


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_are_read_in_the_usual_encodings(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = f'姓名{separator}备注\r\n王芳{separator}"第一行\r\n第二行"\r\n'
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    (sheet,) = read_workbook(path)
    assert sheet.rows == (("姓名", "备注"), ("王芳", "第一行\r\n第二行"))


def test_the_content_counts_not_the_ending_of_the_name(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", [["姓名"], ["王芳"]])
    for name in ("a.xls", "a.csv", "a.txt"):
        renamed = tmp_path / name
        renamed.write_bytes(book.read_bytes())
        assert read_workbook(renamed)[0].rows == (("姓名",), ("王芳",))
    text = tmp_path / "text.xlsx"
    text.write_text("姓名,工号\n王芳,G001\n", encoding="utf-8")
    assert read_workbook(text)[0].rows == (("姓名", "工号"), ("王芳", "G001"))


def test_a_zip_bomb_is_refused_by_what_it_would_unpack_to(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "bomb.xlsx", " " * 300_000_000)
    assert path.stat().st_size < 1_000_000
    assert "MB，太大了" in refusal(path)


def test_a_bomb_that_lies_about_its_size_harms_nothing(tmp_path: Path) -> None:
    path = raw_book(tmp_path / "liar.xlsx", " " * 30_000_000)
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = raw.replace(size.to_bytes(4, "little"), (4096).to_bytes(4, "little"))
    assert lied != raw
    path.write_bytes(lied)
    assert "损坏" in refusal(path)


def test_two_far_apart_cells_are_no_huge_table(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "太宽了" in refusal(raw_book(tmp_path / "wide.xlsx", _CELL.format(1) + far))
    below = '<row r="9999999"><c r="A9999999"><v>1</v></c></row>'
    assert "行号" in refusal(raw_book(tmp_path / "below.xlsx", below))
    low = '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>'
    told = refusal(raw_book(tmp_path / "low.xlsx", _CELL.format(1) + low))
    assert "太大" in told or "读取失败" in told or "内存不够" in told


def test_a_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_001))
    path = raw_book(tmp_path / "empty.xlsx", _CELL.format(1) + empty)
    (sheet,) = read_workbook(path)
    assert [row for row in sheet.rows if row] == [(1.0,)]


@pytest.mark.parametrize(
    ("before", "more"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]>', {}),
        ("", {"xl/styles.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><a/>'}),
    ],
)
def test_definitions_within_the_file_are_refused(
    tmp_path: Path, before: str, more: dict[str, str]
) -> None:
    path = raw_book(tmp_path / "dtd.xlsx", _CELL.format(1), before=before, more=more)
    assert "不安全" in refusal(path)


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cases = {
        b"": "空的",
        b"PK\x03\x04 broken": "损坏",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600): "损坏",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"): "密码",
        b"%PDF-1.7\x00\x01": "不是表格文件",
        b"<html><table><tr><td>1</td></tr></table></html>": "网页",
        '姓名,"工号\n王芳'.encode(): "引号",
        b"\xff\xfd\x80\x81": "编码",
    }
    for content, word in cases.items():
        path.write_bytes(content)
        assert word in refusal(path), content
    assert "打不开" in refusal(tmp_path / "没有.xlsx")
    assert "Word" in refusal(raw_book(path, "", more={"word/document.xml": "<a/>"}))
    assert "没有内容" in refusal(raw_book(path, ""))
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "太大了" in refusal(path)


def test_damaged_workbooks_never_end_the_program(tmp_path: Path) -> None:
    good = write_book(tmp_path / "a.xlsx", [[f"格{r}{c}" for c in range(6)] for r in range(40)])
    content, chance = good.read_bytes(), random.Random(7)  # noqa: S311 - no secret
    outcomes = {True: 0, False: 0}
    for number in range(25):
        bad = bytearray(content)
        for _ in range(1 + number % 8):
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        good.write_bytes(bytes(bad))
        try:
            read_workbook(good)
        except WorkbookError:
            outcomes[False] += 1
        else:
            outcomes[True] += 1
    assert outcomes[False]


# --- values


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("１２３４５", "12345"),
        ("1,234.50", "1234.50"),
        ("￥1,234", "1234"),
        ("12万", "120000"),
        ("1.5亿", "150000000"),
        ("95％", "0.95"),
        ("（100）", "-100"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
    ],
)
def test_numbers_are_understood(value: RawValue, expected: str) -> None:
    assert number_of(value) == Decimal(expected)


@pytest.mark.parametrize(
    "value",
    [
        "12.345.678",
        "1e5",
        "九十五",
        "#DIV/0!",
        True,
        "TRUE",
        date(2025, 1, 5),
        1e15,
        "1 2",
        "",
        "=1+1",
        "12,34",
    ],
)
def test_what_is_no_number_is_refused(value: RawValue) -> None:
    with pytest.raises(InvalidValueError):
        number_of(value)


@pytest.mark.parametrize(
    "value",
    [
        "2025-1-5",
        "2025/1/5",
        "2025年1月5日",
        "20250105",
        20250105.0,
        "２０２５．１．５",
        45662.0,
        45662,
        datetime(2025, 1, 5, 8, 30),  # noqa: DTZ001 - as Excel has it
        date(2025, 1, 5),
    ],
)
def test_days_are_understood_in_the_usual_forms(value: RawValue) -> None:
    assert day_of(value) == date(2025, 1, 5)


@pytest.mark.parametrize(
    "value", ["1月5日", "1-5", "2025-13-1", "2025-2-29", "昨天", 5.0, True, 1e9]
)
def test_what_is_no_day_is_refused(value: RawValue) -> None:
    with pytest.raises(InvalidValueError):
        day_of(value)


def test_a_long_number_has_lost_its_end_and_must_be_text() -> None:
    with pytest.raises(InvalidValueError, match="文本"):
        text_of(110105199003071234.0)
    assert text_of("110105199003071234") == "110105199003071234"
    assert text_of(1001.0) == "1001"
    with pytest.raises(InvalidValueError, match="公式"):
        text_of("#N/A")


def test_yes_and_no_are_said_in_many_ways() -> None:
    assert [flag_of(one) for one in ("是", "√", True, 1.0, "否", "无", 0.0)] == [True] * 4 + [
        False
    ] * 3
    with pytest.raises(InvalidValueError):
        flag_of("也许")


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_every_decimal_that_excel_holds_is_read_exactly(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    assert number_of(float(number)) == number
    assert number_of(f"{number:,f}") == number


@given(
    st.one_of(
        st.text(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.dates(),
        st.times(),
        st.timedeltas(),
    )
)
def test_any_cell_is_a_value_or_a_chinese_sentence(value: RawValue) -> None:
    shown(value)
    for read in (number_of, day_of, text_of, flag_of):
        try:
            read(value)
        except InvalidValueError as problem:
            assert any("一" <= letter <= "鿿" for letter in str(problem))  # noqa: PT017
