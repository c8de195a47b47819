"""考核结果审批表: the results of one cycle, and the general manager's decision by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.approval import Approval, ApprovalLine, Change
from kpidesk.core.spread import RANGES
from kpidesk.documents.blocks import Heading, TickBox, band, cell, entries, heads, label, middle
from kpidesk.documents.columns import ColumnChart
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row, Stand
from kpidesk.documents.look import (
    CAPTION,
    CELL,
    CELL_CENTER,
    CELL_SMALL,
    CELL_STRONG,
    GREY,
    NOTE,
    PLAIN,
    REMARK,
    SUBTITLE,
    TITLE,
    WARN,
    Align,
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import figure, numeral, period_name

_TITLE = "考核结果审批表"
_NONE = "—"
_WIDTHS = (32 * mm, 40 * mm, 24 * mm, 16 * mm, 26 * mm, 18 * mm)
_NAMED = 6
_SMALL = CELL_SMALL.but(color=GREY, align=Align.CENTER)
_BAND = CELL.but(face=Face.HEI_BOLD)
_LINE = PLAIN.but(align=Align.LEFT, size=10)
_ASKS = (
    "请在方框内打“√”。退回的，请写明理由和需要重新核定的人员或指标；"
    "人力资源部据此更正并重新提交，原结果和更正的理由都保留在操作日志中。"
)


@dataclass(frozen=True, slots=True)
class Filing:
    """The batch that a table was submitted as: its number, by whom, when, with what remark."""

    number: int
    by: str
    on: date
    note: str = ""


def approval_pdf(record: Approval, *, stamp: Stamp, filing: Filing | None = None) -> bytes:
    """The page that the general manager signs; without a `filing`, nothing is submitted yet."""
    period = period_name(record.cycle)
    head = Head(
        title=f"{_TITLE}（{period}，{record.about}）",
        company=record.company,
        label=f"{_TITLE}　{period}　{record.about}",
        stamp=stamp,
    )
    return build(list(_story(record, filing)), head)


def _story(record: Approval, filing: Filing | None) -> Iterator[Flowable]:
    numbers = count()

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    yield Heading(_TITLE, TITLE)
    yield Text(f"考核周期：{period_name(record.cycle)}　　范围：{record.about}", SUBTITLE)
    if filing is not None:
        said = f"第 {filing.number} 批　提交人：{filing.by}　提交日期：{filing.on}"
        yield Text(said, SUBTITLE)
        if filing.note:
            yield Text(f"提交说明：{filing.note}", REMARK)
    yield _summary(record)
    yield heading("考核结果")
    yield _results(record)
    yield Text(
        "得分栏下为该方案的满分，满分不同的得分不能直接比较；上期为同一方案上一个已定分的周期；"
        "* 有改写、更正或校准，见下表。",
        NOTE,
    )
    if record.complete:
        yield heading("得分分布")
        yield from _spread(record)
    flow: list[Flowable] = [heading("改写、更正与校准"), *_changes(record)]
    if found := list(_open(record)):
        flow += [heading("尚未完成"), *found]
    if record.warnings:
        flow += [heading("需要注意的事项"), *_warnings(record)]
    *front, last = flow
    yield from front
    if not isinstance(last, Text):  # a table may be long: it is not kept with what follows
        yield last
    kept = [last] if isinstance(last, Text) else []
    yield Stack([*kept, heading("审批意见"), *_decision(filing)], whole=True)


def _summary(record: Approval) -> Grid:
    recorded = sum(one.recorded for one in record.lines)
    ready = len(record.complete) - recorded
    return entries(
        [
            (
                ("参加考核", f"{len(record.lines)} 人"),
                ("已定分", f"{recorded} 人"),
                ("待定分", f"{ready} 人"),
            ),
            (
                ("尚缺数据", f"{len(record.lines) - len(record.complete)} 人"),
                ("改写等", f"{sum(len(one.changes) for one in record.lines)} 处"),
                ("未纳入", f"{len(record.without)} 人"),
            ),
        ],
        TEXT_WIDTH,
        columns=3,
    )


def _results(record: Approval) -> Grid:
    rows = [heads("姓名", "岗位", "得分", "等级", "上期", "变化")]
    for department, lines in groupby(record.lines, key=lambda one: one.department):
        people = list(lines)
        rows.append(band(Text(f"{department}（{len(people)} 人）", _BAND), len(_WIDTHS)))
        rows += [_result(one) for one in people]
    return Grid(rows, _WIDTHS, heads=1)


def _result(line: ApprovalLine) -> Row:
    who = Cell((Text(line.name, CELL), Text(line.number, CELL_SMALL.but(color=GREY))))
    if line.total is None:
        missing = f"尚缺 {line.missing} 项"
        points = Cell((Text("缺", CELL_STRONG.but(color=WARN)), Text(missing, _SMALL)))
    else:
        mark = "*" if line.changes else ""
        texts = [f"满分 {figure(line.full)}", *([] if line.recorded else ["未定分"])]
        small = (Text(one, _SMALL) for one in texts)
        points = Cell((Text(f"{line.total:f}{mark}", CELL_STRONG), *small))
    before = line.before
    if before is None:
        past = middle(_NONE)
    else:
        shown = f"{before.total:f}{f' {before.grade}' if before.grade else ''}"
        past = Cell((Text(shown, CELL_CENTER), Text(before.cycle.key, _SMALL)))
    return Row(
        (who, cell(line.post), points, middle(line.grade or _NONE), past, _change(line.difference))
    )


def _change(difference: Decimal | None) -> Cell:
    if difference is None:
        return middle(_NONE)
    style = CELL_CENTER.but(color=WARN) if difference < 0 else CELL_CENTER
    return cell(f"{difference:+f}" if difference else "0", style=style)


def _spread(record: Approval) -> Iterator[Flowable]:
    names = [name for _, name in RANGES]
    chart = ColumnChart("得分率（得分÷满分）", "人", names, record.ranges)
    yield chart
    rows = [heads("方案", "人数", "最高", "最低", "平均", "等级分布")]
    for one in record.spreads:
        grades = "，".join(f"{grade} {number} 人" for grade, number in one.grades) or "不分等级"
        figures = (one.spread.highest, one.spread.lowest, one.spread.mean)
        rows.append(
            Row(
                (
                    cell(f"{one.scheme}（满分 {figure(one.full)}）"),
                    middle(f"{one.spread.count}"),
                    *(middle(f"{value:f}") for value in figures),
                    cell(grades),
                )
            )
        )
    yield Grid(rows, (50 * mm, 14 * mm, 18 * mm, 18 * mm, 18 * mm, 38 * mm), heads=1)


def _changes(record: Approval) -> Iterator[Flowable]:
    rows = [heads("姓名", "改写或更正的内容", "理由", "经办")]
    for line in record.lines:
        rows += [_changed(line, one) for one in line.changes]
    if len(rows) == 1:
        yield Text("本期没有改写得分，没有定分后的更正，也没有校准。", REMARK)
        return
    yield Grid(rows, (24 * mm, 54 * mm, 54 * mm, 24 * mm), heads=1)


def _changed(line: ApprovalLine, change: Change) -> Row:
    who = Cell((Text(line.name, CELL), Text(line.department, CELL_SMALL.but(color=GREY))))
    by = Cell((Text(change.by, CELL), Text(f"{change.on or ''}", CELL_SMALL.but(color=GREY))))
    return Row((who, cell(change.what), cell(change.reason), by))


def _open(record: Approval) -> Iterator[Flowable]:
    """Who has no total yet, whose scores are not recorded, and who has no sheet at all."""
    groups = (
        ("数据未齐，没有总分", [one.name for one in record.lines if one.total is None]),
        ("总分已算出，尚未定分", [one.name for one in record.complete if not one.recorded]),
        ("在职但没有本周期的评分表", list(record.without)),
    )
    rows = [
        Row((label(what), middle(f"{len(names)} 人"), cell("、".join(names))))
        for what, names in groups
        if names
    ]
    if rows:
        yield Grid(rows, (36 * mm, 16 * mm, 104 * mm))


def _warnings(record: Approval) -> Iterator[Flowable]:
    for number, (text, names) in enumerate(record.warnings, 1):
        who = "、".join(names) if len(names) <= _NAMED else f"{names[0]}等 {len(names)} 人"
        yield Text(f"{number}. {text}（{who}）", REMARK)


def _decision(filing: Filing | None) -> list[Flowable]:
    boxes = (TickBox("同意上述考核结果", CELL), TickBox("退回重新核定", CELL))
    half = TEXT_WIDTH / 2
    rows = [
        Row(tuple(Cell((one,)) for one in boxes), 9 * mm, together=True),
        Row(
            (Cell((Text("意见和理由：", _LINE),), span=2, stand=Stand.TOP),),
            34 * mm,
            together=True,
        ),
        Row(
            (
                Cell((Text("总经理（签字）：", _LINE),)),
                Cell((Text("日期：　　　　　年　　　月　　　日", _LINE),)),
            ),
            13 * mm,
        ),
    ]
    asked = [Grid(rows, [half, half]), Text(_ASKS, NOTE)]
    if filing is not None:
        return asked
    return [
        *asked,
        Text("人力资源部提交：　　　　　　　　　　日期：　　　　　年　　　月　　　日", CAPTION),
    ]
