"""A plain table on paper: a title, some lines above it, a note below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from kpidesk.documents.blocks import Heading, cell, heads
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.look import CELL_SMALL, NOTE, SUBTITLE, TITLE
from kpidesk.documents.page import TEXT_WIDTH, WIDE_TEXT_WIDTH, Head, build
from kpidesk.documents.text import Text


@dataclass(frozen=True, slots=True)
class TableReport:
    """What is printed. `shares` are the widths of the columns, in proportion."""

    title: str
    company: str
    label: str
    lines: Sequence[str]
    columns: Sequence[str]
    shares: Sequence[int]
    rows: Sequence[Sequence[str]]
    note: str = ""
    wide: bool = False


def table_report_pdf(report: TableReport) -> bytes:
    """The PDF: no paper that is signed, hence without a code."""
    head = Head(report.title, report.company, report.label, None, wide=report.wide)
    return build(_story(report), head)


def _story(report: TableReport) -> Sequence[Flowable]:
    room = WIDE_TEXT_WIDTH if report.wide else TEXT_WIDTH
    widths = [room * one / sum(report.shares) for one in report.shares]
    rows = [
        heads(*report.columns),
        *(Row(tuple(cell(text, style=CELL_SMALL) for text in row)) for row in report.rows),
    ]
    story: list[Flowable] = [Heading(report.title, TITLE)]
    story += [Text(line, SUBTITLE) for line in report.lines]
    story.append(Grid(rows, widths, heads=1))
    if report.note:
        story.append(Text(report.note, NOTE))
    return story
