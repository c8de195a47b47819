"""The charts and comparisons of the annual report: trend, dimensions, gains and losses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.annual import Annual, Member, dimension_rates, is_small, moved, trend
from kpidesk.core.period import Grain, Period
from kpidesk.core.spread import FEW
from kpidesk.core.standings import under
from kpidesk.documents.blocks import cell, heads, middle
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.look import CELL_SMALL, NOTE, REMARK
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.radar import LEAST, RadarChart
from kpidesk.documents.text import Text
from kpidesk.documents.trend import Curve, TrendChart
from kpidesk.documents.words import period_name

FEW_MARK = "※"
"""Stands at the mean of so few people that it tells what one of them came to."""
NONE = "—"
_SHOWN = 3


def trends(record: Annual) -> Iterator[Flowable]:
    """Each scheme's mean score rate cycle by cycle, beside that of the company."""
    drawn = False
    for scheme in record.schemes:
        points = trend(under(record.rated, scheme))
        if len(points) < LEAST:
            continue
        drawn = True
        curves = [Curve(record.about, {short(x.cycle): x.rate for x in points})]
        if record.department and len(under(record.everybody, scheme)) > len(
            under(record.members, scheme)
        ):
            every = trend(under(record.everybody, scheme))
            curves.append(Curve(record.whole, {short(x.cycle): x.rate for x in every}))
        elif earlier := trend(under(record.rated, scheme), earlier=True):
            curves.append(Curve("上年", {short(x.cycle): x.rate for x in earlier}))
        places = [short(one.cycle) for one in points]
        yield TrendChart(f"{scheme}：各周期平均得分率", places, curves)
        counts = sorted({one.count for one in points})
        if counts[0] < FEW:
            few = "、".join(short(one.cycle) for one in points if one.count < FEW)
            yield Text(f"{FEW_MARK} {few} 的平均数来自不足 {FEW} 人。", NOTE)
    if not drawn:
        yield Text(f"没有一个方案有 {LEAST} 个以上已定分的周期，不画走势。", REMARK)


def dimensions(record: Annual) -> Iterator[Flowable]:
    """Each scheme's score rates by dimension: a radar chart, or a table where there are few."""
    for scheme in record.schemes:
        members = under(record.rated, scheme)
        rates = dimension_rates(members)
        if not rates:
            continue
        mark = FEW_MARK if is_small(members) else ""
        title = f"{scheme}（{len(members)} 人{mark}）"
        curves = [Curve("本年", rates), *_reference(record, scheme, members)]
        if len(rates) >= LEAST:
            yield RadarChart(title, list(rates), curves)
            continue
        rows = [heads(title, *(one.name for one in curves))]
        rows += [
            Row((cell(name), *(middle(percent(one.values.get(name))) for one in curves)))
            for name in rates
        ]
        yield Grid(rows, (TEXT_WIDTH - 30 * mm * len(curves), *[30 * mm] * len(curves)), heads=1)


def _reference(record: Annual, scheme: str, members: Sequence[Member]) -> list[Curve]:
    """What a scheme's dimensions are compared with: last year, else the whole company."""
    if earlier := dimension_rates(members, earlier=True):
        return [Curve("上年", earlier)]
    everybody = under(record.everybody, scheme)
    if record.department and len([x for x in everybody if x.marks]) > len(members):
        return [Curve(record.whole, dimension_rates(everybody))]
    return []


def moves(record: Annual) -> Iterator[Flowable]:
    """Who gained and who lost most in each dimension."""
    middle_of = None if record.compares_years else record.year.split(Grain.HALF_YEAR)[-1]
    basis = "与上年全年平均相比" if middle_of is None else "下半年平均与上半年平均相比"
    rows = [heads("方案", "维度", "提高最多", "下降最多")]
    for scheme in record.schemes:
        members = under(record.rated, scheme)
        for name in dimension_rates(members):
            changes = moved(members, name, middle=middle_of)
            ups = [one for one in changes if one.change > 0][:_SHOWN]
            downs = [one for one in reversed(changes) if one.change < 0][:_SHOWN]
            if ups or downs:
                shown = (
                    "\n".join(f"{one.name} {one.change:+f}" for one in side) or NONE
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


def short(cycle: Period) -> str:
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


def percent(value: Decimal | None) -> str:
    """83.6%; a dash where there is nothing."""
    return NONE if value is None else f"{value:f}%"
