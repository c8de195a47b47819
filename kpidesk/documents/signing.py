"""Where people sign: the block of both parties of a contract, and the row under a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from kpidesk.documents.fonts import Face
from kpidesk.documents.look import GREY, PLAIN, RULE, Align
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Text

SEAL = 46 * mm
"""A company seal is up to 45 mm wide; so much stays blank for it."""

_LINE = PLAIN.but(align=Align.LEFT, after=0)
_HINT = PLAIN.but(face=Face.HEI, size=8, leading=12, align=Align.CENTER, color=GREY, after=0)
_DATE = "日期：　　　　　年　　　月　　　日"


def seal_block(party_a: str, party_b: str) -> Flowable:
    """甲方 on the left with blank room for its seal, 乙方 on the right; dates by hand."""
    rows = [
        [Text(f"甲方：{party_a}", _LINE), Text(f"乙方：{party_b}", _LINE)],
        [Text("（盖章处）", _HINT), Text("（签字后可按指印）", _HINT)],
        [Text("法定代表人或授权代表（签字）：", _LINE), Text("乙方（签字）：", _LINE)],
        [Text(_DATE, _LINE), Text(_DATE, _LINE)],
    ]
    style = TableStyle(
        [
            ("BOX", (0, 0), (-1, -1), 0.9, RULE),
            ("LINEAFTER", (0, 0), (0, -1), 0.4, RULE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("VALIGN", (0, 1), (-1, 1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3 * mm),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6 * mm),
            ("NOSPLIT", (0, 0), (-1, -1)),
        ]
    )
    return Table(
        rows,
        colWidths=[TEXT_WIDTH / 2] * 2,
        rowHeights=[None, SEAL, 10 * mm, 10 * mm],
        style=style,
        spaceBefore=1 * mm,
    )


def signatures(titles: Sequence[str], width: float) -> Flowable:
    """A row of boxes to sign in, each with its title and date."""
    line = PLAIN.but(face=Face.HEI, size=9, leading=13, align=Align.LEFT, after=0)
    date = PLAIN.but(size=9, leading=13, align=Align.RIGHT, after=0)
    each = width / len(titles)
    return Table(
        [
            [Text(f"{one}：", line) for one in titles],
            [""] * len(titles),
            [Text("年　　月　　日", date) for _ in titles],
        ],
        colWidths=[each] * len(titles),
        rowHeights=[7 * mm, 10 * mm, 7 * mm],
        style=TableStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.9, RULE),
                ("LINEAFTER", (0, 0), (-2, -1), 0.4, RULE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("NOSPLIT", (0, 0), (-1, -1)),
            ]
        ),
        spaceBefore=3 * mm,
    )
