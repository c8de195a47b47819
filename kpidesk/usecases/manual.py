"""The manual: read chapter by chapter for the window, and as one PDF for paper.

It is written once, in docs/手册.md with its pictures; a bundle takes that folder along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from kpidesk import __version__

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs"
_FILE: Final = "手册.md"
_CHAPTER: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_SECTION: Final = re.compile(r"^### (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter, to be gone to; its text is searched."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as Markdown, heading and all; `sections` begin with what stands before the first.

    The first section has the chapter's own title.
    """

    title: str
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """All chapters in order."""

    chapters: tuple[Chapter, ...]

    def find(self, title: str) -> tuple[Chapter, Section] | None:
        """The chapter or section with a title, and the chapter that it stands in."""
        for chapter in self.chapters:
            for section in chapter.sections:
                if section.title == title:
                    return chapter, section
        return None


def read_manual() -> Manual:
    """The manual as it was delivered."""
    text = (FOLDER / _FILE).read_text(encoding="utf-8")
    parts = _parts(text, _CHAPTER)
    return Manual(tuple(_chapter(title, body) for title, body in parts))


def manual_pdf() -> bytes:
    """The whole of it for paper."""
    from kpidesk.documents import manual

    return manual.manual_pdf((FOLDER / _FILE).read_text(encoding="utf-8"), FOLDER, __version__)


def _chapter(title: str, body: str) -> Chapter:
    return Chapter(title, f"## {title}\n{body}", _sections(title, body))


def _sections(title: str, body: str) -> tuple[Section, ...]:
    first = _SECTION.search(body)
    before = body[: first.start()] if first else body
    return (Section(title, before), *(Section(*one) for one in _parts(body, _SECTION)))


def _parts(text: str, heading: re.Pattern[str]) -> list[tuple[str, str]]:
    """The headings with what follows each."""
    found = list(heading.finditer(text))
    starts = [one.start() for one in found[1:]]
    return [
        (one[1], text[one.end() : end])
        for one, end in zip_longest(found, starts, fillvalue=None)
        if one is not None
    ]
