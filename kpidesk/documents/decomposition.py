"""目标分解表: the targets of many people by month, on one landscape table for each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.decomposition import Decomposition, Line, Part, Standing
from kpidesk.core.period import Period
from kpidesk.documents.blocks import Heading, band, cell, label
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    BAND_TINT,
    CELL_HEAD,
    CELL_SMALL,
    GREY,
    NOTE,
    SUBTITLE,
    TINT,
    TITLE,
    WARN,
    Align,
    Style,
)
from kpidesk.documents.page import WIDE_TEXT_WIDTH, Head, build
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text, text_width
from kpidesk.documents.words import figure, span

_TITLE = "目标分解表"
_SIGNERS = ("编制人", "部门负责人", "人力资源部", "总经理")
_YEAR = 12
_NAME, _TOTAL, _OPEN = 33 * mm, 20 * mm, 17 * mm
_NONE = "—"
_PAD = 3.4 * mm
_FIGURE = CELL_SMALL.but(align=Align.RIGHT)
_SMALLEST = 5.5
_SHORT = 3  # parts of so many people stand in one table
_WHOLE = 9  # a table of so many rows is not cut
_MONTH = CELL_HEAD.but(size=7.4)
_BAND = CELL_SMALL.but(face=Face.HEI_BOLD)
_ABOUT = CELL_SMALL.but(size=6.8, leading=9, color=GREY)
_NOT_SPLIT = CELL_SMALL.but(align=Align.CENTER, color=GREY)
_HOW = (
    "各月为责任书约定的月度目标，责任期不自1日开始的，计入起始月份；“—”表示该月不在责任期内或未约定月度目标。"
    "“未分配”为全期目标减各月合计；“未分解到人”为上级的目标减下属合计，负数表示分解数超过上级的目标；"
    "上级的目标按项目名称（不计“计划”“目标”等字）和单位对应。"
    "比率等不能相加的指标不作合计。"
)


def decomposition_pdf(table: Decomposition, *, stamp: Stamp) -> bytes:
    """The table as PDF, with room for the signatures of those who agree on it."""
    is_open = table.standing is not None and table.standing.is_changed
    mark = "　未发布" if is_open else ""
    head = Head(
        title=f"{_TITLE}（{span(table.span)}）{mark}",
        company=table.company,
        label=f"{_TITLE}　{span(table.span)}{mark}",
        stamp=stamp,
        wide=True,
    )
    return build(list(_story(table)), head)


def _standing(standing: Standing) -> str:
    """未发布 stands on the paper, so that nobody signs it for the figures that count."""
    said = f"第 {standing.number} 次发布"
    if standing.on is not None:
        said += f"（{standing.on:%Y-%m-%d}）"
    if not standing.is_changed:
        return f"目标计划：{said}"
    if not standing.number:
        return "未发布：目标计划草稿，仅供讨论，数字仍可能改变"
    return f"未发布：含{said}以后的改动，仅供讨论，以最近一次发布的数为准"


def _story(table: Decomposition) -> Iterator[Flowable]:
    yield Heading(_TITLE, TITLE)
    yield Text(f"目标期间：{span(table.span)}", SUBTITLE)
    if table.standing is not None:
        is_open = table.standing.is_changed
        yield Text(_standing(table.standing), SUBTITLE.but(color=WARN) if is_open else SUBTITLE)
    departments = groupby(table.parts, key=lambda one: one.department)
    for place, (department, parts) in enumerate(departments):
        first, *others = _grids(tuple(parts), table.months)
        # Under the title the table may be cut: with the title it would not fit on any page.
        whole = place > 0 and len(first.rows) <= _WHOLE
        yield Stack([Heading(department, level=1), first], whole=whole)
        yield from others
    notes = [Text(_HOW, NOTE)]
    if any(line.draft for part in table.parts for line in part.lines):
        notes.append(Text("“草稿”指责任书尚未打印签署，其目标仍可修改。", NOTE))
    if any(line.amended for part in table.parts for line in part.lines):
        notes.append(Text("“补1”指目标按第 1 份补充协议变更以后的数，其余类推。", NOTE))
    if table.without:
        text = f"以下在职人员在此期间没有责任书，目标尚未分配：{'、'.join(table.without)}。"
        notes.append(Text(text, NOTE.but(color=WARN)))
    yield Stack([*notes, signatures(_SIGNERS, WIDE_TEXT_WIDTH)], whole=True)


def _grids(parts: Sequence[Part], months: Sequence[Period]) -> Iterator[Grid]:
    """The tables of a department, twelve months wide; a long part has its own."""
    each = (WIDE_TEXT_WIDTH - _NAME - _TOTAL - _OPEN) / _YEAR
    widths = [_NAME, *[each] * _YEAR, _TOTAL, _OPEN]
    style = _fitting(parts, each)
    for first in range(0, len(months), _YEAR):
        shown = months[first : first + _YEAR]
        window = Period(shown[0].start, shown[-1].end)
        head = _heads([f"{one.start:%Y.%m}" for one in shown] + [""] * (_YEAR - len(shown)))
        short: list[Row] = []
        for part in parts:
            lines = [one for one in part.lines if one.term.overlap(window)]
            name = band(Text(f"{part.label}（{part.unit}）", _BAND), len(widths))
            rows = [_line(one, first, len(shown), style) for one in lines]
            rows += _sums(part, first, len(shown), style) if lines else []
            if len(lines) <= _SHORT:
                short += [name, *rows] if lines else []
                continue
            if short:
                yield Grid([head, *short], widths, heads=1)
                short = []
            yield Grid([head, name, *rows], widths, heads=2)
        if short:
            yield Grid([head, *short], widths, heads=1)


def _heads(months: Sequence[str]) -> Row:
    titles = (("姓名", CELL_HEAD), *((one, _MONTH) for one in months))
    ends = (("全期目标", CELL_HEAD), ("未分配", CELL_HEAD))
    cells = (Cell((Text(text, style),), tint=TINT) for text, style in (*titles, *ends))
    return Row(tuple(cells), together=True)


def _line(line: Line, first: int, count: int, style: Style) -> Row:
    marks = [*(["草稿"] if line.draft else []), *([f"补{line.amended}"] if line.amended else [])]
    about = "　".join([line.contract, *marks])
    who = Cell((Text(f"{line.name}　{line.number}", CELL_SMALL), Text(about, _ABOUT)))
    months = line.months[first : first + count]
    return _row(who, months, line.total, line.unassigned, style)


def _sums(part: Part, first: int, count: int, style: Style) -> list[Row]:
    """What the lines come to, and what the superior's target leaves open."""
    end, strong = first + count, style.but(face=Face.HEI_BOLD)
    rows: list[Row] = []
    if part.adds_up and len(part.lines) > 1:
        rows.append(_row(label("合计"), part.sums[first:end], part.total, part.unassigned, strong))
    if (above := part.above) is not None:
        of = label(f"上级目标（{above.name}）")
        rows.append(_row(of, above.months[first:end], above.total, above.unassigned, style))
        is_open = any(part.open[first:end]) or bool(part.open_total)
        left = strong.but(color=WARN) if is_open else strong
        rows.append(_row(label("未分解到人"), part.open[first:end], part.open_total, None, left))
    return rows


