from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.documents.fonts import Face
from kpidesk.documents.lines import NEVER_FIRST, NEVER_LAST, break_lines
from kpidesk.documents.look import BODY, CELL
from kpidesk.documents.text import Text, clean

CHINESE = "考核目标责任书《绩效》：“优秀”，（甲方）；完成率≥95%，扣1.5分……——KPI。！？、"


@given(st.text(alphabet=CHINESE, min_size=1, max_size=120))
def test_lines_keep_every_character_and_fit_their_width(text: str) -> None:
    lines = break_lines(text, Face.SONG, 10, 100)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= 100.02 for line in lines)


@given(
    st.text(alphabet="考核目标责任书，。；：", min_size=1, max_size=120).filter(
        lambda text: not any(a in NEVER_FIRST and b in NEVER_FIRST for a, b in pairwise(text))
    )
)
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    lines = break_lines(text, Face.SONG, 10, 100)
    assert not any(line.text[0] in NEVER_FIRST for line in lines[1:])


def test_no_line_ends_with_an_opening_mark() -> None:
    lines = break_lines("考核结果分为五个等级即《优秀》等", Face.SONG, 10, 120)
    assert [line.text for line in lines] == ["考核结果分为五个等级即", "《优秀》等"]
    assert not any(line.text[-1] in NEVER_LAST for line in lines)


def test_numbers_and_latin_words_stay_whole() -> None:
    lines = break_lines("全年销售目标为 1,250.00 万元", Face.SONG, 10, 90)
    assert any("1,250.00" in line.text for line in lines)


def test_a_number_keeps_its_unit() -> None:
    for text in ("计划全年销售额1200万元以上", "责任期限到2026年12月31日为止"):
        for width in range(60, 120, 5):
            lines = [line.text for line in break_lines(text, Face.SONG, 10, width)]
            assert not any(line[0] in "万元年月日" for line in lines[1:])


def test_a_word_wider_than_the_line_is_cut_rather_than_lost() -> None:
    lines = break_lines("a" * 200, Face.SONG, 10, 100)
    assert "".join(line.text for line in lines) == "a" * 200
    assert all(line.width <= 100.02 for line in lines)


def test_what_cannot_be_seen_is_dropped_and_line_breaks_become_one_kind() -> None:
    assert clean("张\u200b三\ufeff\t李\r\n四\x00\u202e\ufe0f") == "张三 李\n四"


def test_a_text_is_never_cut_to_leave_a_single_line() -> None:
    text = Text("考核" * 60, BODY)
    _, height = text.wrap(200, 1000)
    lines = round(height / BODY.leading)
    assert text.split(200, BODY.leading * 1.5) == []
    upper, lower = text.split(200, BODY.leading * (lines - 1))
    assert upper.wrap(200, 0)[1] == pytest.approx(BODY.leading * (lines - 2))
    assert lower.wrap(200, 0)[1] == pytest.approx(BODY.leading * 2)


def test_a_cut_text_keeps_its_characters() -> None:
    text = Text("一二三四五六七八九十" * 9, CELL)
    upper, lower = text.split(50, CELL.leading * 4)
    assert isinstance(upper, Text)
    assert isinstance(lower, Text)
    assert upper.text + lower.text == text.text
