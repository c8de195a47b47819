"""Characters that documents of one kind have in common, cut from the fonts once for all of them.

What all contracts of a scheme say is the same but for names and figures. Where its characters
come first in each font, in an order that does not depend on the person, these parts of the fonts
are the same bytes in every document: cut and compressed once in a process, kept once in a joined
file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kpidesk.documents.fonts import Face

_PART = 256  # characters that one part of a font can hold


class Shown(NamedTuple):
    """A piece of text as a part of a font shows it: an operation of the page."""

    font: str
    part: int
    operation: str


@dataclass(frozen=True, slots=True)
class CommonFont:
    """The parts of a font that come first: their characters, and the code of each character."""

    name: str
    parts: tuple[tuple[int, ...], ...]
    codes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Common:
    """The fonts; and texts of these characters alone, as they are shown in every document."""

    fonts: tuple[CommonFont, ...] = ()
    shown: dict[tuple[Face, str], tuple[Shown, ...]] = field(default_factory=dict)

    def holds(self, shown: Iterable[Shown]) -> bool:
        """Whether a text needs nothing but the parts of fonts that all documents have."""
        parts = {one.name: len(one.parts) for one in self.fonts}
        return all(one.part < parts.get(one.font, 0) for one in shown)


def characters_of(document: Any) -> Common:  # noqa: ANN401 - the PDF library has no types
    """What a document that is drawn, but not yet written, has used of each font."""
    found = []
    for name in sorted(document.fontMapping):
        font = pdfmetrics.getFont(name)
        if isinstance(font, TTFont):
            state = font.state[document]
            parts = tuple(tuple(part) for part in state.subsets)
            found.append(CommonFont(name, parts, tuple(state.assignments.items())))
    return Common(tuple(found))


def begin_with(common: Common, document: Any) -> None:  # noqa: ANN401 - as above
    """Let the fonts of a document begin with these characters; its own begin a part of theirs."""
    for one in common.fonts:
        font = pdfmetrics.getFont(one.name)
        state = TTFont.State(asciiReadable=False, ttf=font)
        state.subsets = [list(part) for part in one.parts]
        state.assignments = dict(one.codes)
        state.nextCode = len(one.parts) * _PART
        font.state[document] = state


def common_of(canvas: Any) -> Common:  # noqa: ANN401 - as above
    """The common characters of what a canvas draws; a canvas of the writer's own has none."""
    return getattr(canvas, "common", _NONE)


_NONE = Common()
