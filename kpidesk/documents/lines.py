"""Breaks Chinese text into lines: between any two characters, save where custom forbids it.

No line begins with a closing mark (，。》％…), none ends with an opening one (《（“). Latin words
and numbers stay whole unless they are wider than a line; a dash or ellipsis is never halved.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kpidesk.documents.fonts import Face, glyph

NEVER_FIRST = frozenset(
    "，。、；：？！％‰℃）】》〉」』〕｝〗”’…—～·,.;:?!%)]}>・ー々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
NEVER_LAST = frozenset("（【《〈「『〔｛〖“‘￥¥$([{<")
_PAIRS = frozenset("—…＿")
_UNITS = frozenset("万亿元分户天次个件人年月日")
"""What is not parted from its number: 1,200万元 stays together."""
_HAN_FROM = 0x2E80
_MOST_PULLED = 4  # characters that may be drawn to the next line to avoid a forbidden start


class Line(NamedTuple):
    """One line: its text, its natural width, and whether a paragraph ends with it."""

    text: str
    width: float
    last: bool


@lru_cache(maxsize=8192)
def break_lines(
    text: str, face: Face, size: float, width: float, indent: float = 0
) -> tuple[Line, ...]:
    """The lines of a text, set in `width` points, the first of each paragraph indented.

    A fixed text (a clause, a table head) is broken once and remembered.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _break_paragraph(paragraph, face, size, width, indent)
    return tuple(lines)


def _break_paragraph(text: str, face: Face, size: float, width: float, indent: float) -> list[Line]:
    advances = [glyph(one, face, text).advance * size / 1000 for one in text]
    lines: list[Line] = []
    start, length = 0, len(text)
    room = width - indent
    while True:
        end, used = start, 0.0
        while end < length and used + advances[end] <= room + 0.01:
            used += advances[end]
            end += 1
        if end < length:
            end = _best_break(text, start, max(end, start + 1))
        line = text[start:end].rstrip(" ") if end < length else text[start:end]
        natural = sum(advances[start : start + len(line)])
        lines.append(Line(line, natural, last=end >= length))
        if end >= length:
            return lines
        start = end
        while start < length and text[start] == " ":
            start += 1
        room = width


def _best_break(text: str, start: int, end: int) -> int:
    """The last allowed break at or before `end`; `end` itself when none is near."""
    for position in range(end, start, -1):
        if _may_break(text, position):
            return position
        if end - position >= _MOST_PULLED and not _within_word(text, position):
            break
    return end


def _may_break(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == after and before in _PAIRS:
        return False
    if after in _UNITS and (before.isdigit() or (before in "万亿" and after == "元")):
        return False
    return not _within_word(text, position)


def _within_word(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    return _is_word(before) and _is_word(after)


def _is_word(character: str) -> bool:
    return ord(character) < _HAN_FROM and not character.isspace() and character not in "—…“”‘’/"