def _row(
    who: Cell,
    months: Sequence[Decimal | None],
    total: Decimal | None,
    unassigned: Decimal | None,
    style: Style,
) -> Row:
    left = style.but(color=WARN, face=Face.HEI_BOLD) if unassigned else style
    ends = (_figure(total, style), _figure(unassigned, left))
    if all(one is None for one in months):
        return Row((who, Cell((Text("不分月", _NOT_SPLIT),), span=_YEAR), *ends))
    blanks = [Cell(tint=BAND_TINT)] * (_YEAR - len(months))
    return Row((who, *(_figure(one, style) for one in months), *blanks, *ends))


def _figure(value: Decimal | None, style: Style) -> Cell:
    if value is None:
        return cell(_NONE, style=style.but(align=Align.CENTER, color=GREY))
    return cell(figure(value), style=style)


def _fitting(parts: Sequence[Part], room: float) -> Style:
    """The style in which the widest monthly figure stands on one line."""
    bold = _FIGURE.but(face=Face.HEI_BOLD)
    values = [
        one
        for part in parts
        for row in (part.sums, part.open, *(line.months for line in part.lines))
        for one in row
    ]
    widest = max(text_width(figure(one), bold) for one in values)
    size = _FIGURE.size * min(1.0, (room - _PAD) / widest) if widest else _FIGURE.size
    return _FIGURE.but(size=max(size, _SMALLEST))
