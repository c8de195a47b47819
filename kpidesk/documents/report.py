"""绩效考核结果报告: the review report, every figure explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.appraisal import Appraisal
from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.findings import Code
from kpidesk.core.review.steps import Calibrated
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import Sheet
from kpidesk.documents.blocks import Heading, cell, heads, middle
from kpidesk.documents.chart import MonthChart, Series
from kpidesk.documents.form import SIGNERS
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.interview import interview, opinion
from kpidesk.documents.look import (
    BIG_FIGURE,
    CAPTION,
    CELL_LABEL,
    NOTE,
    REMARK,
    SUBTITLE,
    TINT,
    TITLE,
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.particulars import person_entries
from kpidesk.documents.reasons import attainment_chart, derivations, score_chart, score_table
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import numeral, period_name

_TITLE = "绩效考核结果报告"
_AFTER = "（校准后）"
"""Tells a report from the one that was printed before the result was calibrated."""
_NONE = "—"


def report_pdf(
    sheet: Sheet,
    appraisal: Appraisal,
    contract: Contract,
    scheme: Scheme,
    *,
    history: Sequence[Series] = (),
    course: Course | None = None,
    stamp: Stamp,
) -> bytes:
    """The report of one appraisal; `history` are figures by month, each drawn as a chart.

    `course` is what happened to the result after it was recorded.

    What is missing is said to be missing; nothing is filled up with zeros.
    """
    person, period = contract.party_b, period_name(appraisal.cycle)
    title = f"{_TITLE}{_AFTER}" if course is not None and course.calibrated else _TITLE
    head = Head(
        title=f"{title}（{person.name}，{period}）",
        company=contract.party_a.name,
        label=f"{title}　{period}　{person.name}　{person.number}",
        stamp=stamp,
    )
    return build(list(_story(sheet, appraisal, contract, scheme, history, course=course)), head)


def _story(
    sheet: Sheet,
    appraisal: Appraisal,
    contract: Contract,
    scheme: Scheme,
    history: Sequence[Series],
    *,
    course: Course | None,
) -> Iterator[Flowable]:
    prose = Prose(scheme, dict(contract.settings))
    numbers = count()

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    moved = course.calibrated if course else None
    yield Heading(f"{_TITLE}{_AFTER}" if moved else _TITLE, TITLE)
    yield Text(f"考核周期：{period_name(appraisal.cycle)}", SUBTITLE)
    yield person_entries(contract, scheme, TEXT_WIDTH)
    yield _summary(sheet, prose, moved)
    yield heading("各项得分")
    yield score_table(sheet, scheme, prose)
    if any(row.override for row in sheet.rows):
        yield Text("* 改写的得分，理由见下文“说明与提示”。", NOTE)
    yield heading("得分与目标")
    yield from _charts(sheet, history)
    yield heading("得分的由来")
    yield from derivations(sheet, scheme)
    if said := _remarks(sheet):
        yield heading("说明与提示")
        yield from said
    if course is not None and course.lines:
        yield heading("校准、审批与申诉")
        yield _course(course)
    yield heading("面谈记录与改进计划")
    yield from interview(appraisal.interview)
    closing = (*opinion(appraisal.interview), signatures(SIGNERS, TEXT_WIDTH))
    yield Stack([heading("被考核人意见"), *closing], whole=True)


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a result: the calibration that stands, and each step by day and name."""

    calibrated: Calibrated | None
    lines: tuple[tuple[str, str, str], ...]


def _course(course: Course) -> Grid:
    rows = [heads("日期", "事项", "内容")]
    for day, title, text in course.lines:
        rows.append(Row((middle(day), middle(title), cell(text))))
    return Grid(rows, (26 * mm, 26 * mm, TEXT_WIDTH - 52 * mm), heads=1)


def _summary(sheet: Sheet, prose: Prose, moved: Calibrated | None) -> Grid:
    """Total, grade and scale, large; what they were calibrated to below."""
    cells = [("总分", sheet.total.text if sheet.total else _NONE)]
    if prose.scheme.grades:
        cells.append(("等级", sheet.grade.text if sheet.grade else _NONE))
    scale = "　".join(f"{one.grade} {one.printed}" for one in prose.grades())
    text = [*prose.aggregation(), *([f"等级标准：{scale}。"] if scale else [])]
    if moved is not None:
        text.insert(0, f"校准后：{moved.text}。左边是定分时的结果。")
    each = 30 * mm
    row = Row(
        (
            *(Cell((Text(what, CELL_LABEL), Text(value, BIG_FIGURE))) for what, value in cells),
            Cell(cell(*text).content, tint=TINT),
        )
    )
    widths = [each] * len(cells)
    return Grid([row], [*widths, TEXT_WIDTH - sum(widths)])


def _charts(sheet: Sheet, history: Sequence[Series]) -> Iterator[Flowable]:
    yield Text("各项得分（占满分的比例）", CAPTION)
    yield score_chart(sheet)
    if chart := attainment_chart(sheet):
        yield Text("实际完成（占目标的比例）", CAPTION)
        yield chart
    for series in history:
        yield MonthChart(series)


def _remarks(sheet: Sheet) -> list[Flowable]:
    """Overrides with their reasons, what is missing, and what the reader must know."""
    blocks: list[Flowable] = []
    rows = [heads("改写的指标", "改写得分", "理由", "改写人")]
    for row in sheet.rows:
        if override := row.override:
            when = f"{override.entered_on}" if override.entered_on else ""
            rows.append(
                Row(
                    (
                        cell(row.indicator.name),
                        cell(f"{override.score:f}"),
                        cell(override.reason),
                        cell(override.entered_by, when),
                    )
                )
            )
    if len(rows) > 1:
        blocks.append(Grid(rows, (34 * mm, 20 * mm, 76 * mm, 26 * mm), heads=1))
    rows = [heads("免考核的指标", "权重的处理", "理由", "决定人")]
    for row in sheet.rows:
        if exempt := row.exemption:
            when = f"{exempt.entered_on}" if exempt.entered_on else ""
            who = cell(exempt.entered_by, when)
            told = (cell(row.indicator.name), cell(exempt.handling.text), cell(exempt.reason), who)
            rows.append(Row(told))
    if len(rows) > 1:
        blocks.append(Grid(rows, (34 * mm, 40 * mm, 56 * mm, 26 * mm), heads=1))
    said = [f"缺少：{one.message}" for one in sheet.missing]
    said += [one.message for one in sheet.warnings if one.code is not Code.EXEMPT]
    blocks += [Text(f"{number}. {text}", REMARK) for number, text in enumerate(said, 1)]
    return blocks
