"""How a result's way to approval reads in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.review.standing import Stage
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.scoring.list import TONES
from kpidesk.ui.words import day_text, points_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kpidesk.usecases.results import ResultRow

_TONES = {
    Stage.WAITING: Tone.WARN,
    Stage.RETURNED: Tone.BAD,
    Stage.APPROVED: Tone.ACCENT,
    Stage.CONFIRMED: Tone.GOOD,
    Stage.UPHELD: Tone.BAD,
}
APPEALED = "申诉中"


def where_text(row: ResultRow) -> str:
    """可定分, 已定分, 待审批, 已批准, 申诉中…."""
    if row.review.appeal is not None:
        return APPEALED
    return str(row.state if row.review.stage is Stage.UNSUBMITTED else row.review.stage)


def where_tone(row: ResultRow) -> Tone:
    """The colour of the state."""
    if row.review.appeal is not None:
        return Tone.BAD
    return TONES[row.state] if row.review.stage is Stage.UNSUBMITTED else _TONES[row.review.stage]


def where_tip(row: ResultRow, today: date) -> str:
    """Since when, and how many days that is."""
    scored = f"{row.scored_by} {day_text(row.scored_on)} 定分" if row.scored_on else "还没有定分"
    return "；".join((scored, *_since(row, today)))


def _since(row: ResultRow, today: date) -> Iterator[str]:
    review = row.review
    if review.appeal is not None and review.appealed_on is not None:
        left = (review.appeal - today).days
        due = f"还有 {left} 天" if left >= 0 else f"已超过 {-left} 天"
        yield f"{day_text(review.appealed_on)} 申诉，应在 {review.appeal} 前答复，{due}"
    elif review.since is not None:
        waited = f"，已等 {(today - review.since).days} 天" if review.stage is Stage.WAITING else ""
        yield f"{day_text(review.since)} {_SINCE[review.stage]}{waited}"
    if review.published:
        start, last = review.published
        yield f"公示 {start} 至 {last}"
    if review.corrected:
        yield "申诉成立后的更正结果，原结果见“审批”"
    if row.is_closed:
        yield "考核周期已关闭"


_SINCE = {
    Stage.WAITING: "提交审批",
    Stage.RETURNED: "退回",
    Stage.APPROVED: "批准",
    Stage.CONFIRMED: "确认",
    Stage.UPHELD: "申诉成立，请更正后重新定分、提交",
}


def moved_text(row: ResultRow) -> str:
    """What a result was calibrated from: 校准：总分 82.50 → 85.00，等级 良好 → 优秀."""
    moved = row.review.moved
    if moved is None:
        return ""
    told = []
    if moved.total != row.total:
        told.append(f"总分 {points_text(row.total)} → {points_text(moved.total)}")
    if moved.grade != row.grade:
        told.append(f"等级 {row.grade or '无'} → {moved.grade or '无'}")
    return f"校准：{'，'.join(told)}；原结果不变，理由见“审批”"
