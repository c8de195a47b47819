"""年度考核报告: a year of a company or department, with distribution, trend and radar charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.annual import (
    Annual,
    Member,
    completeness,
    dimension_rates,
    group_rate,
    is_small,
    moved,
    trend,
)
from kpidesk.core.period import Grain, Period
from kpidesk.core.spread import FEW, RANGES, by_range
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
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.radar import LEAST, RadarChart
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.trend import Curve, TrendChart
from kpidesk.documents.words import numeral, period_name

_TITLE = "年度考核报告"
_SIGNERS = ("编制人", "人力资源部", "总经理")
_NONE = "—"
_FEW_MARK = "※"
_SHOWN = 3
_FOOT = (
    "得分率为得分除以方案的满分；每人先求全年平均，再求部门或公司的平均，每人只计一次。"
    "只统计已定分的评分表。“已定分”栏为已定分和应评的份数，“等级”为最近一次的等级。"
)
_PROTECT = (
    f"{_FEW_MARK} 人数少于 {FEW} 人，平均数即可推知个人得分。本报告含个人结果，"
    f"仅供人力资源部和审批人使用；对外提供或公开前，应删去个人结果和带“{_FEW_MARK}”的平均数。"
)


def annual_pdf(record: Annual, *, stamp: Stamp) -> bytes:
    """The report as PDF."""
    about = f"{period_name(record.year)}　{record.department or '全公司'}"
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
    yield Text(f"{period_name(record.year)}　　{record.department or '全公司'}", SUBTITLE)
    yield _summary(record)
    yield Text(_FOOT, NOTE)
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
        yield from _trends(record)
        yield heading("各维度得分率")
        yield from _dimensions(record)
        yield heading("进步与退步")
        yield from _moves(record)
    yield heading("数据完整性")
    yield from _completeness(record)
    yield Stack([Text(_PROTECT, NOTE), signatures(_SIGNERS, TEXT_WIDTH)], whole=True)


def _summary(record: Annual) -> Grid:
    """Four figures, large: people, recorded of due, completeness, mean score rate."""
    rate, part = group_rate(record.members), completeness(record.recorded, record.due)
    mark = _FEW_MARK if record.rated and is_small(record.members) else ""
    figures = (
        ("参加考核", f"{len({one.number for one in record.members})} 人"),
        ("已定分／应评", f"{record.recorded}／{record.due}"),
        ("数据完整率", _percent(part)),
        ("平均得分率", _percent(rate) + mark),
    )
    big = BIG_FIGURE.but(size=16, leading=24)
    cells = (Cell((Text(what, CELL_LABEL), Text(text, big))) for what, text in figures)
    return Grid([Row(tuple(cells))], [TEXT_WIDTH / len(figures)] * len(figures))


def _departments(record: Annual) -> Iterator[Flowable]:
    rows = [heads("部门", "人数", "平均得分率", "最高", "最低", "应评", "已定分", "完整率")]
    for name, members in _by_department(record.members):
        rates = [one.rate for one in members if one.rate is not None]
        due, recorded = sum(len(x.due) for x in members), sum(len(x.marks) for x in members)
        mark = _FEW_MARK if rates and is_small(members) else ""
        figures = (
            str(len(members)),
            _percent(group_rate(members)) + mark,
            _percent(max(rates, default=None)),
            _percent(min(rates, default=None)),
            str(due),
            str(recorded),
            _percent(completeness(recorded, due)),
        )
        rows.append(Row((cell(name), *map(middle, figures))))
    yield Text("各部门", CAPTION)
    width = 17 * mm
    yield Grid(rows, (38 * mm, 14 * mm, 26 * mm, *[width] * 2, *[14 * mm] * 2, 16 * mm), heads=1)


def _people(record: Annual) -> Grid:
    rows = [heads("姓名", "部门／岗位", "方案", "已定分", "全年得分率", "上年", "等级")]
    for one in record.members:
        earlier = group_rate([_last_year(one)])
        grade = one.marks[-1].grade if one.marks else ""
        rows.append(
            Row(
                (
                    _two(one.name, one.number),
                    _two(one.department, one.post),
                    cell(one.scheme, style=CELL_SMALL),
                    middle(f"{len(one.marks)}／{len(one.due)}"),
                    cell(_percent(one.rate), style=CELL_STRONG),
                    middle(_percent(earlier)),
                    middle(grade or _NONE),
                )
            )
        )
    return Grid(rows, (24 * mm, 32 * mm, 34 * mm, 16 * mm, 20 * mm, 15 * mm, 15 * mm), heads=1)


def _trends(record: Annual) -> Iterator[Flowable]:
    drawn = False
    for scheme in record.schemes:
        points = trend(_under(record.rated, scheme))
        if len(points) < LEAST:
            continue
        drawn = True
        curves = [Curve(record.department or "全公司", {_short(x.cycle): x.rate for x in points})]
        if record.department and len(_under(record.everybody, scheme)) > len(
            _under(record.members, scheme)
        ):
            every = trend(_under(record.everybody, scheme))
            curves.append(Curve("全公司", {_short(x.cycle): x.rate for x in every}))
        places = [_short(one.cycle) for one in points]
        yield TrendChart(f"{scheme}：各周期平均得分率", places, curves)
        counts = sorted({one.count for one in points})
        if counts[0] < FEW:
            few = "、".join(_short(one.cycle) for one in points if one.count < FEW)
            yield Text(f"{_FEW_MARK} {few} 的平均数来自不足 {FEW} 人。", NOTE)
    if not drawn:
        yield Text(f"没有一个方案有 {LEAST} 个以上已定分的周期，不画走势。", REMARK)


def _dimensions(record: Annual) -> Iterator[Flowable]:
    for scheme in record.schemes:
        members = _under(record.rated, scheme)
        rates = dimension_rates(members)
        if not rates:
            continue
        mark = _FEW_MARK if is_small(members) else ""
        title = f"{scheme}（{len(members)} 人{mark}）"
        curves = [Curve("本年", rates), *_reference(record, scheme, members)]
        if len(rates) >= LEAST:
            yield RadarChart(title, list(rates), curves)
            continue
        rows = [heads(title, *(one.name for one in curves))]
        rows += [
            Row((cell(name), *(middle(_percent(one.values.get(name))) for one in curves)))
            for name in rates
        ]
        yield Grid(rows, (TEXT_WIDTH - 30 * mm * len(curves), *[30 * mm] * len(curves)), heads=1)


def _reference(record: Annual, scheme: str, members: Sequence[Member]) -> list[Curve]:
    """What a scheme's dimensions are compared with: last year, else the whole company."""
    if earlier := dimension_rates(members, earlier=True):
        return [Curve("上年", earlier)]
    everybody = _under(record.everybody, scheme)
    if record.department and len([x for x in everybody if x.marks]) > len(members):
        return [Curve("全公司", dimension_rates(everybody))]
    return []


