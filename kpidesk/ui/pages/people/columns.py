"""The columns of the table of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.people.listing import has_left
from kpidesk.ui.table import Column
from kpidesk.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kpidesk.core.people import Person
    from kpidesk.usecases.people import PersonRow


def people_columns(today: Callable[[], date]) -> list[Column[PersonRow]]:
    """工号, 姓名, 部门, 岗位, 直属上级, 入职日期, 状态."""
    return [
        Column("number", "工号", lambda one: one.person.number, width=90),
        Column(
            "name",
            "姓名",
            lambda one: one.person.name,
            sort=lambda one: one.pinyin,
            bold=lambda _: True,
            width=110,
        ),
        Column("department", "部门", lambda one: one.department_name, width=130),
        Column("post", "岗位", lambda one: one.person.post, stretch=True),
        Column("superior", "直属上级", lambda one: one.superior_name, width=100),
        Column(
            "hired_on",
            "入职日期",
            lambda one: day_text(one.person.hired_on),
            sort=lambda one: one.person.hired_on,
            width=110,
        ),
        Column(
            "state",
            "状态",
            lambda one: state_text(one.person, today()),
            tone=lambda one: _tone(one.person, today()),
            width=150,
        ),
    ]


def state_text(person: Person, today: date) -> str:
    """在职, 做到 2026-03-31 (a day to come), 已离职 2026-01-31."""
    if person.left_on is None:
        return "在职"
    if person.anonymised_on is not None:
        return f"已匿名 {day_text(person.anonymised_on)}"
    day = day_text(person.left_on)
    return f"已离职 {day}" if has_left(person, today) else f"做到 {day}"


def _tone(person: Person, today: date) -> Tone:
    if person.left_on is None:
        return Tone.GOOD
    return Tone.NEUTRAL if has_left(person, today) else Tone.WARN
