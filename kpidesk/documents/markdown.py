"""The part of Markdown that the manual is written in, read into blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

_HEADING: Final = re.compile(r"(#{1,4}) (.+)")
_ITEM: Final = re.compile(r"( *)(-|\d+\.) (.+)")
_PICTURE: Final = re.compile(r" *!\[([^\]]*)\]\(([^)]+)\)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_RULED: Final = re.compile(r"\|[-:| ]+\|")
_FENCE: Final = "```"
_DEEP: Final = 2
"""So many blanks at least stand before a line that belongs to an item."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: 1 is that of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; one with a `mark` (1., •) is an item of a list, one that is `deep` its rest."""

    text: str
    mark: str = ""
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: what it shows, and its path from the folder of the text."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table, its heads first."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines as they are typed into a file."""

    text: str


Block: TypeAlias = Title | Passage | Image | Ruled | Listing


def read(text: str) -> Iterator[Block]:
    """The blocks of a text, in order; emphasis is dropped, of a link its words are kept."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        block, place = _next(lines, place)
        if block is not None:
            yield block


def _next(lines: Sequence[str], place: int) -> tuple[Block | None, int]:
    line = lines[place]
    if not line.strip():
        return None, place + 1
    if found := _HEADING.fullmatch(line):
        return Title(len(found[1]), plain(found[2])), place + 1
    if found := _PICTURE.fullmatch(line):
        return Image(found[1], found[2]), place + 1
    if line.lstrip().startswith(_FENCE):
        end = next(n for n in range(place + 1, len(lines)) if lines[n].lstrip() == _FENCE)
        return Listing("\n".join(lines[place + 1 : end])), end + 1
    if line.startswith("|"):
        end = _end(lines, place, lambda one: one.startswith("|"))
        rows = (one for one in lines[place:end] if not _RULED.fullmatch(one))
        return Ruled(tuple(tuple(map(plain, _cells(one))) for one in rows)), end
    found = _ITEM.fullmatch(line)
    end = _end(lines, place + 1, _goes_on)
    first = found[3] if found else line
    whole = plain(_joined([first, *lines[place + 1 : end]]))
    if found:
        return Passage(whole, "•" if found[2] == "-" else found[2], len(found[1]) >= _DEEP), end
    return Passage(whole, "", line.startswith(" " * _DEEP)), end


def _end(lines: Sequence[str], place: int, belongs: Callable[[str], bool]) -> int:
    while place < len(lines) and belongs(lines[place]):
        place += 1
    return place


def _goes_on(line: str) -> bool:
    """Whether a line goes on with the paragraph above."""
    begins = (_HEADING, _ITEM, _PICTURE)
    return (
        bool(line.strip())
        and not any(one.fullmatch(line) for one in begins)
        and not line.lstrip().startswith((_FENCE, "|"))
    )


def _cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip("|").split("|")]


def _joined(lines: Sequence[str]) -> str:
    """Lines as one: Chinese is set without blanks, words of letters need one between them."""
    text = ""
    for line in lines:
        part = line.strip()
        needs = bool(text) and text[-1].isascii() and part[:1].isascii()
        text += f" {part}" if needs else part
    return text


def plain(text: str) -> str:
    """The words without marks of emphasis, code and links."""
    return _LINK.sub(r"\1", text).replace("**", "").replace("`", "")
