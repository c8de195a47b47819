"""发放、回收登记表: who got which contract to sign, and when the signed copies came back."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.contract import Contract
from kpidesk.documents.blocks import EMPTY, Heading, cell, heads, middle
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import CELL_SMALL, GREY, NOTE, SUBTITLE, TITLE
from kpidesk.documents.page import WIDE_TEXT_WIDTH, Head, build
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text

_TITLE = "目标责任书发放、回收登记表"
_WIDTHS = (11 * mm, 50 * mm, 38 * mm, 12 * mm, 34 * mm, 26 * mm, 18 * mm, 28 * mm, 26 * mm)
_TALL = 11 * mm
_SMALL = CELL_SMALL.but(color=GREY)
_HOW = (
    "领取时核对姓名、岗位和件数后签字；交回时写明已签字的件数，由经手人签字。"
    "盖章后，乙方存的一件交还本人。"
)
_SIGNERS = ("制表人", "人力资源部")


def handout_list_pdf(
    contracts: Sequence[Contract], company: str, *, copies: int, stamp: Stamp
) -> bytes:
    """The list in the given order; `copies` are handed out of each contract."""
    head = Head(
        title=_TITLE,
        company=company,
        label=f"{_TITLE}　共 {len(contracts)} 份",
        stamp=stamp,
        wide=True,
    )
    return build(_story(contracts, copies), head)


def _story(contracts: Sequence[Contract], copies: int) -> list[Flowable]:
    rows = [
        heads("序号", "责任书编号", "姓名和岗位", "件数", "领取人签字", "领取日期",
              "交回件数", "经手人签字", "交回日期")
    ]  # fmt: skip
    rows += [_row(number, one, copies) for number, one in enumerate(contracts, 1)]
    count = len(contracts)
    total = f"责任书 {count} 份，每份 {copies} 件，共 {count * copies} 件"
    return [
        Heading(_TITLE, TITLE),
        Text(total, SUBTITLE),
        Grid(rows, _WIDTHS, heads=1),
        Stack([Text(_HOW, NOTE), signatures(_SIGNERS, WIDE_TEXT_WIDTH)], whole=True),
    ]


def _row(number: int, contract: Contract, copies: int) -> Row:
    person = contract.party_b
    who = " · ".join(one for one in (person.department, person.post) if one)
    name = Cell((*cell(person.name).content, Text(who, _SMALL)))
    version = cell(contract.number, f"第 {contract.revision} 版")
    return Row(
        (middle(str(number)), version, name, middle(str(copies)), *[EMPTY] * 5), height=_TALL
    )
