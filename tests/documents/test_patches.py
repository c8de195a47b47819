from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.fonts import Face, glyph
from kpidesk.documents.patches import to_unicode_map
from tests.documents.samples import DIRECTOR, STAMP, director_contract, text_of


def test_names_beyond_the_basic_plane_are_copied_as_themselves_by_every_reader() -> None:
    for name in ("张䶮", "李㛃", "王𫖯", "赵𬭎", "欧阳𠮷"):
        pdf = contract_pdf(director_contract(name), DIRECTOR, copy=None, stamp=STAMP)
        assert f"乙方：{name}" in text_of(pdf)
        assert name in "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        text = page.get_textpage()
        assert name in text.get_text_range()
        text.close()
        page.close()
        document.close()


def test_the_table_for_copying_is_utf_16_in_blocks_of_at_most_a_hundred() -> None:
    table = to_unicode_map("F", [*range(0x4E00, 0x4E00 + 149), 0x2CC56])
    assert "<95> <D873DC56>" in table
    assert "100 beginbfchar" in table
    assert "50 beginbfchar" in table


def test_only_our_own_fonts_stand_in_the_file_all_embedded() -> None:
    pdf = contract_pdf(director_contract(), DIRECTOR, copy=None, stamp=STAMP)
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/Type /FontDescriptor") == pdf.count(b"/FontFile2") > 5
    names = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", pdf))
    assert names == {
        b"NotoSerifSC-Regular",
        b"NotoSerifSC-Bold",
        b"NotoSansSC-Regular",
        b"NotoSansSC-Bold",
        b"RareHan-Regular",
    }


def test_a_table_of_a_font_is_copied_once() -> None:
    glyph("一", Face.SONG)
    face = pdfmetrics.getFont(Face.SONG.main).face
    assert face.get_table("glyf") is face.get_table("glyf")
