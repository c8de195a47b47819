from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from kpidesk.core.contract import Copy
from kpidesk.documents.archival import About
from kpidesk.documents.batch import Joiner, join
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.pictures import NotAPdfError, Pages
from kpidesk.documents.srgb import srgb_profile
from tests.documents.samples import (
    MANAGER,
    STAMP,
    codes_of,
    manager_contract,
    page_texts,
)

NAMES = ("张三", "𬭎䶮", "1 0 R (endobj)", "<b>李四</b> \\( >>")


def contract_of(name: str, copy: Copy = Copy.PARTY_A) -> bytes:
    return contract_pdf(manager_contract(name), MANAGER, copy=copy, stamp=STAMP)


def batch(*, duplex: bool = False) -> bytes:
    file = BytesIO()
    joiner = Joiner(file, About("责任书 4 份", "华远", "批量", "C"), duplex=duplex)
    for name in NAMES:
        joiner.add(f"{name} 甲方存", contract_of(name))
    joiner.finish()
    return file.getvalue()


def test_all_pages_are_there_in_order_and_look_the_same() -> None:
    whole = batch()
    singles = [contract_of(name) for name in NAMES]
    assert page_texts(whole) == tuple(page for pdf in singles for page in page_texts(pdf))
    assert list(codes_of(whole)) == [codes for pdf in singles for codes in codes_of(pdf)]
    with Pages(whole) as joined, Pages(singles[-1]) as last:
        assert joined.render(joined.page_count - 1, 1) == last.render(last.page_count - 1, 1)


def test_it_has_a_bookmark_for_each_part_and_pages_numbered_within_it() -> None:
    reader = PdfReader(BytesIO(batch()), strict=True)
    assert [str(one["/Title"]) for one in reader.outline] == [f"{name} 甲方存" for name in NAMES]  # type: ignore[call-overload] # no nested ones
    places = [reader.get_destination_page_number(one) for one in reader.outline]  # type: ignore[arg-type]
    assert places == [0, 3, 6, 9]
    assert reader.page_labels == ["1", "2", "3"] * 4


def test_it_is_fit_to_be_kept_like_its_parts() -> None:
    reader = PdfReader(BytesIO(batch()), strict=True)
    root: Any = reader.root_object
    assert root["/Lang"] == "zh-CN"
    assert root["/OutputIntents"][0]["/DestOutputProfile"].get_data() == srgb_profile()
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("责任书 4 份", "华远")


def test_the_same_parts_give_the_same_bytes() -> None:
    assert batch() == batch()


def test_what_both_copies_share_is_written_once() -> None:
    copies = [contract_of("张三", copy) for copy in Copy]
    assert len(join(copies)) < 0.75 * sum(map(len, copies))


def test_on_both_sides_each_part_begins_on_a_new_sheet() -> None:
    reader = PdfReader(BytesIO(batch(duplex=True)), strict=True)
    assert len(reader.pages) == 16
    assert [bool(page.extract_text()) for page in reader.pages] == [True, True, True, False] * 4
    assert {tuple(page.mediabox) for page in reader.pages} == {tuple(reader.pages[0].mediabox)}


@pytest.mark.parametrize(
    "pdf", [b"", b"PK\x03\x04", b"%PDF-1.4\nstartxref\n9\n%%EOF", b"startxref\nx"]
)
def test_what_is_no_pdf_of_ours_is_refused(pdf: bytes) -> None:
    with pytest.raises(NotAPdfError):
        join([pdf])
