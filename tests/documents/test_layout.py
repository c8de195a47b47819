"""Every document of every scheme keeps the rules of layout; samples look as they did."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from kpidesk.documents.fonts import Face
from kpidesk.documents.look import BODY, HEADING
from kpidesk.documents.text import draw_line
from tests.documents.every import Paper, papers
from tests.documents.layout import MM, Page, faults, foot_gap, pages_of
from tests.documents.samples import page_texts
from tests.documents.snapshots import FOLDER, described, documents

PAPERS = [pytest.param(one, id=one.name) for one in papers()]
CONTRACTS = [one for one in PAPERS if str(one.id).startswith("contract-")]


@cache
def laid_out(paper: Paper) -> tuple[Page, ...]:
    return pages_of(paper.make())


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_overflows_overlaps_or_leaves_a_heading_alone(paper: Paper) -> None:
    assert faults(laid_out(paper)) == []


@pytest.mark.parametrize("paper", CONTRACTS)
def test_no_page_of_a_contract_ends_in_a_gap_for_a_clause(paper: Paper) -> None:
    for page in laid_out(paper)[:-1]:
        assert foot_gap(page) < 24


@pytest.mark.parametrize("paper", CONTRACTS)
def test_signatures_stand_whole_on_the_last_page_under_text(paper: Paper) -> None:
    *others, last = page_texts(paper.make())
    for said in (
        "甲方（盖章）：",
        "（盖章处）",
        "法定代表人或授权代表（签字）：",
        "乙方（签字）：",
        "日期：",
    ):
        assert said in last
        assert not any(said in page for page in others)
    assert len(last.split("（以下无正文）")[0]) > 20


@pytest.mark.parametrize("paper", CONTRACTS)
def test_a_circle_for_the_seal_stays_blank_beside_the_company(paper: Paper) -> None:
    last = laid_out(paper)[-1]
    company = next(box for box, text in last.pieces() if text.startswith("甲方（盖章）"))
    hint = next(box for box, text in last.pieces() if "盖章处" in text)
    middle, radius = (hint.left + hint.right) / 2, 45 / 2 * MM
    assert hint.top - company.bottom >= 2 * radius
    for box in (*(one.box for one in last.chars), *last.rules):
        inside = company.bottom + 0.1 < (box.top + box.bottom) / 2 < company.bottom + 2 * radius
        assert not (inside and abs(box.left - middle) < radius and box.top >= company.bottom)


@pytest.mark.parametrize(("name", "make"), [pytest.param(*one, id=one[0]) for one in documents()])
def test_the_samples_look_as_they_did(name: str, make: Callable[[], bytes]) -> None:
    """After a wanted change: `python -m tests.documents.snapshots`, and look at the difference."""
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert described(make()) == kept


def test_there_is_no_snapshot_without_its_document() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {name for name, _ in documents()}


def drawn(*lines: tuple[float, float, str], heading: bool = False, rule: float = 0) -> list[str]:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(210 * MM, 297 * MM), initialFontName=Face.SONG.main)
    for x, y, text in lines:
        draw_line(canvas, x * MM, y * MM, text, HEADING if heading else BODY)
    if rule:
        canvas.line(rule * MM, 100 * MM, rule * MM, 200 * MM)
    canvas.showPage()
    canvas.save()
    return faults(pages_of(file.getvalue()))


@pytest.mark.parametrize(
    ("lines", "more", "fault"),
    [
        ([(180, 150, "越界的字")], {}, "stands in a margin"),
        ([(20, 150, "越界")], {}, "stands in a margin"),
        ([(40, 4, "页脚以下")], {}, "stands above or below"),
        ([(40, 150, "上面一行"), (41, 151, "压住的字")], {}, "stands on"),
        ([(40, 150, "表格里的字")], {"rule": 44.8}, "a rule crosses"),
        ([(40, 60, "正文"), (40, 40, "一、标题")], {"heading": True}, "the last thing on its page"),
    ],
)
def test_a_fault_that_is_planted_is_found(
    lines: list[tuple[float, float, str]], more: dict[str, float], fault: str
) -> None:
    found = drawn(*lines, **more)  # type: ignore[arg-type] # a flag and a place
    assert any(fault in one for one in found)


def test_a_page_without_a_fault_has_none() -> None:
    assert drawn((40, 150, "第一行"), (40, 143, "第二行"), rule=39) == []
