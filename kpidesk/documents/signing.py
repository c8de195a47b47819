"""Where people sign: the block of both parties of a contract, and the row under a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm

from kpidesk.core.contract import PartyA
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row, Stand
from kpidesk.documents.look import GREY, PLAIN, Align
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Text

SEAL = 48 * mm
"""A company seal is up to 45 mm wide; so much stays blank for it."""

_LINE = PLAIN.but(align=Align.LEFT)
_HINT = PLAIN.but(face=Face.HEI, size=8, leading=12, align=Align.CENTER, color=GREY)
_SMALL = PLAIN.but(face=Face.HEI, size=9, leading=13, align=Align.LEFT)
_SMALL_DATE = PLAIN.but(size=9, leading=13, align=Align.RIGHT)
_DATE = "日期：　　　　　年　　　月　　　日"


def seal_block(party_a: PartyA, party_b: str) -> Grid:
    """甲方 on the left with blank room for its seal, 乙方 on the right; dates by hand."""
    signer = "授权代表" if party_a.agent else "法定代表人或授权代表"
    rows = [
        _row(f"甲方（盖章）：{party_a.name}", f"乙方：{party_b}", 10 * mm),
        Row(
            (
                Cell((Text("（盖章处）", _HINT),), stand=Stand.BOTTOM),
                Cell((Text("（签字后可按指印）", _HINT),), stand=Stand.BOTTOM),
            ),
            SEAL,
            together=True,
        ),
        _row(f"{signer}（签字）：", "乙方（签字）：", 11 * mm),
        _row(_DATE, _DATE, 10 * mm),
    ]
    return Grid(rows, [TEXT_WIDTH / 2] * 2, inner=False)


def signatures(titles: Sequence[str], width: float) -> Grid:
    """A row of boxes to sign in, each with its title and date."""
    rows = [
        Row(tuple(Cell((Text(f"{one}：", _SMALL),)) for one in titles), 7 * mm, together=True),
        Row(tuple(Cell() for _ in titles), 10 * mm, together=True),
        Row(tuple(Cell((Text("年　　月　　日", _SMALL_DATE),)) for _ in titles), 7 * mm),
    ]
    return Grid(rows, [width / len(titles)] * len(titles), inner=False, before=3 * mm)


def _row(ours: str, theirs: str, height: float) -> Row:
    cells = (Cell((Text(ours, _LINE),)), Cell((Text(theirs, _LINE),)))
    return Row(cells, height, together=True)
