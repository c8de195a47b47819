"""The rules of PDF/A-2b that our writer could break, checked on every document of every scheme."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader

from kpidesk.core.contract import Copy
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.srgb import srgb_profile
from kpidesk.documents.stamp import Stamp
from tests.documents.every import Paper, papers
from tests.documents.samples import MANAGER, manager_contract

PAPERS = [pytest.param(one, id=one.name) for one in papers()]
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@cache
def made(paper: Paper) -> bytes:
    return paper.make()


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def catalogue(reader: PdfReader) -> Any:  # noqa: ANN401 - a PDF dictionary
    return reader.root_object


def metadata(reader: PdfReader) -> ET.Element:
    return ET.fromstring(catalogue(reader)["/Metadata"].get_data())  # noqa: S314 - our own


def said(reader: PdfReader, path: str) -> str | None:
    found = metadata(reader).find(f".//{path}", SPACES)
    return None if found is None else "".join(found.itertext()).strip()


@pytest.mark.parametrize("paper", PAPERS)
def test_it_names_its_part_and_agrees_with_the_old_metadata(paper: Paper) -> None:
    reader = opened(made(paper))
    info: Any = reader.metadata
    assert (said(reader, "pdfaid:part"), said(reader, "pdfaid:conformance")) == ("2", "B")
    assert said(reader, "dc:title") == info.title
    assert said(reader, "dc:creator") == info.author
    assert said(reader, "dc:description") == info.subject
    assert said(reader, "pdf:Keywords") == info["/Keywords"]
    assert said(reader, "pdf:Producer") == info.producer
    assert said(reader, "xmp:CreatorTool") == info.creator
    assert said(reader, "xmp:CreateDate") == f"{info.creation_date:%Y-%m-%dT%H:%M:%S}Z"
    stream = catalogue(reader)["/Metadata"]
    assert (stream["/Type"], stream["/Subtype"]) == ("/Metadata", "/XML")
    assert "/Filter" not in stream


@pytest.mark.parametrize("paper", PAPERS)
def test_every_colour_has_a_meaning_and_nothing_shines_through(paper: Paper) -> None:
    reader = opened(made(paper))
    (intent,) = catalogue(reader)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    assert intent["/DestOutputProfile"].get_data() == srgb_profile()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        assert set(resources) <= {"/Font", "/ProcSet"}
        assert "/Group" not in page
        content = page.get_contents()
        assert content is not None
        assert not re.search(rb"\b(gs|k|K|sh|Do|BI|cs|CS)\b", _outside_strings(content.get_data()))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_font_is_embedded_as_a_subset_and_can_be_read_back(paper: Paper) -> None:
    reader = opened(made(paper))
    fonts = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        fonts.update(resources["/Font"])
    assert fonts
    for font in (one.get_object() for one in fonts.values()):
        descriptor = font["/FontDescriptor"]
        assert font["/Subtype"] == "/TrueType"
        assert descriptor["/FontFile2"].get_data()[:4] in (b"\0\1\0\0", b"true")
        assert descriptor["/Flags"] & 4  # symbolic: by the font's own table,
        assert not descriptor["/Flags"] & 32
        assert "/Encoding" not in font  # so no other may be named
        assert re.fullmatch(r"/[A-Z]{6}\+.+", font["/BaseFont"])
        assert font["/BaseFont"] == descriptor["/FontName"]
        assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1
        assert "/ToUnicode" in font


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_acts_and_the_file_is_laid_out_as_the_rules_say(paper: Paper) -> None:
    pdf = made(paper)
    reader = opened(pdf)
    root = catalogue(reader)
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names", "/NeedsRendering"} & set(root)
    assert not any("/Annots" in page or "/AA" in page for page in reader.pages)
    forbidden = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/Encrypt")
    assert not any(word in pdf for word in forbidden)
    assert re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", pdf)
    assert pdf.endswith(b"%%EOF\n")
    trailer: Any = reader.trailer
    first, second = (one.original_bytes for one in trailer["/ID"])
    assert len(first) == len(second) == 16
    for found in re.finditer(rb"endstream", pdf):
        assert pdf[found.start() - 1 : found.start()] == b"\n"


@pytest.mark.parametrize("paper", PAPERS)
def test_language_bookmarks_and_page_labels_are_there(paper: Paper) -> None:
    reader = opened(made(paper))
    assert catalogue(reader)["/Lang"] == "zh-CN"
    assert reader.page_labels == [str(number + 1) for number in range(len(reader.pages))]
    titles = [str(one["/Title"]) for one in reader.outline if not isinstance(one, list)]
    assert titles
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    assert all("".join(one.split()) in text for one in titles)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_values_give_the_same_bytes(paper: Paper) -> None:
    assert paper.make() == made(paper)


def test_copies_and_revisions_of_one_title_are_told_apart() -> None:
    contract = manager_contract()
    pdfs = [
        contract_pdf(contract, MANAGER, copy=copy, stamp=Stamp("C", 12, revision, "9f8e7d6c"))
        for copy in Copy
        for revision in (1, 2)
    ]
    trailers: list[Any] = [opened(pdf).trailer for pdf in pdfs]
    assert len({one["/ID"][0].original_bytes for one in trailers}) == len(pdfs)


def test_the_profile_is_understood_as_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    standard = ImageCms.createProfile("sRGB")
    turn = ImageCms.buildTransform(profile, standard, "RGB", "RGB")
    for colour in ((0, 0, 0), (255, 255, 255), (47, 92, 143), (200, 20, 90)):
        got = _through(turn, colour)
        assert all(abs(one - other) <= 2 for one, other in zip(got, colour, strict=True))


def _through(turn: Any, colour: tuple[int, int, int]) -> tuple[int, ...]:  # noqa: ANN401
    image = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), turn)
    assert image is not None
    return tuple(image.tobytes())


def _outside_strings(content: bytes) -> bytes:
    return re.sub(rb"\((?:\\.|[^\\()])*\)", b"", content, flags=re.DOTALL)