def _moves(record: Annual) -> Iterator[Flowable]:
    middle_of = None if record.compares_years else record.year.split(Grain.HALF_YEAR)[-1]
    basis = "与上年全年平均相比" if middle_of is None else "下半年平均与上半年平均相比"
    rows = [heads("方案", "维度", "提高最多", "下降最多")]
    for scheme in record.schemes:
        members = _under(record.rated, scheme)
        for name in dimension_rates(members):
            changes = moved(members, name, middle=middle_of)
            ups = [one for one in changes if one.change > 0][:_SHOWN]
            downs = [one for one in reversed(changes) if one.change < 0][:_SHOWN]
            if ups or downs:
                shown = (
                    "\n".join(f"{one.name} {one.change:+f}" for one in side) or _NONE
                    for side in (ups, downs)
                )
                rows.append(Row((cell(scheme, style=CELL_SMALL), cell(name), *map(cell, shown))))
    if len(rows) == 1:
        yield Text(
            "没有可以比较的数据：需要上年已定分的结果，或本年上、下半年都有已定分的结果。", REMARK
        )
        return
    yield Text(f"得分率之差，单位为百分点；{basis}，每个维度列出前 {_SHOWN} 名。", REMARK)
    yield Grid(rows, (46 * mm, 34 * mm, 38 * mm, 38 * mm), heads=1)


def _completeness(record: Annual) -> Iterator[Flowable]:
    yield Text(
        f"应评 {record.due} 份，已定分 {record.recorded} 份，"
        f"完整率 {_percent(completeness(record.recorded, record.due))}。",
        REMARK,
    )
    rows = [heads("姓名", "部门", "没有定分的周期")]
    for one in record.members:
        if one.open:
            cycles = "、".join(_short(cycle) for cycle in one.open)
            rows.append(Row((cell(one.name), cell(one.department), cell(cycles))))
    if len(rows) > 1:
        yield Grid(rows, (34 * mm, 42 * mm, 80 * mm), heads=1)
    if record.without:
        text = f"在职但全年没有评分表的 {len(record.without)} 人：{'、'.join(record.without)}。"
        yield Text(text, REMARK)


def _by_department(members: Sequence[Member]) -> list[tuple[str, list[Member]]]:
    found: dict[str, list[Member]] = {}
    for one in members:
        found.setdefault(one.department, []).append(one)
    return list(found.items())


def _under(members: Sequence[Member], scheme: str) -> list[Member]:
    return [one for one in members if one.scheme == scheme]


def _last_year(one: Member) -> Member:
    """The same person with the marks of the year before."""
    return replace(one, marks=one.earlier)


def _two(first: str, second: str) -> Cell:
    return Cell((Text(first, CELL), Text(second, CELL_SMALL.but(color=GREY))))


def _short(cycle: Period) -> str:
    """A cycle in few characters: 3月, 2季度, 下半年, 全年; else by its name."""
    month = cycle.start.month
    for grain, text in (
        (Grain.MONTH, f"{month}月"),
        (Grain.QUARTER, f"{(month + 2) // 3}季度"),
        (Grain.HALF_YEAR, "上半年" if month == 1 else "下半年"),
        (Grain.YEAR, "全年"),
    ):
        if cycle == Period.containing(cycle.start, grain):
            return text
    return period_name(cycle)


def _percent(value: Decimal | None) -> str:
    return _NONE if value is None else f"{value:f}%"
