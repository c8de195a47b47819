"""二次录入: the bar above a sheet that is typed a second time, and the differences found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.period import CYCLE
from kpidesk.core.second_entry import DoubleEntry
from kpidesk.core.typed import clean_text
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import Form, TextField
from kpidesk.ui.widgets import label, push_button, row, scrolled
from kpidesk.ui.words import count_text
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.look import Look
    from kpidesk.usecases.appraisals import Comparison, Difference, SheetChange, SheetView

_TYPIST_WIDTH = 110
_WIDTH, _HEIGHT = 680, 460
_NAMED = 5


class SecondBar(QFrame):
    """Says that the first time is out of sight; asks who types now."""

    compared = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        """Hidden until the second time begins."""
        super().__init__()
        self.setProperty("kind", "card")
        self._told = label("", "muted", wrap=True)
        self.typist = QLineEdit()
        self.typist.setMaximumWidth(_TYPIST_WIDTH)
        self.typist.setAccessibleName("第二次录入的人")
        who = label("录入人", "muted")
        who.setBuddy(self.typist)
        self.compare_button = push_button(
            look, "核对两次录入", self.compared.emit, icon="check", kind="primary"
        )
        self.compare_button.setAutoDefault(True)  # Enter presses it
        leave = push_button(look, "结束二次录入", self.left.emit)
        line = row(label("第二次录入", "heading"), self._told, who, self.typist, leave, spacing=10)
        line.addWidget(self.compare_button)
        line.setStretch(1, 1)
        line.setContentsMargins(18, 8, 14, 8)
        self.setLayout(line)
        self.hide()

    def begin(self, officer: str, mode: DoubleEntry) -> None:
        """Show the bar; where another person must type, nobody is named beforehand."""
        if not self.isVisible():
            self.typist.setText("" if mode is DoubleEntry.ANOTHER else officer)
        self.show()

    def show_comparison(self, found: Comparison) -> None:
        """How far it has come; how the two differ is not told before they are compared."""
        left = len(found.waiting)
        done = "已全部录入，请点“核对两次录入”" if not left else f"还有 {count_text(left)}没有录入"
        self._told.setText(f"看不到第一次填的内容；{done}。")

    @property
    def who(self) -> str:
        """Who types; empty when nobody is named."""
        return clean_text(self.typist.text())


def comparison_text(found: Comparison) -> str:
    """How far the second entry has come, in a few words; empty where nobody asked for one."""
    if found.differences:
        return f"两次录入有 {count_text(len(found.differences))}不一致"
    if found.mode is DoubleEntry.OFF and not found.entered:
        return ""
    if found.waiting:
        return f"还有 {count_text(len(found.waiting))}没有二次录入"
    return "两次录入一致"


class DifferencesDialog(Dialog):
    """Each difference with both values; one of them is taken, with the reason."""

    settled = Signal()
    """None is left."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        appraisal: AppraisalId,
        found: Comparison,
        person: str,
    ) -> None:
        """`found` has differences."""
        super().__init__(parent, f"核对两次录入：{person}", width=_WIDTH)
        self._desk, self._appraisal = desk, appraisal
        count = count_text(len(found.differences))
        self._left = len(found.differences)
        self.form = Form(desk.look)
        told = f"{count}两次填的不一样。请对照纸质评分表，选定以哪一次为准；两次的内容都留有记录。"
        self.form.add_widget(label(told, wrap=True))
        self.reason = self.form.add(TextField("核对依据", required=True, most=100))
        self.reason.set_value("核对纸质评分表")
        self.body.addWidget(self.form)
        listed = QWidget()
        grid = QGridLayout(listed)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        for place, title in enumerate(("项目", "第一次", "第二次")):
            grid.addWidget(label(title, "muted"), 0, place)
            grid.setColumnStretch(place, 2 if place == 0 else 1)
        self.buttons: list[QWidget] = []
        for number, one in enumerate(found.differences, start=1):
            self._put(grid, number, one)
        grid.setRowStretch(len(found.differences) + 1, 1)
        self.body.addWidget(scrolled(listed), 1)
        self.add_buttons("关闭", reject="")
        self.resize(_WIDTH, _HEIGHT)

    def _put(self, grid: QGridLayout, line: int, one: Difference) -> None:
        look = self._desk.look
        name = one.label if one.period == CYCLE else f"{one.label}（{plain_periods(one.period)}）"
        first = "没有填" if one.first is None else appraisals.value_words(one.first.value)
        second = "没有填" if one.second is None else appraisals.value_words(one.second.value)
        by_first = one.first.entered_by if one.first else ""
        by_second = one.second.entered_by if one.second else ""
        take_first = push_button(look, "以第一次为准", lambda: None)
        take_second = push_button(look, "以第二次为准", lambda: None)
        pair = (take_first, take_second)
        for button, takes in zip(pair, (False, True), strict=True):
            button.setAutoDefault(True)
            button.setAccessibleName(f"{name}：{button.text()}")
            button.clicked.connect(lambda _=False, t=takes: self._settle(one, pair, take_second=t))
            self.buttons.append(button)
        grid.addWidget(label(name, wrap=True), line, 0)
        for place, (value, who, button) in enumerate(
            zip((first, second), (by_first, by_second), pair, strict=True), start=1
        ):
            cell = QWidget()
            lines = QGridLayout(cell)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.addWidget(label(value, "heading", wrap=True), 0, 0)
            lines.addWidget(label(who, "muted"), 1, 0)
            lines.addWidget(button, 2, 0)
            grid.addWidget(cell, line, place)

    def _settle(self, one: Difference, pair: tuple[QWidget, ...], *, take_second: bool) -> None:
        if not self.form.check():
            return
        desk, appraisal, reason = self._desk, self._appraisal, self.reason.value()
        actor, today = desk.officer, desk.today
        name, period = one.key

        def done(_: SheetChange) -> None:
            for button, takes in zip(pair, (False, True), strict=True):
                button.setEnabled(False)
                button.setVisible(takes == take_second)
            self._left -= 1
            if not self._left:
                self.accept()
                self.settled.emit()

        desk.act(
            lambda company: appraisals.settle_difference(
                company,
                appraisal,
                name=name,
                period=period,
                take_second=take_second,
                reason=reason,
                actor=actor,
                today=today,
            ),
            done,
            lambda problem: self.form.refuse(message_of(problem)),
            owner=self,
        )


def show_comparison(
    desk: Desk,
    parent: QWidget,
    view: SheetView,
    found: Comparison,
    *,
    again: Callable[[], object],
    finished: Callable[[], object],
) -> None:
    """The differences to settle, then `again`; `finished` when nothing is left to do."""
    person = view.contract.party_b.name
    if found.differences:
        dialog = DifferencesDialog(desk, parent, view.appraisal.id, found, person)
        dialog.settled.connect(again)
        dialog.open()
    elif found.waiting:
        names = "、".join(f"“{one.label}”" for one in found.waiting[:_NAMED])
        more = "等" if len(found.waiting) > _NAMED else ""
        desk.tell(f"还有 {count_text(len(found.waiting))}没有第二次录入：{names}{more}")
    else:
        desk.tell(f"{person}的两次录入完全一致")
        finished()
