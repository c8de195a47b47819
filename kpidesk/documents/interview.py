"""The interview on the report: what was said, or lines to write it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.appraisal import Interview, Opinion, Refusal
from kpidesk.core.follow_up import FollowUp, Outcome, Tracked
from kpidesk.core.incident import Incident, Side
from kpidesk.documents.blocks import EMPTY, TickBox, cell, entries, heads, label, middle
from kpidesk.documents.grid import Cell, Grid, Row, Stand
from kpidesk.documents.look import CAPTION, CELL
from kpidesk.documents.page import TEXT_WIDTH
from kpidesk.documents.text import Text
from kpidesk.documents.words import DELIVERIES

_TO_WRITE = 14 * mm
_PLAN_LINES = 3
_PLAN_TALL = 9 * mm
_LABEL = 24 * mm
_PLAN_WIDTHS = (11 * mm, 40 * mm, 40 * mm, 18 * mm, 22 * mm, 25 * mm)
_LEFT_WIDTHS = (66 * mm, 24 * mm, 66 * mm)
_LOOK_WIDTHS = (46 * mm, 22 * mm, 34 * mm, 36 * mm, 18 * mm)
_INCIDENT_WIDTHS = (24 * mm, 14 * mm, TEXT_WIDTH - 38 * mm)
_SIDES = {Side.GOOD: "正", Side.BAD: "负"}
OUTCOMES = {
    Outcome.DONE: "已完成",
    Outcome.GOES_ON: "继续",
    Outcome.NOT_DONE: "未完成",
    Outcome.DROPPED: "取消",
}


@dataclass(frozen=True, slots=True)
class Plans:
    """What became of an interview's plan since, and what plans before it left to do."""

    looks: tuple[FollowUp, ...] = ()
    earlier: tuple[Tracked, ...] = ()


NO_PLANS = Plans()


def interview(record: Interview) -> Iterator[Flowable]:
    """The record, and the improvement plan with at least three lines."""
    when = (("面谈日期", _day(record.held_on)), ("面谈人", record.interviewer))
    where = (("地点", record.place), ("参加人", record.participants))
    yield entries([when, where], TEXT_WIDTH)
    said = (
        ("主要成绩", record.strengths),
        ("不足之处", record.weaknesses),
        ("综合评语", record.comment),
    )
    yield Grid([_said(what, text) for what, text in said], (_LABEL, TEXT_WIDTH - _LABEL))
    yield Text("改进计划", CAPTION)
    yield _plan(record)


def opinion(record: Interview) -> list[Flowable]:
    """同意, 保留意见 or 拒签, ticked or to tick, room for words, and who saw a refusal."""
    boxes = (
        TickBox("同意考核结果", ticked=record.opinion is Opinion.AGREES),
        TickBox("保留意见（请说明理由）", ticked=record.opinion is Opinion.RESERVES),
        TickBox("拒绝签字（见证人签字）", ticked=record.opinion is Opinion.REFUSES),
    )
    words = (Text(record.opinion_text, CELL),) if record.opinion_text else ()
    rows = [
        Row(tuple(Cell((one,)) for one in boxes), together=True),
        Row((Cell(words, span=3, stand=Stand.TOP),), height=_TO_WRITE),
    ]
    parts: list[Flowable] = [Grid(rows, [TEXT_WIDTH / 3] * 3)]
    if record.refusal is not None:
        parts.append(_refusal(record.refusal))
    return parts


def _refusal(refusal: Refusal) -> Grid:
    """Two witnesses with room to sign; how and when the result was delivered."""
    way = "（还没有送达）" if refusal.delivery is None else DELIVERIES[refusal.delivery]
    told = f"{way}　{refusal.note}".rstrip("　")
    witnesses = tuple(
        (f"见证人{one}", f"{name}（签字）")
        for one, name in zip("一二", refusal.witnesses, strict=True)
    )
    delivery = (("送达方式", told), ("送达日期", _day(refusal.delivered_on)))
    return entries([witnesses, delivery], TEXT_WIDTH)


def followed_up(looks: Iterable[FollowUp]) -> Iterator[Flowable]:
    """What became of the plan, as far as it was looked at; nothing before."""
    rows = [
        Row(
            (
                cell(one.what),
                middle(str(one.on)),
                cell(OUTCOMES[one.outcome] + (f"，改到 {one.until}" if one.until else "")),
                cell(one.result),
                middle(one.by),
            )
        )
        for one in looks
    ]
    if rows:
        yield Text("改进计划跟踪", CAPTION)
        yield Grid(
            [heads("改进事项", "跟踪日期", "结果", "说明", "记录人"), *rows], _LOOK_WIDTHS, heads=1
        )


def happened(incidents: Iterable[Incident]) -> Iterator[Flowable]:
    """关键事件 of the cycle, to be talked over; nothing where none was written down."""
    rows = [
        Row((middle(str(one.on)), middle(_SIDES[one.side]), cell(_told(one))))
        for one in sorted(incidents, key=lambda one: one.on)
    ]
    if rows:
        yield Text("本期关键事件", CAPTION)
        yield Grid([heads("日期", "正负", "经过"), *rows], _INCIDENT_WIDTHS, heads=1)


def _told(one: Incident) -> str:
    files = f"（附件 {len(one.files)} 个，存于公司文件）" if one.files else ""
    return f"{one.note}{files}"


def left_to_do(items: Iterable[Tracked]) -> Iterator[Flowable]:
    """What earlier plans left to do, to be talked over; nothing where all was done."""
    rows = [
        Row((cell(one.item.what), middle(str(one.due or "")), cell(_stands(one))), together=True)
        for one in items
    ]
    if rows:
        yield Text("以往改进计划中没有完成的事项", CAPTION)
        yield Grid([heads("改进事项", "完成期限", "现状"), *rows], _LEFT_WIDTHS, heads=1)


def _stands(one: Tracked) -> str:
    if one.last is None:
        return "还没有跟踪"
    return f"{one.last.on} {OUTCOMES[one.last.outcome]}：{one.last.result}"


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def _said(what: str, text: str) -> Row:
    return Row((label(what), cell(text) if text else EMPTY), height=0 if text else _TO_WRITE)


def _plan(record: Interview) -> Grid:
    rows = [heads("序号", "改进事项", "改进措施", "责任人", "完成期限", "所需支持")]
    for number in range(1, max(_PLAN_LINES, len(record.plan)) + 1):
        what = (EMPTY,) * 5
        if number <= len(record.plan):
            item = record.plan[number - 1]
            what = (
                cell(item.what),
                cell(item.measure),
                middle(item.responsible),
                middle(str(item.due or "")),
                cell(item.support),
            )
        rows.append(Row((middle(str(number)), *what), height=_PLAN_TALL))
    return Grid(rows, _PLAN_WIDTHS, heads=1)
