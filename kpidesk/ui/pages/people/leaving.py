"""Seeing people off, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kpidesk.core.contract import ContractState
from kpidesk.ui.dialogs import confirm
from kpidesk.ui.forms import DateField, Form, FormDialog, TextField
from kpidesk.ui.widgets import label
from kpidesk.ui.words import contract_state_text, day_text
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.leaving import ties_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import Person
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.leaving import Ties
    from kpidesk.usecases.lists import ContractRow

_MOST = 5  # contracts, or names, that are told one by one
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
    ties = label("", wrap=True)
    form.add_widget(ties)

    def act() -> Callable[[Company], Changes]:
        last, why = day.value() or desk.today, reason.value()
        actor, today = desk.officer, desk.today
        return lambda company: people_cases.leave_person(
            company, person.id, last_day=last, reason=why, actor=actor, today=today
        )

    def done(_: object) -> None:
        desk.tell(f"已为{person.name}办理离职，最后在岗日 {day_text(day.value())}")

    title = f"办理离职：{person.name}（{person.number}）"
    dialog = FormDialog(desk, parent, title, form, act=act, done=done, save="办理离职")
    dialog.open()

    def tell(found: Ties) -> None:
        ties.setText(ties_text(found))
        dialog.fit()

    today = desk.today
    desk.ask(lambda company: ties_of(company, person.id, today=today), tell, owner=dialog)


def ties_text(ties: Ties) -> str:
    """What there is to see to, a line each; empty when there is nothing."""
    lines = [_line(one) for one in ties.contracts[:_MOST]]
    if (more := len(ties.contracts) - _MOST) > 0:
        lines.append(f"· 还有 {more} 份责任书，请到“责任书”查看")
    if ties.led:
        names = "、".join(one.person.name for one in ties.led[:_MOST])
        others = "等" if len(ties.led) > _MOST else ""
        lines.append(f"· {len(ties.led)} 名下属（{names}{others}）：请给他们另选直属上级")
    return "\n".join(["还要处理：", *lines]) if lines else ""


def _line(one: ContractRow) -> str:
    state, last = contract_state_text(one.state), day_text(one.term.last_day)
    return f"· {state}的责任书 {one.number}（至 {last}）：{_to_do(one)}"


def _to_do(one: ContractRow) -> str:
    if one.state is not ContractState.SIGNED:
        return "不再签的，请作废"
    if one.ended_on is not None:
        return f"已提前终止，最后一天 {day_text(one.ended_on - timedelta(days=1))}"
    return "离职后不再考核的，请办“提前终止”"


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
