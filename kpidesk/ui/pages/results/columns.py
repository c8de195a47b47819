"""The columns of the list of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.scoring.list import TONES
from kpidesk.ui.table import Column
from kpidesk.ui.words import cycle_text, day_text, points_text

if TYPE_CHECKING:
    from kpidesk.usecases.results import ResultRow

HELD, NOT_HELD = "已面谈", "未面谈"


def result_columns() -> tuple[Column[ResultRow], ...]:
    """Name, department, scheme, cycle, total, grade, state, interview."""
    return (
        Column("name", "姓名", lambda one: one.person_name, width=70, stretch=True),
        Column("department", "部门", lambda one: one.department, width=80),
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
            width=90,
        ),
        Column(
            "total",
            "总分",
            lambda one: "" if one.total is None else points_text(one.total),
            right=True,
            sort=lambda one: one.total,
            bold=lambda one: one.total is not None,
            width=66,
        ),
        Column("grade", "等级", lambda one: one.grade, width=52),
        Column(
            "state",
            "状态",
            lambda one: str(one.state),
            tone=lambda one: TONES[one.state],
            tip=lambda one: (
                f"{one.scored_by} {day_text(one.scored_on)} 定分" if one.scored_on else "还没有定分"
            ),
            width=76,
        ),
        Column(
            "interview",
            "面谈",
            lambda one: HELD if one.interviewed else NOT_HELD,
            tone=lambda one: Tone.GOOD if one.interviewed else Tone.NEUTRAL,
            tip=lambda one: day_text(one.interviewed_on),
            width=76,
        ),
        Column("number", "工号", lambda one: one.person_number, width=80, hidden=True),
        Column("post", "岗位", lambda one: one.post, width=110, hidden=True),
    )
