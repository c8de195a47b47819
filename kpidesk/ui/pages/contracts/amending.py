"""补充协议: from which day, why, and what differs so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.forms import CheckField, DateField, Form, FormDialog, TextField
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.ui.pages.contracts.marking import naming
from kpidesk.ui.widgets import column, label, push_button, row, scrolled
from kpidesk.ui.words import long_day_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kpidesk.core.contract import Contract
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import AmendmentDrawnUp, ContractRow, Course

_REASON_LENGTH = 120
_TALLEST = 150
_HINT = (
    "从这一天起开始的月份和考核周期按变更后的约定。只改月度目标或特别约定时，可以是任何一天；"
    "改权重、参数或不分月的目标时，应是一个考核周期的第一天。"
    "期限、双方和岗位不能用补充协议改：请先“提前终止”，再另拟一份责任书。"
)
_ENDS = (
    "拟定一份终止协议，打印、签字盖章、登记签署以后生效：最后一天以前结束的考核周期照旧考核，"
    "没有结束的不再考核，除非勾选下面一项；然后可以另拟一份责任书，从第二天开始。"
    "换岗位的，用“人员 → 调岗”连同新责任书一起办。"
)


def draw_up_amendment(
    desk: Desk,
    parent: QWidget,
    rows: Sequence[ContractRow],
    then: Callable[[AmendmentDrawnUp], object],
) -> FormDialog | None:
    """Ask from which day and why; the draft opens afterwards."""
    if why_not(Action.AMEND, rows):
        return None
    (contract,) = rows
    form, day, reason = _form(desk)
    term = contract.term
    last = max(term.last_day.replace(day=1), term.start)
    day.set_value(min(max(desk.today.replace(day=1), term.start), last))

    def act() -> Callable[[Company], object]:
        effective, why = _needed(day), reason.value()
        actor, today = desk.officer, desk.today
        return lambda company: contract_cases.draw_up_amendment(
            company, contract.id, effective_on=effective, reason=why, actor=actor, today=today
        )

    title = f"拟定补充协议：{naming(rows)}"
    dialog = FormDialog(desk, parent, title, form, save="拟定", act=act, done=then)
    dialog.open()
    return dialog


def end_early(
    desk: Desk,
    parent: QWidget,
    rows: Sequence[ContractRow],
    then: Callable[[AmendmentDrawnUp], object],
) -> FormDialog | None:
    """提前终止: ask for the last day and why; the agreement to be signed opens afterwards."""
    if why_not(Action.AMEND, rows):
        return None
    (contract,) = rows
    term = contract.term
    form = Form(desk.look)
    form.add_widget(label(_ENDS, "muted", wrap=True))
    last = form.add(
        DateField(
            desk.look,
            "最后一天",
            required=True,
            least=term.start,
            most=term.last_day,
            hint="责任书还有效的最后一天，应是一个月的最后一天。",
        )
    )
    month_end = desk.today.replace(day=1) - timedelta(days=1)
    last.set_value(min(max(month_end, term.start), term.last_day))
    reason = form.add(
        TextField(
            "终止原因",
            required=True,
            most=_REASON_LENGTH,
            hint="印在协议开头：“因……，经双方协商一致”，例如：岗位调整、解除劳动合同。",
        )
    )

    judges = form.add(CheckField("没有结束的考核周期，做过的月份合并考核一次（写进协议）"))

    def act() -> Callable[[Company], object]:
        ended_on, why = _needed(last) + timedelta(days=1), reason.value()
        judges_part = judges.value()
        actor, today = desk.officer, desk.today
        return lambda company: contract_cases.draw_up_amendment(
            company,
            contract.id,
            effective_on=ended_on,
            reason=why,
            ends=True,
            judges_part=judges_part,
            actor=actor,
            today=today,
        )

    title = f"提前终止：{naming(rows)}"
    dialog = FormDialog(desk, parent, title, form, save="拟定终止协议", act=act, done=then)
    dialog.open()
    return dialog


def edit_day(
    desk: Desk, parent: QWidget, contract: Contract, saved: Callable[[object], object]
) -> FormDialog | None:
    """Another effective day or reason for the draft of an amendment."""
    terms = contract.amends
    if terms is None:
        return None
    form, day, reason = _form(desk)
    day.set_value(terms.effective_on)
    reason.set_value(terms.reason)

    def act() -> Callable[[Company], object]:
        amends = replace(terms, effective_on=_needed(day), reason=reason.value())
        changed = replace(contract, amends=amends)
        actor, today = desk.officer, desk.today
        return lambda company: contract_cases.edit_contract(
            company, changed, actor=actor, today=today
        )

    title = f"生效日期和原因：{contract.number}"
    dialog = FormDialog(desk, parent, title, form, act=act, done=saved)
    dialog.open()
    return dialog


class AmendmentHead(QWidget):
    """Above the editor of an amendment: from when, and everything that differs so far."""

    def __init__(self, desk: Desk, change: Callable[[], object]) -> None:
        """`change` asks for another day."""
        super().__init__()
        self._since = label("", "heading")
        self.told = label("", wrap=True)
        area = scrolled(self.told)
        area.setMaximumHeight(_TALLEST)
        self.change = push_button(
            desk.look, "生效日期和原因…", change, icon="calendar", kind="link"
        )
        self.setLayout(column(row(self._since, None, self.change), area, spacing=6))

    def show_course(self, contract: Contract, course: Course) -> None:
        """Say what differs."""
        terms = contract.amends
        if terms is None:
            return
        self._since.setText(f"变更 {terms.number}，从{long_day_text(terms.effective_on)}起生效")
        self.told.setText(changes_text(course) or "还没有改动。在下面改目标、参数或特别约定。")


def changes_text(course: Course) -> str:
    """The changes, numbered, a line each."""
    return "\n".join(f"{number}. {one.text}" for number, one in enumerate(course.changes, 1))


def _form(desk: Desk) -> tuple[Form, DateField, TextField]:
    form = Form(desk.look)
    day = form.add(DateField(desk.look, "生效日期", required=True, hint=_HINT))
    reason = form.add(
        TextField(
            "变更原因",
            most=_REASON_LENGTH,
            hint="可以不填；填了印在协议开头：“因……，经双方协商一致”。",
        )
    )
    return form, day, reason


def _needed(day: DateField) -> date:
    chosen = day.value()
    if chosen is None:
        msg = "请填写生效日期"
        raise ValueError(msg)
    return chosen
