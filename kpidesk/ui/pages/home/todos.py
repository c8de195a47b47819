"""What waits to be done, each with the button that leads to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.ui.deciding import deciding
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.to_actuals import ShowActual
from kpidesk.ui.widgets import Card, column, label, push_button, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases.home import Step, Todo
from kpidesk.usecases.lists import SheetState
from kpidesk.usecases.steps import NEEDS
from kpidesk.usecases.whereabouts import Where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Lacking

_PICTURE = 20
_NAMED = 3
_BUTTON = 104  # all as wide as the longest, so that they stand in a column


class TodosCard(Card):
    """待办: a line for each kind of thing that waits."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_todos`."""
        super().__init__("待办")
        self._desk = desk
        self._todos: tuple[Todo, ...] = ()
        self._lacking: Lacking | None = None
        self._pay: tuple[Todo, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        desk.look.changed.connect(self._repaint)

    def show_todos(self, todos: tuple[Todo, ...]) -> None:
        """These instead of the ones before."""
        self._todos = todos
        clear(self._lines)
        waiting = (*todos, *self._pay)
        lines = [self._line(todo) for todo in waiting]
        if self._lacking is not None:
            before = sum(1 for todo in waiting if todo.step not in _AFTER_ACTUALS)
            lines.insert(before, self._actuals(self._lacking))
        for line in lines:
            self._lines.addWidget(line)
        if not lines:
            done = label(self._nothing_to_do(), "muted", wrap=True)
            self._lines.addWidget(done)

    def _nothing_to_do(self) -> str:
        """That all is done is true only for whoever would do it."""
        company = self._desk.company
        if company is not None and company.is_read_only:
            return "只读打开，这里不列待办；要处理请正常打开公司文件。"
        if not self._desk.may(NEEDS[Step.DRAW_UP]):
            return "没有要您做的事。"
        return "没有待办：责任书都已签署，到期的评分都已完成。"

    def show_later(self, lacking: Lacking | None, pay: Todo) -> None:
        """What was achieved and is not entered yet, and the pay that waits: counted last."""
        waits = (pay,) if pay.count and self._desk.may(NEEDS[pay.step]) else ()
        if not self._desk.may("actuals.entering.enter_actuals"):
            lacking = None
        if (lacking, waits) != (self._lacking, self._pay):
            self._lacking, self._pay = lacking, waits
            self.show_todos(self._todos)

    @Slot()
    def _repaint(self) -> None:
        """In the colours of another theme."""
        self.show_todos(self._todos)

    def _actuals(self, one: Lacking) -> QWidget:
        text = f"{one.month.start.month} 月还缺 {one.count} 项实绩"
        if one.earlier:
            text += f"，以前各月还缺 {one.earlier} 项"
        names = "、".join(one.names[:_NAMED])
        more = " 等" if len(one.names) > _NAMED else ""
        about = f"{one.title}：{names}{more}"
        there = ShowActual(one.book)
        go = partial(self._desk.go, "actuals", there)
        return self._entry("actuals", Tone.WARN, (text, about), "补录实绩", go)

    def _line(self, todo: Todo) -> QWidget:
        today = self._desk.today
        texts = todo_text(todo, today), _names(todo)
        tone, icon = _tone(todo, today), _ICONS[todo.step]
        is_theirs = todo.step is Step.APPROVE and deciding(self._desk) is not None
        action = "去审批" if is_theirs else _ACTIONS[todo.step]
        return self._entry(icon, tone, texts, action, partial(go_on, self._desk, todo))

    def _entry(
        self, icon: str, tone: Tone, texts: tuple[str, str], action: str, do: Callable[[], object]
    ) -> QWidget:
        look = self._desk.look
        picture = QLabel()
        picture.setPixmap(look.picture(icon, tone, _PICTURE, self.devicePixelRatioF()))
        title, names = label(texts[0], wrap=True), label(texts[1], "muted", wrap=True)
        button = push_button(look, action, do)
        button.setMinimumWidth(round(_BUTTON * look.scale))
        line = row(picture, spacing=12)
        line.addLayout(column(title, names, spacing=2), 1)
        line.addWidget(button)
        made = QWidget()
        made.setLayout(line)
        return made


def go_on(desk: Desk, todo: Todo) -> None:
    """To the page where a todo is done, with what it is about."""
    page, what = _PLACES[todo.step]
    desk.go(page, what(todo) if callable(what) else what)


def todo_text(todo: Todo, today: date) -> str:
    """What waits, in a sentence."""
    about = f"{todo.about} {cycle_text(todo.plan.period)}" if todo.plan else todo.about
    return _TEXTS[todo.step].format(todo.count, about) + _waited(todo, today)


def _waited(todo: Todo, today: date) -> str:
    if todo.until is not None:
        left = (todo.until - today).days
        return f"，还有 {left} 天" if left >= 0 else f"，已超过期限 {-left} 天"
    days = (today - todo.since).days if todo.since else 0
    return f"，最早的已等 {days} 天" if days > 0 else ""


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _names(todo: Todo) -> str:
    names = "、".join(todo.names)
    if todo.step is Step.FILE:  # its names are of files, its count is of pages
        return names
    return f"{names} 等" if todo.count > len(todo.names) else names


_LATE_DAYS = 7
_AFTER_ACTUALS = frozenset(
    {
        Step.SCORE,
        Step.CHECK,
        Step.FINISH,
        Step.INTERVIEW,
        Step.PLAN,
        Step.SUBMIT,
        Step.APPROVE,
        Step.MEND,
        Step.CONFIRM,
        Step.APPEAL,
        Step.PAY,
    }
)
"""What comes after the figures, in the order of the year."""


def _tone(todo: Todo, today: date) -> Tone:
    if todo.since is not None and (today - todo.since).days > _LATE_DAYS:
        return Tone.WARN
    return Tone.WARN if todo.step in (Step.SCORE, Step.APPEAL) else Tone.ACCENT


def _first(todo: Todo) -> int:
    return todo.ids[0]


_PLACES: Mapping[Step, tuple[str, object]] = {
    Step.PEOPLE: ("people", "add"),
    Step.TARGETS: ("targets", lambda todo: todo.plan),
    Step.DRAW_UP: ("contracts", lambda todo: ("draw_up", todo.ids)),
    Step.PRINT: ("contracts", ("state", ContractState.DRAFT)),
    Step.SIGN: ("contracts", ("state", ContractState.PRINTED)),
    Step.FILE: ("filing", None),
    Step.SCORE: ("scoring", _first),
    Step.CHECK: ("scoring", ("state", SheetState.CHECKING)),
    Step.FINISH: ("scoring", _first),
    Step.INTERVIEW: ("results", _first),
    Step.PLAN: ("results", lambda todo: ("plan", todo.ids[0])),
    Step.PAY: ("pay", lambda todo: todo.where),
    Step.SUBMIT: ("results", ("where", Where.UNSUBMITTED)),
    Step.APPROVE: ("results", "batches"),
    Step.MEND: ("results", lambda todo: ("review", todo.ids[0])),
    Step.CONFIRM: ("results", ("where", Where.UNCONFIRMED)),
    Step.APPEAL: ("results", lambda todo: ("review", todo.ids[0])),
}
_ICONS = {
    Step.PEOPLE: "person-add",
    Step.TARGETS: "target",
    Step.DRAW_UP: "new-file",
    Step.PRINT: "print",
    Step.SIGN: "sign",
    Step.FILE: "filing",
    Step.SCORE: "scoring",
    Step.CHECK: "copy",
    Step.FINISH: "success",
    Step.INTERVIEW: "interview",
    Step.PLAN: "calendar",
    Step.PAY: "pay",
    Step.SUBMIT: "results",
    Step.APPROVE: "sign",
    Step.MEND: "undo",
    Step.CONFIRM: "person",
    Step.APPEAL: "warning",
}
_TEXTS = {
    Step.PEOPLE: "公司里还没有人员",
    Step.TARGETS: "目标计划“{1}”里 {0} 人还没有目标",
    Step.DRAW_UP: "{} 人还没有责任书",
    Step.PRINT: "{} 份责任书草稿待打印",
    Step.SIGN: "{} 份责任书已打印，等待签署",
    Step.FILE: "{} 页扫描件没有自动归档，等待处理",
    Step.SCORE: "{} 张到期的评分表还缺数据",
    Step.CHECK: "{} 张评分表已填齐，等待二次录入",
    Step.FINISH: "{} 张评分表已填齐，可以定分",
    Step.INTERVIEW: "{} 张评分表已定分，还没有面谈",
    Step.PLAN: "{} 项改进计划到期，等待跟踪",
    Step.SUBMIT: "{} 份结果已定分，还没有提交审批",
    Step.APPROVE: "{} 份结果等待总经理审批",
    Step.MEND: "{} 份结果被退回或申诉成立，等待更正",
    Step.CONFIRM: "{} 份结果已批准，等待员工确认",
    Step.APPEAL: "{} 项申诉等待答复",
    Step.PAY: "{} 期薪酬期满，等待结算",
}
_ACTIONS = {
    Step.PEOPLE: "录入人员",
    Step.TARGETS: "去填目标",
    Step.DRAW_UP: "拟定责任书",
    Step.PRINT: "去打印",
    Step.SIGN: "登记签署",
    Step.FILE: "去归档",
    Step.SCORE: "补录数据",
    Step.CHECK: "去二次录入",
    Step.FINISH: "去定分",
    Step.INTERVIEW: "记录面谈",
    Step.PLAN: "去跟踪",
    Step.PAY: "去结算",
    Step.SUBMIT: "提交审批",
    Step.APPROVE: "登记审批",
    Step.MEND: "去更正",
    Step.CONFIRM: "登记确认",
    Step.APPEAL: "处理申诉",
}
