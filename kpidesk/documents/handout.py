"""发放、回收登记表: who got which contract to sign, and when the signed copies came back."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.contract import Contract, Copy
from kpidesk.documents.blocks import EMPTY, Heading, cell, heads, middle
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import CELL_SMALL, GREY, NOTE, SUBTITLE, TITLE, Align
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
_MARKS = {Copy.PARTY_A: "甲方存", Copy.PARTY_B: "乙方存"}
_SIGNERS = ("制表人", "人力资源部")


def handout_list_pdf(
    contracts: Sequence[tuple[Contract, Sequence[Copy]]], company: str, *, stamp: Stamp
) -> bytes:
    """The list in the given order: each contract with the copies of it that are handed out."""
    head = Head(
        title=_TITLE,
        company=company,
        label=f"{_TITLE}　共 {len(contracts)} 份",
        stamp=stamp,
        wide=True,
    )
    return build(_story(contracts), head)


def _story(contracts: Sequence[tuple[Contract, Sequence[Copy]]]) -> list[Flowable]:
    rows = [
        heads("序号", "责任书编号", "姓名和岗位", "件数", "领取人签字", "领取日期",
              "交回件数", "经手人签字", "交回日期")
    ]  # fmt: skip
    rows += [_row(number, *one) for number, one in enumerate(contracts, 1)]
    counts = [len(copies) for _, copies in contracts]
    each = f"每份 {counts[0]} 件，" if len(set(counts)) == 1 else ""
    total = f"责任书 {len(contracts)} 份，{each}共 {sum(counts)} 件"
    return [
        Heading(_TITLE, TITLE),
        Text(total, SUBTITLE),
        Grid(rows, _WIDTHS, heads=1),
        Stack([Text(_HOW, NOTE), signatures(_SIGNERS, WIDE_TEXT_WIDTH)], whole=True),
    ]


def _row(number: int, contract: Contract, copies: Sequence[Copy]) -> Row:
    person = contract.party_b
    who = " · ".join(one for one in (person.department, person.post) if one)
    name = Cell((*cell(person.name).content, Text(who, _SMALL)))
    version = cell(contract.number, f"第 {contract.revision} 版")
    return Row((middle(str(number)), version, name, _count(copies), *[EMPTY] * 5), height=_TALL)


def _count(copies: Sequence[Copy]) -> Cell:
    """How many copies; which, where it is one."""
    count = middle(str(len(copies)))
    if len(copies) == len(Copy):
        return count
    which = (Text(_MARKS[one], _SMALL.but(align=Align.CENTER)) for one in copies)
    return Cell((*count.content, *which))
