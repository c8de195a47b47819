"""The columns of the list of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.review.words import (
    moved_text,
    where_text,
    where_tip,
    where_tone,
)
from kpidesk.ui.table import Column
from kpidesk.ui.words import cycle_text, day_text, points_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kpidesk.core.review.ranking import Rank
    from kpidesk.usecases.results import ResultRow

HELD, NOT_HELD = "已面谈", "未面谈"


def result_columns(
    today: Callable[[], date], rank_of: Callable[[ResultRow], Rank | None]
) -> tuple[Column[ResultRow], ...]:
    """Name, department, scheme, cycle, total, grade, rank, state, interview, approval."""
    return (
        Column("name", "姓名", lambda one: one.person_name, width=66),
        Column("department", "部门", lambda one: one.department, stretch=True),
        Column(
            "scheme",
            "方案",
            lambda one: one.scheme_title,
            tip=lambda one: one.scheme_title,
            width=160,
            hidden=True,
        ),
        Column(
            "cycle",
            "周期",
            lambda one: cycle_text(one.cycle),
            sort=lambda one: (one.cycle.start, one.cycle.end),
            width=98,
        ),
        *_figures(rank_of),
        Column(
            "state",
            "进度",
            where_text,
            tone=where_tone,
            tip=lambda one: where_tip(one, today()),
            width=74,
        ),
        Column(
            "interview",
            "面谈",
            lambda one: HELD if one.interviewed else NOT_HELD,
            tone=lambda one: Tone.GOOD if one.interviewed else Tone.NEUTRAL,
            tip=lambda one: day_text(one.interviewed_on),
            width=74,
            hidden=True,
        ),
        Column("number", "工号", lambda one: one.person_number, width=80, hidden=True),
        Column("post", "岗位", lambda one: one.post, width=110, hidden=True),
    )


def _figures(rank_of: Callable[[ResultRow], Rank | None]) -> tuple[Column[ResultRow], ...]:
    def tip(one: ResultRow) -> str:
        rank = rank_of(one)
        among = f"在所列的同周期、同方案 {rank.of} 人中" if rank else ""
        return f"{among}，按校准后的总分" if rank else ""

    def place(one: ResultRow) -> int | None:
        rank = rank_of(one)
        return rank.place if rank else None

    def told(one: ResultRow) -> str:
        rank = rank_of(one)
        return rank.text if rank else ""

    return (
        Column(
            "total",
            "总分",
            lambda one: "" if one.final_total is None else points_text(one.final_total),
            right=True,
            sort=lambda one: one.final_total,
            bold=lambda one: one.final_total is not None,
            tip=moved_text,
            width=60,
        ),
        Column(
            "grade",
            "等级",
            lambda one: one.final_grade,
            tone=lambda one: Tone.ACCENT if one.review.moved else None,
            tip=moved_text,
            width=54,
        ),
        Column(
            "recorded",
            "原总分",
            lambda one: points_text(one.total) if one.review.moved else "",
            right=True,
            sort=lambda one: one.total if one.review.moved else None,
            width=66,
            hidden=True,
        ),
        Column(
            "recorded_grade",
            "原等级",
            lambda one: one.grade if one.review.moved else "",
            width=60,
            hidden=True,
        ),
        Column(
            "rank",
            "名次",
            told,
            right=True,
            sort=place,
            tip=tip,
            width=58,
        ),
    )
