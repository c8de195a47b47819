from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from kpidesk.core.contract import Copy
from kpidesk.core.dossier import Dossier, Filed, Item, Kind
from kpidesk.core.period import Period
from kpidesk.documents.binding import Bound, LayoutChangedError, bind, page_counts, settled
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.evidence import Part, evidence_pdf
from kpidesk.documents.pictures import Pages
from kpidesk.documents.scanned import Taken, scanned_pdf
from kpidesk.documents.scheme_text import scheme_text_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.samples import (
    MANAGER,
    MM,
    STAMP,
    manager_contract,
    page_texts,
    schemes,
    text_of,
)

NUMBER = re.compile(r"证据包\d+/\d+")
CONTRACT = Item(Kind.CONTRACT, "大客户部-2026-002　甲方存", Filed.FILED, "公司文件", "ab" * 32)
SCHEME = Item(Kind.SCHEME, "大客户经理/专员绩效考核指标", Filed.FILED, "公司文件")
SIGNED = Item(Kind.SIGNATURE, "大客户部-2026-002", Filed.FILED, "2026-01-05 签署")
SCAN = Item(Kind.SCAN, "大客户部-2026-002", Filed.MISSING, note="签字盖章的纸质件还没有扫描")
PAY = Item(Kind.PAY, "大客户部-2026-002", Filed.NOT_NEEDED, note="方案不计算薪酬")
DOSSIER = Dossier(
    "华远公司", "𬭎䶮", "E0013", "大客户部", "大客户经理", Period.parse("2026"),
    (SCHEME, CONTRACT, SIGNED, PAY, SCAN),
)  # fmt: skip


def paper() -> bytes:
    return contract_pdf(manager_contract(), MANAGER, copy=Copy.PARTY_A, stamp=STAMP)


def rules() -> bytes:
    return scheme_text_pdf(MANAGER, manager_contract(), stamp=Stamp("N", 13, 1, "0a1b2c3d"))


def pack(*, parts: int = 1) -> bytes:
    made = [Part(SCHEME, rules()), *[Part(CONTRACT, paper(), stored=True)] * parts]
    return evidence_pdf(DOSSIER, made, stamp=Stamp("V", 202601, 1, "0a1b2c3d"))


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf), strict=True)


def test_the_contents_name_each_part_with_its_pages_and_its_hash() -> None:
    pdf = pack()
    pages = page_texts(pdf)
    rule_pages, paper_pages = page_counts([rules(), paper()])
    first = 2 + rule_pages
    assert len(pages) == 1 + rule_pages + paper_pages
    assert (
        f"2目标责任书大客户部-2026-002甲方存{first}–{first + paper_pages - 1}存档原件" in pages[0]
    )
    assert sha256(paper()).hexdigest().upper() in pages[0]
    assert sha256(rules()).hexdigest().upper() in pages[0]
    assert "现时生成" in pages[0]


def test_the_pages_are_where_the_contents_say_and_as_they_were() -> None:
    pdf = pack()
    first = 1 + page_counts([rules()])[0]
    assert [NUMBER.sub("", one) for one in page_texts(pdf)[first:]] == list(page_texts(paper()))
    with Pages(pdf) as bound, Pages(paper()) as own:
        seen, was = bound.render(first, 1), own.render(0, 1)
        above_the_number = seen.stride * int(seen.height - 13 * MM)
        assert seen.pixels[:above_the_number] == was.pixels[:above_the_number]


def test_each_page_carries_its_number_in_the_pack() -> None:
    pages = page_texts(pack())
    assert len(pages) > 4
    for number, text in enumerate(pages, 1):
        assert NUMBER.findall(text) == [f"证据包{number}/{len(pages)}"]


def _moved(turn: int) -> bytes:
    """A page that is shown turned, cut out of a larger one."""
    (page,) = PdfReader(BytesIO(scanned_pdf([Taken(paper(), 0, 0)]))).pages
    page.cropbox.lower_left, page.cropbox.upper_right = (20, 30), (560, 800)
    page.rotate(turn)
    writer, file = PdfWriter(), BytesIO()
    writer.add_page(page)
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_number_stands_at_the_lower_right_of_the_page_as_it_is_seen(turn: int) -> None:
    part = Bound("扫描", _moved(turn))
    pdf = bind([part], title="题", author="甲", numbered="证据包")
    with Pages(pdf) as bound, Pages(part.pdf) as own:
        seen, was = bound.render(0, 2), own.render(0, 2)
    assert (seen.width, seen.height) == (was.width, was.height)
    changed = [
        divmod(at, seen.stride)
        for at in range(0, len(seen.pixels), 4)
        if seen.pixels[at : at + 3] != was.pixels[at : at + 3]
    ]
    lefts, tops = [x / 4 / 2 for _, x in changed], [y / 2 for y, _ in changed]
    width, height = seen.width / 2, seen.height / 2
    assert width - 26 * MM - 60 < min(lefts) < max(lefts) < width - 25 * MM + 1
    assert height - 13 * MM < min(tops) < max(tops) < height - 8 * MM
    assert max(lefts) - min(lefts) > 4 * (max(tops) - min(tops))


