"""Charts of a year, each alone on a sheet of its own size: for the screen, a picture, the printer.

One drawing serves them all, so that what is copied is what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Final, assert_never

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kpidesk.core.annual import Annual, Member, dimension_rates, is_small, trend
from kpidesk.core.chart import Chart
from kpidesk.core.spread import FEW, RANGES, by_range, rate
from kpidesk.core.standings import compared, departments, ranking, under
from kpidesk.documents.annual_parts import FEW_MARK, percent, short
from kpidesk.documents.chart import Bar, BarChart
from kpidesk.documents.columns import ColumnChart
from kpidesk.documents.fonts import Face
from kpidesk.documents.look import GREY, Style
from kpidesk.documents.radar import LEAST, RadarChart
from kpidesk.documents.text import Block, Text
from kpidesk.documents.trend import Curve, TrendChart
from kpidesk.documents.words import period_name

MOST_BARS: Final = 60
"""More people than these are in the table only; a picture of them could not be read."""
_WIDTH, _EDGE = 170 * mm, 8 * mm
_TALL, _RADIUS = 72 * mm, 44 * mm
"""Larger than in the report of a year, where several stand on a page."""
_HEAD = Style(Face.HEI_BOLD, 11, 17)
_WHO = Style(Face.HEI, 8.5, 13, color=GREY, after=3 * mm)
_NOTE = Style(Face.HEI, 7.6, 11.5, color=GREY)
_HUNDRED = Decimal(100)


def year_chart_pdf(record: Annual, chart: Chart, *, about: str, scheme: str) -> bytes:
    """The chart of those in `record.members`, `about` whom it is in words.

    `scheme` is the one that trend and dimensions are of. Empty where there is too little to draw.
    """
    parts = list(_parts(record, chart, about, scheme))
    if not parts:
        return b""
    title = f"{chart}　{scheme}" if chart.is_of_scheme else str(chart)
    until = f"（截至 {record.until}）" if record.until else ""
    who = f"{record.company}　{period_name(record.year)}{until}　{about}"
    blocks = [Text(title, _HEAD), Text(who, _WHO), *parts]
    return _sheet(blocks, f"{title}　{who}", record.company)


def _parts(record: Annual, chart: Chart, about: str, scheme: str) -> Iterator[Block]:
    rated, own = record.rated, under(record.rated, scheme)
    match chart:
        case Chart.TREND:
            yield from _trend(record, own, about, scheme)
        case Chart.SPREAD:
            yield from _spread(rated)
        case Chart.DIMENSIONS:
            yield from _dimensions(record, own, scheme)
        case Chart.RANKING:
            yield from _ranking(compared(record))
        case Chart.DEPARTMENTS:
            yield from _departments(record)
        case _:
            assert_never(chart)


def _trend(record: Annual, own: Sequence[Member], about: str, scheme: str) -> Iterator[Block]:
    points = trend(own)
    if not points:
        return
    curves = [Curve(about, {short(x.cycle): x.rate for x in points})]
    everybody = under(record.everybody, scheme)
    if len([one for one in everybody if one.marks]) > len(own):
        curves.append(Curve(record.whole, {short(x.cycle): x.rate for x in trend(everybody)}))
    elif earlier := trend(own, earlier=True):
        curves.append(Curve("上年", {short(x.cycle): x.rate for x in earlier}))
    yield TrendChart("各周期平均得分率", [short(one.cycle) for one in points], curves, tall=_TALL)
    few = [short(one.cycle) for one in points if one.count < FEW]
    if few and len(own) > 1:
        yield Text(f"{FEW_MARK} {'、'.join(few)}的平均数来自不足 {FEW} 人。", _NOTE)


def _spread(rated: Sequence[Member]) -> Iterator[Block]:
    names = [name for _, name in RANGES]
    if len({one.number for one in rated}) > 1:
        rates = [one.rate for one in rated if one.rate is not None]
        yield ColumnChart("全年平均得分率", "人", names, by_range(rates), tall=_TALL)
    elif rated:
        totals = [mark.total for one in rated for mark in one.marks]
        found = [rate(one.points, one.full) for one in totals]
        yield ColumnChart("各周期得分率", "份", names, by_range(found), tall=_TALL)


def _dimensions(record: Annual, own: Sequence[Member], scheme: str) -> Iterator[Block]:
    rates = dimension_rates(own)
    if not rates:
        return
    curves = [Curve("本年", rates)]
    everybody = under(record.everybody, scheme)
    if len([one for one in everybody if one.marks]) > len(own):
        curves.append(Curve(record.whole, dimension_rates(everybody)))
    elif earlier := dimension_rates(own, earlier=True):
        curves.append(Curve("上年", earlier))
    mark = FEW_MARK if is_small(own) and len(own) > 1 else ""
    if len(rates) >= LEAST:
        title = f"各维度得分率（{len(own)} 人{mark}）"
        yield RadarChart(title, list(rates), curves, radius=_RADIUS)
    else:
        yield BarChart([_bar(name, part) for name, part in rates.items()], "100%")


def _ranking(rated: Sequence[Member]) -> Iterator[Block]:
    places = ranking(rated)
    if not places:
        return
    bars = [
        _bar(f"{one.place}　{one.member.name}", one.rate, one.before) for one in places[:MOST_BARS]
    ]
    yield BarChart(bars, "100%")
    if len(places) > MOST_BARS:
        yield Text(f"共 {len(places)} 人，图上是前 {MOST_BARS} 名，全部名次见表。", _NOTE)


def _departments(record: Annual) -> Iterator[Block]:
    found = [one for one in departments(record.everybody) if one.rate is not None]
    if not found:
        return
    found.sort(key=lambda one: one.rate or 0, reverse=True)
    bars = [
        Bar(
            one.name,
            (one.rate or Decimal(0)) / _HUNDRED,
            f"{percent(one.rate)}{FEW_MARK if one.small else ''}　{one.count} 人",
        )
        for one in found
    ]
    yield BarChart(bars, "100%")
    if any(one.small for one in found):
        yield Text(f"{FEW_MARK} 不足 {FEW} 人，平均数可以推知个人得分。", _NOTE)


def _bar(name: str, now: Decimal, before: Decimal | None = None) -> Bar:
    then = "" if before is None else f"（上年 {percent(before)}）"
    return Bar(name, now / _HUNDRED, f"{percent(now)}{then}")


def _sheet(blocks: Sequence[Block], title: str, author: str) -> bytes:
    """The blocks below each other on a page that is just as large."""
    heights = [block.wrap(_WIDTH, 0)[1] + block.getSpaceAfter() for block in blocks]
    size = (_WIDTH + 2 * _EDGE, sum(heights) + 2 * _EDGE)
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=size,
        lang="zh-CN",
        initialFontName=Face.HEI.main,
        invariant=1,
        pageCompression=1,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("KPI Desk")
    y = size[1] - _EDGE
    for block, height in zip(blocks, heights, strict=True):
        y -= height
        block.drawOn(canvas, _EDGE, y + block.getSpaceAfter())
    canvas.showPage()
    canvas.save()
    return file.getvalue()
