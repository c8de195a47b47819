"""The look of every document: faces, sizes, colours and styles. All lengths are in points.

Set like an official document (GB/T 9704): Song for the text, Hei for headings, a text area of
156 mm between a wide binding margin on the left and 26 mm on the right, which stay free for the
straddle seal (骑缝章).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm

from kpidesk.documents.fonts import Face

INK = HexColor(0x1A1A1A)
GREY = HexColor(0x6B6B6B)
RULE = HexColor(0x4A4A4A)
HAIR = HexColor(0xB4B4B4)
TINT = HexColor(0xEEF1F5)
"""The ground of table heads; light enough to stay clean on a copier."""
BAND_TINT = HexColor(0xF6F7F9)
"""The ground of a dimension's band inside a table."""
ACCENT = HexColor(0x2F5C8F)
ACCENT_LIGHT = HexColor(0xC3D2E3)
WARN = HexColor(0xA8321E)


class Align(Enum):
    """How the lines of a text stand between its edges."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    `indent` is the first line's indent in characters; `least_lines` is how many lines must stand
    together on either side of a page break.
    """

    face: Face
    size: float
    leading: float
    align: Align = Align.LEFT
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    color: Color = INK
    keep_with_next: bool = False
    least_lines: int = 1

    def but(self, **changes: object) -> Style:
        """The same style with some things different."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked by the dataclass


TITLE = Style(Face.SONG_BOLD, 20, 30, Align.CENTER, after=2 * mm, keep_with_next=True)
SUBTITLE = Style(Face.HEI, 10.5, 16, Align.CENTER, after=4 * mm, color=GREY, keep_with_next=True)
HEADING = Style(Face.HEI_BOLD, 12, 20, before=3.2 * mm, after=1 * mm, keep_with_next=True)
SUBHEADING = Style(Face.HEI, 10.5, 17, before=1.6 * mm, after=0.6 * mm, keep_with_next=True)
BODY = Style(Face.SONG, 10.5, 18, Align.JUSTIFY, indent=2, after=0.6 * mm, least_lines=2)
PLAIN = BODY.but(indent=0)
NOTE = Style(Face.SONG, 8.5, 13, Align.JUSTIFY, color=GREY, before=0.8 * mm, after=1 * mm)
REMARK = Style(Face.SONG, 9, 14.5, Align.JUSTIFY, indent=2, after=0.4 * mm, least_lines=2)
CAPTION = Style(Face.HEI, 9, 14, before=1.2 * mm, after=0.8 * mm, color=GREY, keep_with_next=True)
END_MARK = Style(Face.SONG, 9, 16, Align.CENTER, color=GREY, before=1 * mm, after=1 * mm)

CELL = Style(Face.SONG, 9, 13.2)
CELL_CENTER = CELL.but(align=Align.CENTER)
CELL_RIGHT = CELL.but(align=Align.RIGHT)
CELL_STRONG = Style(Face.HEI_BOLD, 9, 13.2, Align.CENTER)
CELL_HEAD = Style(Face.HEI_BOLD, 8.8, 13, Align.CENTER)
CELL_LABEL = Style(Face.HEI, 8.8, 13, Align.CENTER)
CELL_SMALL = Style(Face.SONG, 8, 11.8)
BIG_FIGURE = Style(Face.HEI_BOLD, 22, 28, Align.CENTER, color=ACCENT)