def test_the_number_can_be_read_on_the_black_border_of_a_scan() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.rect(0, 0, 595, 842, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    pdf = bind([Bound("扫描", file.getvalue())], title="题", author="甲", numbered="证据包")
    with Pages(pdf) as bound:
        seen = bound.render(0, 2)
    light = [at for at in range(0, len(seen.pixels), 4) if min(seen.pixels[at : at + 3]) > 250]
    rows = [divmod(at, seen.stride)[0] for at in light]
    # A light ground in each of the rows that the number takes.
    assert max(rows) - min(rows) >= 16
    assert min(Counter(rows).values()) > 25


def test_the_originals_are_attached_byte_for_byte() -> None:
    attached = opened(pack()).attachments
    assert attached["001 考核方案 大客户经理_专员绩效考核指标.pdf"] == [rules()]
    assert attached["002 目标责任书 大客户部-2026-002　甲方存.pdf"] == [paper()]


def test_bookmarks_lead_to_the_first_page_of_each_part() -> None:
    reader = opened(pack(parts=2))
    found = [
        (one.title, reader.get_destination_page_number(one))
        for one in reader.outline
        if not isinstance(one, list)
    ]
    rule_pages, paper_pages = page_counts([rules(), paper()])
    assert [page for _, page in found] == [0, 1, 1 + rule_pages, 1 + rule_pages + paper_pages]
    assert found[0][0] == "目录"
    assert found[2][0] == "目标责任书　大客户部-2026-002　甲方存"


def test_what_is_missing_is_listed_and_what_has_no_pages_too() -> None:
    text = page_texts(pack())[0]
    assert "缺少的材料" in text
    assert "签字件扫描大客户部-2026-0021签字盖章的纸质件还没有扫描" in text
    assert "签署登记大客户部-2026-0022026-01-05签署" in text
    assert "不适用：方案不计算薪酬" in text


def test_long_contents_count_their_own_pages() -> None:
    pdf = pack(parts=40)
    pages = page_texts(pdf)
    front = next(n for n, text in enumerate(pages) if text.startswith("考核方案条文"))
    assert front > 1
    paper_pages = page_counts([paper()])[0]
    last = len(pages)
    assert f"41目标责任书大客户部-2026-002甲方存{last - paper_pages + 1}–{last}" in "".join(
        pages[:front]
    )


def test_the_same_parts_give_the_same_bytes_at_any_time() -> None:
    assert pack() == pack()
    assert b"2000010100000" in pack()


def test_title_language_and_page_labels_are_there() -> None:
    reader = opened(pack())
    assert reader.metadata is not None
    assert reader.metadata.title == "绩效考核证据包（𬭎䶮，2026年度）"
    assert reader.metadata.author == "华远公司"
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert reader.page_labels == [str(n + 1) for n in range(len(reader.pages))]


def test_a_file_without_attachments_names_none() -> None:
    pdf = bind([Bound("一", paper()), Bound("二", rules())], title="题", author="甲", numbered="页")
    assert "/Names" not in opened(pdf).root_object


def test_another_layout_of_the_joined_file_is_noticed() -> None:
    with pytest.raises(LayoutChangedError):
        settled(b"1 0 obj endobj 2 0 obj endobj 3 0 obj endobj trailer")


# --- the documents that only a pack has


def test_the_rules_stand_in_prose_with_parameters_and_clauses() -> None:
    text = text_of(rules())
    assert "销售完成率" in text
    assert "销售增长每档金额10万元" in re.sub(r"\s", "", text)
    assert all(rule.id in text for rule in MANAGER.rules)


@pytest.mark.parametrize("number", [0, 1])
def test_the_rules_of_either_kind_of_scheme_can_be_printed(number: int) -> None:
    scheme, contract, _ = schemes()[number]
    text = text_of(scheme_text_pdf(scheme, contract, stamp=Stamp("N", 1, 1, "0a1b2c3d")))
    assert all(leaf.name in text for leaf in scheme.leaves())
    assert ("考核等级" in text) is bool(scheme.grades)
