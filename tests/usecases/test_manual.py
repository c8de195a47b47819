"""What the manual shows can be done as it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from kpidesk.cli import main
from kpidesk.documents.markdown import Block, Image, Listing, Passage, Ruled, Title, read
from kpidesk.usecases.manual import read_manual
from kpidesk.usecases.trials import try_file

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "手册.md").read_text(encoding="utf-8")


def test_the_trial_file_of_the_manual_gives_what_the_manual_says(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    path = tmp_path / "试算.toml"
    path.write_text(example, encoding="utf-8")
    evaluation = try_file(path).evaluation
    scores = {
        who: evaluation.results[who, "score.销售完成率", "cycle"].shown for who in ("张三", "李四")
    }
    assert scores == {"张三": "24.00分", "李四": "27.00分"}
    assert "得 24 分；李四完成 110%，加 2 分，得 27 分" in MANUAL
    assert ("张三", "total", "cycle") not in evaluation.results


def test_every_picture_of_the_manual_is_there_and_used() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(pictures/([^)]+)\)", MANUAL)
    assert sorted(shown) == sorted(one.name for one in (DOCS / "pictures").glob("*.png"))


def test_every_line_of_the_manual_is_understood_when_it_is_set_for_paper() -> None:
    blocks = list(read(MANUAL))
    assert {type(one) for one in blocks} == {Title, Passage, Image, Ruled, Listing}
    texts = [one.text for one in blocks if isinstance(one, Passage)]
    assert not [one for one in texts if one.startswith(("#", "|", "- ", "!", "```"))]
    assert not [one for one in texts if "**" in one or "`" in one]
    read_text = "".join(ch for one in blocks for ch in _words(one) if ch.isalnum())
    whole = re.sub(r"\]\(pictures/[^)]+\)|```toml", "", MANUAL)
    whole = re.sub(r"^ *\d+\. ", "", whole, flags=re.MULTILINE)
    assert read_text == "".join(ch for ch in whole if ch.isalnum())


def _words(block: Block) -> str:
    if isinstance(block, Ruled):
        return "".join(cell for row in block.rows for cell in row)
    return block.text


def test_no_two_chapters_or_sections_have_the_same_title() -> None:
    titles = [one.text for one in read(MANUAL) if isinstance(one, Title)]
    assert len(titles) == len(set(titles))
    manual = read_manual()
    assert [one for one in titles[1:] if manual.find(one) is None] == []


def test_the_manual_on_paper_has_contents_with_the_right_pages_and_bookmarks(
    tmp_path: Path,
) -> None:
    path = tmp_path / "手册.pdf"
    assert main(["manual", str(path)]) == 0
    with PdfReader(path) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
        titles = [one.text for one in read(MANUAL) if isinstance(one, Title)]
        marks = list(_flat(pdf.outline))
        assert [str(one.title) for one in marks] == titles
        front = pdf.get_destination_page_number(marks[1])  # so many pages hold the contents
        assert front is not None
        contents = "\n".join(pages[:front])
        for mark in marks[1:]:
            number = pdf.get_destination_page_number(mark)
            assert number is not None
            page = number + 1
            assert re.search(rf"^{re.escape(str(mark.title))}$", pages[page - 1], re.MULTILINE)
            assert re.search(rf"{re.escape(str(mark.title))}\s*{page}\b", contents), mark.title
        assert f"第 {len(pages)} 页" in pages[-1]
        links = [one for page in pdf.pages[:front] for one in page.get("/Annots", [])]
        assert len(links) == len(titles) - 1
        assert "/Annots" not in pdf.pages[front]
        pictures = sum(len(page.images) for page in pdf.pages)
    assert pictures == len(list((DOCS / "pictures").glob("*.png")))


def _flat(marks: Iterable[object]) -> Iterator[Destination]:
    for one in marks:
        if isinstance(one, list):
            yield from _flat(one)
        elif isinstance(one, Destination):
            yield one


def test_a_manual_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manual", str(tmp_path / "没有" / "手册.pdf")]) == 1
    assert "没有写到" in capsys.readouterr().err
