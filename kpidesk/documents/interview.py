"""The interview on the report: what was said, or lines to write it on."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.appraisal import Interview, Opinion
from kpidesk.documents.blocks import EMPTY, TickBox, cell, entries, heads, label, middle
from kpidesk.documents.grid import Cell, Grid, Row, Stand
from kpidesk.documents.look import CAPTION, CELL
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Text

_TO_WRITE = 14 * mm
_PLAN_LINES = 3
_PLAN_TALL = 9 * mm
_LABEL = 24 * mm


def interview(record: Interview) -> Iterator[Flowable]:
    """The record, and the improvement plan with at least three lines."""
    held = record.held_on
    day = f"{held.year}年{held.month}月{held.day}日" if held else "　　　　年　　月　　日"
    yield entries([(("面谈日期", day), ("面谈人", record.interviewer))], TEXT_WIDTH)
    said = (
        ("主要成绩", record.strengths),
        ("不足之处", record.weaknesses),
        ("综合评语", record.comment),
    )
    yield Grid([_said(what, text) for what, text in said], (_LABEL, TEXT_WIDTH - _LABEL))
    yield Text("改进计划", CAPTION)
    yield _plan(record)


def opinion(record: Interview) -> list[Flowable]:
    """同意 or 保留意见, ticked or to tick, and room for words."""
    boxes = (
        TickBox("同意考核结果", ticked=record.opinion is Opinion.AGREES),
        TickBox("保留意见（请说明理由）", ticked=record.opinion is Opinion.RESERVES),
    )
    words = (Text(record.opinion_text, CELL),) if record.opinion_text else ()
    rows = [
        Row((Cell((boxes[0],)), Cell((boxes[1],))), together=True),
        Row((Cell(words, span=2, stand=Stand.TOP),), height=_TO_WRITE),
    ]
    return [Grid(rows, [TEXT_WIDTH / 2] * 2)]


def _said(what: str, text: str) -> Row:
    return Row((label(what), cell(text) if text else EMPTY), height=0 if text else _TO_WRITE)


def _plan(record: Interview) -> Grid:
    rows = [heads("序号", "改进事项", "完成期限", "所需支持")]
    for number in range(1, max(_PLAN_LINES, len(record.plan)) + 1):
        what = (EMPTY, EMPTY, EMPTY)
        if number <= len(record.plan):
            item = record.plan[number - 1]
            what = (cell(item.what), middle(str(item.due or "")), cell(item.support))
        rows.append(Row((middle(str(number)), *what), height=_PLAN_TALL))
    return Grid(rows, (14 * mm, 76 * mm, 26 * mm, 40 * mm), heads=1)
