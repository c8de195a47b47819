"""Seeing people off, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpidesk.ui.dialogs import confirm
from kpidesk.ui.forms import DateField, Form, FormDialog, TextField
from kpidesk.ui.widgets import label
from kpidesk.ui.words import day_text
from kpidesk.usecases import people as people_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import Person
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company

_WHAT_HAPPENS = (
    "办理离职后：\n"
    "· 不再出现在拟定责任书的名单中；最后在岗日过后，也不再列在在职人员中；\n"
    "· 已有的责任书、评分和结果全部保留，仍可评分、查看和打印；\n"
    "· 如果办错了，可以在右键菜单中恢复在职。"
)


def leave(desk: Desk, parent: QWidget, person: Person) -> None:
    """Ask for the last day, tell what happens, and see the person off."""
    form = Form(desk.look)
    least = person.hired_on
    day = form.add(DateField(desk.look, "最后在岗日", required=True, least=least), half=True)
    day.set_value(desk.today)
    reason = form.add(TextField("原因", hint="可不填，记入操作日志"), half=True)
    form.add_widget(label(_WHAT_HAPPENS, "muted", wrap=True))

    def act() -> Callable[[Company], Changes]:
        last, why = day.value() or desk.today, reason.value()
        actor, today = desk.officer, desk.today
        return lambda company: people_cases.leave_person(
            company, person.id, last_day=last, reason=why, actor=actor, today=today
        )

    def done(_: object) -> None:
        desk.tell(f"已为{person.name}办理离职，最后在岗日 {day_text(day.value())}")

    title = f"办理离职：{person.name}（{person.number}）"
    FormDialog(desk, parent, title, form, act=act, done=done, save="办理离职").open()


def take_back(desk: Desk, parent: QWidget, person: Person) -> None:
    """Ask, then put the person back into service."""
    actor, today = desk.officer, desk.today

    def work(company: Company) -> Changes:
        after = replace(person, left_on=None)
        return people_cases.edit_person(company, after, actor=actor, today=today)

    confirm(
        desk,
        parent,
        title=f"恢复{person.name}在职？",
        text=f"将取消 {day_text(person.left_on)} 的离职登记。",
        action="恢复在职",
        then=lambda: desk.act(work, lambda _: desk.tell(f"{person.name}已恢复在职")),
    )
