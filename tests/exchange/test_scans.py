"""Scans are read whatever happened to the paper; what cannot be read is refused in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter

from kpidesk.core.contract import Copy
from kpidesk.core.page_code import PREFIX
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.contract import contract_pdf
from kpidesk.exchange.scan.found import MOST_BYTES, Half, Part, ScanError, SheetFound
from kpidesk.exchange.scan.reader import ScanReader
from tests.documents.samples import (
    DIRECTOR,
    MANAGER,
    STAMP,
    director_appraisal,
    director_contract,
    manager_contract,
)
from tests.soak.degrade import (
    as_jpeg,
    as_pdf,
    blurred,
    printed_pages,
    stained,
    turned,
    two_up,
)
from tests.soak.scans import read_round

A4 = (595.0, 842.0)
PDF = contract_pdf(manager_contract(), MANAGER, copy=Copy.PARTY_A, stamp=STAMP)
NOISE = Random(1).randbytes(2000)  # noqa: S311 - the same noise in every run
CODES = [f"KPI1:C:12:1:A:{page}/3:9F8E7D6C" for page in (1, 2, 3)]


@pytest.fixture(scope="module")
def reader() -> Iterator[ScanReader]:
    with ScanReader(PREFIX) as made:
        yield made


def sheets(reader: ScanReader, content: bytes) -> list[SheetFound]:
    count, *found = reader.read(content)
    assert count == len(found)
    return [one for one in found if isinstance(one, SheetFound)]


def parts(reader: ScanReader, content: bytes) -> list[Part]:
    return [part for sheet in sheets(reader, content) for part in sheet.parts]


def saved(images: list[Image.Image], kind: str, **options: object) -> bytes:
    file = BytesIO()
    images[0].save(file, kind, **options)
    return file.getvalue()


def refusal(reader: ScanReader, content: bytes) -> str:
    with pytest.raises(ScanError) as raised:
        list(reader.read(content))
    # It goes on with the next scan.
    assert [one.codes for one in parts(reader, PDF)] == [(code,) for code in CODES]
    return str(raised.value)


def test_a_spoilt_stack_of_ten_contracts_is_read(reader: ScanReader) -> None:
    tally: Counter[str] = Counter()
    pages, _ = read_round(1, reader, tally, contracts=10)
    read = sum(count for name, count in tally.items() if name.endswith(": read"))
    assert pages == 30
    assert tally["wrong"] == 0
    assert read == pages, tally


def test_each_kind_of_picture_is_read(reader: ScanReader) -> None:
    pages = printed_pages(PDF, 150)
    dirty = [page.point(lambda value: 255 if value > 128 else 0).convert("1") for page in pages]
    fax = {"save_all": True, "compression": "group4"}
    tiff = saved(dirty, "TIFF", append_images=dirty[1:], **fax)
    assert [one.codes for one in parts(reader, tiff)] == [(code,) for code in CODES]
    for kind in ("PNG", "JPEG", "BMP"):
        assert parts(reader, saved(pages, kind)) == [Part(codes=(CODES[0],))]
    clear = pages[0].convert("RGBA")
    clear.putalpha(pages[0].point(lambda value: 255 - value))
    assert parts(reader, saved([clear], "PNG")) == [Part(codes=(CODES[0],))]
    deep = pages[0].convert("I").point(lambda value: value * 256).convert("I;16")
    assert parts(reader, saved([deep], "TIFF")) == [Part(codes=(CODES[0],))]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_how_a_page_lies_is_known(reader: ScanReader, turn: int) -> None:
    page = turned(printed_pages(PDF, 150)[0], turn)  # counterclockwise
    assert parts(reader, saved([page], "PNG")) == [Part(codes=(CODES[0],), turn=turn)]


def test_two_pages_on_a_sheet_are_its_halves(reader: ScanReader) -> None:
    first, second, _ = printed_pages(PDF, 150)
    sheet = two_up(first, second)
    assert parts(reader, saved([sheet], "PNG")) == [
        Part(Half.LEFT, (CODES[0],)),
        Part(Half.RIGHT, (CODES[1],)),
    ]
    assert parts(reader, saved([turned(sheet, 90)], "PNG")) == [
        Part(Half.TOP, (CODES[1],), 90),
        Part(Half.BOTTOM, (CODES[0],), 90),
    ]


def test_the_half_whose_code_is_gone_stays_a_half(reader: ScanReader) -> None:
    first, second, _ = printed_pages(PDF, 150)
    second.paste(255, (0, 0, second.width, 250))
    assert parts(reader, saved([two_up(first, second)], "PNG")) == [
        Part(Half.LEFT, (CODES[0],)),
        Part(Half.RIGHT),
    ]


def test_a_page_on_a_larger_glass_is_one_page(reader: ScanReader) -> None:
    page = printed_pages(PDF, 150)[0]
    glass = two_up(page, Image.new("L", page.size, 245))
    assert parts(reader, saved([glass], "PNG")) == [Part(codes=(CODES[0],))]


def test_a_photograph_with_the_desk_around_is_one_page(reader: ScanReader) -> None:
    page = printed_pages(PDF, 150)[0]
    for width, height in ((2400, 2000), (1800, 2600), (1700, 1900)):
        desk = stained(Image.new("L", (width, height), 150), Random(2), 90)  # noqa: S311 - a desk
        small = page.resize((round(height * 0.6 / 1.414), round(height * 0.6)))
        desk.paste(small, ((width - small.width) // 2, (height - small.height) // 2))
        assert parts(reader, saved([desk], "JPEG")) == [Part(codes=(CODES[0],))]


def test_two_wide_pages_stand_one_above_the_other(reader: ScanReader) -> None:
    sheet = make_sheet(DIRECTOR, director_contract(), director_appraisal())
    pdf = blank_sheet_pdf(sheet, director_contract(), DIRECTOR, stamp=STAMP)
    first, second, *_ = printed_pages(pdf, 150)
    assert first.width > first.height
    both = turned(two_up(turned(first, 90), turned(second, 90)), -90)
    total = len(printed_pages(pdf, 50))
    assert parts(reader, saved([both], "PNG")) == [
        Part(Half.TOP, (f"KPI1:C:12:1:-:1/{total}:9F8E7D6C",)),
        Part(Half.BOTTOM, (f"KPI1:C:12:1:-:2/{total}:9F8E7D6C",)),
    ]
    second.paste(255, (0, 0, second.width, 250))
    both = turned(two_up(turned(first, 90), turned(second, 90)), -90)
    assert [one.half for one in parts(reader, saved([both], "PNG"))] == [Half.TOP, Half.BOTTOM]


def test_blank_backs_are_told_from_pages_whose_code_is_gone(reader: ScanReader) -> None:
    page = printed_pages(PDF, 150)[1]
    page.paste(255, (0, 0, page.width, 300))
    back = Image.new("L", page.size, 240)
    assert parts(reader, saved([back], "PNG")) == [Part(is_blank=True)]
    assert parts(reader, saved([blurred(page, 1)], "PNG")) == [Part()]


def test_codes_of_others_are_ignored(reader: ScanReader) -> None:
    page = printed_pages(PDF, 150)[0]
    for text, place in (
        ("https://example.com/KPI1:C:12", (900, 200)),
        ("6901234567892", (900, 600)),
    ):
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
        page.paste(Image.fromarray(barcode.to_image(scale=5)), place)
    assert parts(reader, saved([page], "PNG")) == [Part(codes=(CODES[0],))]


def test_an_empty_file_is_called_empty(reader: ScanReader) -> None:
    with pytest.raises(ScanError, match="文件是空的"):
        next(reader.read(b""))


def test_what_is_no_scan_is_refused(reader: ScanReader) -> None:
    assert "不是 PDF" in refusal(reader, b"PK\x03\x04 word")
    assert "文件是空的" in refusal(reader, b"")
    assert "已损坏" in refusal(reader, b"%PDF-1.7\n" + NOISE)
    assert "已损坏" in refusal(reader, b"\x89PNG\r\n\x1a\n" + NOISE)


def test_a_picture_that_ends_too_soon_is_a_page_that_cannot_be_read(reader: ScanReader) -> None:
    jpeg = as_jpeg(printed_pages(PDF, 150)[0], 60, 150)
    [sheet] = sheets(reader, jpeg[: len(jpeg) // 8])
    assert sheet.problem == "这一页已损坏"
    assert sheet.parts == (Part(),)


def test_an_encrypted_pdf_is_refused(reader: ScanReader) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(PDF)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    assert "密码" in refusal(reader, file.getvalue())


def test_what_is_too_much_is_refused_before_it_is_decoded(reader: ScanReader) -> None:
    white = Image.new("1", (20_000, 20_000), 1)
    assert "20000 × 20000 像素" in refusal(reader, saved([white], "PNG"))
    document = pypdfium2.PdfDocument.new()
    for _ in range(500):
        document.new_page(*A4)
    file = BytesIO()
    document.save(file)
    assert "有 500 页" in refusal(reader, file.getvalue())
    assert "200 MB" in refusal(reader, bytes(MOST_BYTES + 1))


def test_a_huge_picture_in_a_pdf_costs_only_its_page(reader: ScanReader) -> None:
    page = as_jpeg(printed_pages(PDF, 150)[0], 60, 150)
    huge = as_jpeg(Image.new("L", (20_000, 20_000), 255), 40, 300)
    first, second = sheets(reader, as_pdf([(huge, *A4), (page, *A4)]))
    assert "20000 × 20000 像素" in first.problem
    assert second.parts == (Part(codes=(CODES[0],)),)


def test_a_page_that_ends_the_process_costs_only_itself(reader: ScanReader) -> None:
    reading = reader.read(PDF)
    assert next(reading) == 3
    reader._process.kill()
    first, *others = reading
    assert isinstance(first, SheetFound)
    assert first.problem.startswith("这一页读取出错")
    assert [one.parts for one in others if isinstance(one, SheetFound)] == [
        (Part(codes=(code,)),) for code in CODES[1:]
    ]
