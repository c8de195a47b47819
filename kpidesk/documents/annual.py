"""年度考核报告: a year of a company or department, with distribution, trend and radar charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.annual import (
    Annual,
    Member,
    completeness,
    group_rate,
    is_small,
)
from kpidesk.core.spread import FEW, RANGES, by_range
from kpidesk.core.standings import departments, is_uneven
from kpidesk.documents.annual_parts import (
    FEW_MARK,
    NONE,
    dimensions,
    moves,
    percent,
    short,
    trends,
)
from kpidesk.documents.blocks import Heading, cell, heads, middle
from kpidesk.documents.columns import ColumnChart
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    BIG_FIGURE,
    CAPTION,
    CELL,
    CELL_LABEL,
    CELL_SMALL,
    CELL_STRONG,
    GREY,
    NOTE,
    REMARK,
    SUBTITLE,
    TITLE,
    Align,
    Style,
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import numeral, period_name

_TITLE = "年度考核报告"
_SIGNERS = ("编制人", "人力资源部", "总经理")
_FOOT = (
    "得分率为得分除以方案的满分；每人先求全年平均，再求部门或公司的平均，每人只计一次。"
    "只统计已定分的评分表。“已定分”栏为已定分和应评的份数，“等级”为最近一次的等级。"
)
_CALIBRATED = "经校准的，按校准后的有效得分和等级计算，并注明校准前；各维度得分不随校准改变。"
_UNEVEN = (
    "有人的各次考核所含月数不同（换岗、提前终止等）：每次考核各算一次，不按月数加权；"
    "怎样折算成全年成绩，方案没有规定的，由公司决定。"
)
_PROTECT = (
    f"{FEW_MARK} 人数少于 {FEW} 人，平均数即可推知个人得分。本报告含个人结果，"
    f"仅供人力资源部和审批人使用；对外提供或公开前，应删去个人结果和带“{FEW_MARK}”的平均数。"
)


def annual_pdf(record: Annual, *, stamp: Stamp) -> bytes:
    """The report as PDF."""
    about = f"{period_name(record.year)}　{record.scope}"
    head = Head(
        title=f"{_TITLE}（{about}）",
        company=record.company,
        label=f"{_TITLE}　{about}",
        stamp=stamp,
    )
    return build(list(_story(record)), head)


def _story(record: Annual) -> Iterator[Flowable]:
    numbers = count()

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    yield Heading(_TITLE, TITLE)
    until = f"　　截至 {record.until}" if record.until else ""
    about = f"{period_name(record.year)}　　{record.scope}{until}"
    yield Text(about, SUBTITLE)
    yield _summary(record)
    told = _CALIBRATED if record.is_calibrated else ""
    yield Text(f"{_FOOT}{told}{_UNEVEN if is_uneven(record.members) else ''}", NOTE)
    if record.rated:
        yield heading("得分分布")
        rates = [one.rate for one in record.rated if one.rate is not None]
        names = [name for _, name in RANGES]
        yield ColumnChart("全年平均得分率", "人", names, by_range(rates))
        if not record.department:
            yield from _departments(record)
        yield heading("个人结果")
        yield _people(record)
        yield heading("走势")
        yield from trends(record)
        yield heading("各维度得分率")
        yield from dimensions(record)
        yield heading("进步与退步")
        yield from moves(record)
    yield heading("数据完整性")
    yield from _completeness(record)
    yield Stack([Text(_PROTECT, NOTE), signatures(_SIGNERS, TEXT_WIDTH)], whole=True)


def _summary(record: Annual) -> Grid:
    """Four figures, large: people, recorded of due, completeness, mean score rate."""
    rate, part = group_rate(record.members), completeness(record.recorded, record.due)
    mark = FEW_MARK if record.rated and is_small(record.members) else ""
    figures = (
        ("参加考核", f"{len({one.number for one in record.members})} 人"),
        ("已定分／应评", f"{record.recorded}／{record.due}"),
        ("数据完整率", percent(part)),
        ("平均得分率", percent(rate) + mark),
    )
    big = BIG_FIGURE.but(size=16, leading=24)
    cells = (Cell((Text(what, CELL_LABEL), Text(text, big))) for what, text in figures)
    return Grid([Row(tuple(cells))], [TEXT_WIDTH / len(figures)] * len(figures))


def _departments(record: Annual) -> Iterator[Flowable]:
    rows = [heads("部门", "人数", "平均得分率", "最高", "最低", "应评", "已定分", "完整率")]
    for one in departments(record.members):
        figures = (
            str(one.count),
            percent(one.rate) + (FEW_MARK if one.small else ""),
            percent(one.highest),
            percent(one.lowest),
            str(one.due),
            str(one.recorded),
            percent(one.complete),
        )
        rows.append(Row((cell(one.name), *map(middle, figures))))
    yield Text("各部门", CAPTION)
    width = 17 * mm
    yield Grid(rows, (38 * mm, 14 * mm, 26 * mm, *[width] * 2, *[14 * mm] * 2, 16 * mm), heads=1)


def _people(record: Annual) -> Grid:
    rows = [heads("姓名", "部门／岗位", "方案", "已定分", "全年得分率", "上年", "等级")]
    for one in record.members:
        earlier = group_rate([_last_year(one)])
        grade = one.marks[-1].grade if one.marks else ""
        before = "" if one.uncalibrated is None else percent(one.uncalibrated)
        rows.append(
            Row(
                (
                    _two(one.name, one.number),
                    _two(one.department, one.post),
                    cell(one.scheme, style=CELL_SMALL),
                    middle(f"{len(one.marks)}／{len(one.due)}"),
                    _moved(percent(one.rate), before, CELL_STRONG),
                    middle(percent(earlier)),
                    _moved(grade or NONE, one.grade_before, CELL.but(align=Align.CENTER)),
                )
            )
        )
    return Grid(rows, (24 * mm, 30 * mm, 30 * mm, 14 * mm, 24 * mm, 15 * mm, 19 * mm), heads=1)


def _completeness(record: Annual) -> Iterator[Flowable]:
    yield Text(
        f"应评 {record.due} 份，已定分 {record.recorded} 份，"
        f"完整率 {percent(completeness(record.recorded, record.due))}。",
        REMARK,
    )
    rows = [heads("姓名", "部门", "没有定分的周期")]
    for one in record.members:
        if one.open:
            cycles = "、".join(short(cycle) for cycle in one.open)
            rows.append(Row((cell(one.name), cell(one.department), cell(cycles))))
    if len(rows) > 1:
        yield Grid(rows, (34 * mm, 42 * mm, 80 * mm), heads=1)
    if record.without:
        text = f"在职但全年没有评分表的 {len(record.without)} 人：{'、'.join(record.without)}。"
        yield Text(text, REMARK)


def _last_year(one: Member) -> Member:
    """The same person with the marks of the year before."""
    return replace(one, marks=one.earlier)


def _moved(now: str, before: str, style: Style) -> Cell:
    """What counts, and below it what it was before calibration."""
    small = CELL_SMALL.but(color=GREY, align=style.align)
    below = (Text(f"校准前 {before}", small),) if before else ()
    return Cell((Text(now, style), *below))


def _two(first: str, second: str) -> Cell:
    return Cell((Text(first, CELL), Text(second, CELL_SMALL.but(color=GREY))))
