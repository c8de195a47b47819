"""Faces (宋体, 黑体 and their bold) and the font file that holds each character of a text.

A face is a chain of files: the common characters first, then the rest of the design, then rare
characters of another design. A file is read when the first character needs it, once in a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kpidesk.core.errors import KpiDeskError
from kpidesk.documents import patches

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"


class MissingGlyphError(KpiDeskError):
    """No font that we ship can print a character."""

    def __init__(self, character: str, text: str) -> None:
        code = f"U+{ord(character):04X}"
        shown = f"“{character}”({code})" if character.isprintable() else code
        around = text if len(text) <= 20 else f"{text[:20]}…"  # noqa: PLR2004 - enough to find it
        super().__init__(
            f"“{around}”中的字符 {shown} 不在本软件的字库中，无法打印；"
            "请核对是否输错，或改用其他写法"
        )
        self.character = character


class Face(Enum):
    """A typeface of the documents, as the chain of files that its characters come from."""

    SONG = ("NotoSerifSC-Regular", "NotoSerifSC-Rest", "RareHan-Regular")
    SONG_BOLD = ("NotoSerifSC-Bold", "NotoSerifSC-Rest", "RareHan-Regular")
    HEI = ("NotoSansSC-Regular", "NotoSansSC-Rest", "RareHan-Regular")
    HEI_BOLD = ("NotoSansSC-Bold", "NotoSansSC-Rest", "RareHan-Regular")

    @property
    def main(self) -> str:
        """The registered name of the font with the common characters."""
        return _registered(self.value[0]).fontName  # type: ignore[no-any-return]


class Glyph(NamedTuple):
    """Where a character is found: the registered font, and its advance in 1/1000 of the size."""

    font: str
    advance: float


class Run(NamedTuple):
    """Characters in a row that one font prints."""

    font: str
    text: str


def glyph(character: str, face: Face, text: str = "") -> Glyph:
    """The glyph of a character; MissingGlyphError (quoting `text`) when no font has it."""
    found = _glyphs(face)
    try:
        return found[character]
    except KeyError:
        found[character] = _find(character, face, text or character)
        return found[character]


def runs(text: str, face: Face) -> Iterator[Run]:
    """The text cut where the font changes."""
    found = _glyphs(face)
    start, font = 0, ""
    for position, character in enumerate(text):
        needed = (found.get(character) or glyph(character, face, text)).font
        if needed != font:
            if position:
                yield Run(font, text[start:position])
            start, font = position, needed
    if text:
        yield Run(font, text[start:])


def width(text: str, face: Face, size: float) -> float:
    """How wide a text is set on one line, in points."""
    return sum(glyph(character, face, text).advance for character in text) * size / 1000


@cache
def _glyphs(_face: Face) -> dict[str, Glyph]:
    """The glyphs found so far."""
    return {}


def _find(character: str, face: Face, text: str) -> Glyph:
    code = ord(character)
    for name in face.value:
        font = _registered(name)
        if code in font.face.charToGlyph:
            return Glyph(name, font.face.charWidths[code])
    raise MissingGlyphError(character, text)


_LOADING = RLock()


def _registered(name: str) -> TTFont:
    """The font of a file, read and registered with the PDF writer at the first call."""
    with _LOADING:
        return _load(name)


@cache
def _load(name: str) -> TTFont:
    patches.apply()
    font = TTFont(name, FOLDER / f"{name}.ttf", asciiReadable=False, shapable=False)
    patches.tune(font)
    pdfmetrics.registerFont(font)
    return font
