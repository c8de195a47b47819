"""What is said of those who left, and of what is known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kpidesk.core.retention import Retention
    from kpidesk.usecases.retention import LeftRow


def period_text(retention: Retention | None) -> str:
    """离职后保存 3 年（依据：……）."""
    if retention is None:
        return "保存期限：还没有填写"
    return f"保存期限：离职后满 {retention.years} 年（依据：{retention.basis}）"


def state_text(one: LeftRow, today: date) -> str:
    """Where somebody stands; what has to be seen to first is said whole."""
    if one.person.anonymised_on is not None:
        return f"已匿名处理 {day_text(one.person.anonymised_on)}"
    if one.over_on is None:
        return "先填写保存期限"
    if one.over_on > today:
        return "保存中"
    return "；".join(one.obstacles) if one.obstacles else "已到期，可以匿名处理"


def held_lines(chosen: Sequence[LeftRow], today: date) -> Iterator[str]:
    """What would be taken out of whom is chosen, and what stays."""
    open_ones = [one for one in chosen if one.person.anonymised_on is None]
    if not open_ones:
        return
    held = [one.held for one in open_ones]
    gone = [
        "姓名、工号",
        _counted(sum(len(one.incidents) for one in held), "条关键事件的记录"),
        _counted(sum(len(one.files) for one in held), "个附件"),
        _counted(sum(len(one.looks) for one in held), "条改进计划的跟踪文字"),
        _counted(sum(len(one.open_sheets) for one in held), "张没有定过分的评分表的内容"),
        _counted(sum(len(one.unprinted) for one in held), "份没有打印过的作废责任书里的姓名"),
        _counted(sum(len(one.lines) for one in held), "条操作记录里的这些内容"),
    ]
    stays = [
        _counted(sum(len(one.papers) for one in held), "份打印或签署过的责任书"),
        _counted(sum(len(one.recorded) for one in held), "张定过分的评分表和结果"),
        "薪酬结算",
    ]
    yield f"去掉：{'、'.join(filter(None, gone))}。"
    yield f"保留：{'、'.join(filter(None, stays))}。"
    if len(chosen) == 1 and not chosen[0].is_due(today) and chosen[0].over_on is not None:
        yield f"{day_text(chosen[0].over_on)} 起才可以匿名处理。"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""
