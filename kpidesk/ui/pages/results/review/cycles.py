"""关闭与重新打开考核周期."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from kpidesk.ui.dialogs import Dialog, ask_reason, confirm
from kpidesk.ui.errors import message_of
from kpidesk.ui.look import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label, push_button, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import reviewing
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.reviewing import CycleRow

_SIZE = QSize(760, 460)
_NAMED = 6


class CyclesDialog(Dialog):
    """Every cycle with how far it has come; closed ones are opened again with a reason."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """The latest cycle first."""
        super().__init__(parent, "考核周期", width=_SIZE.width())
        self._desk = desk
        self.model: RowsModel[CycleRow] = RowsModel(_columns(), key=lambda one: one.cycle)
        self.table: TableView[CycleRow] = TableView(desk, self.model, "cycles")
        self.table.setAccessibleName("考核周期")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("正在读取…", "")
        self.table.chosen.connect(self._offer)
        self.banner = Banner(desk.look)
        look = desk.look
        self.reopen_button = push_button(look, "重新打开…", self._reopen, icon="undo")
        self.close_button = push_button(look, "关闭周期…", self._close, icon="lock", kind="primary")
        done = push_button(look, "完成", self.reject)
        desk.only_if("reviewing.cycles.close_cycle", self.reopen_button, self.close_button)
        for button in (self.reopen_button, self.close_button, done):
            button.setAutoDefault(False)
        hint = (
            "周期关闭后，评分表、校准、审批、确认和申诉都不能再改动，首页也不再计数；"
            "薪酬照常结算。确需改动时，填写理由重新打开。"
        )
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.reopen_button, None, done, self.close_button))
        desk.changed.connect(self._on_changes)
        self.resize(_SIZE)
        self.refresh()

    def refresh(self) -> None:
        """Load the cycles."""
        self._desk.ask(reviewing.list_cycles, self._show, owner=self)

    def _show(self, rows: tuple[CycleRow, ...]) -> None:
        self.table.set_empty("还没有考核周期", "责任书登记签署以后，这里列出各个考核周期。")
        self.model.show(rows)
        if not self.table.selected_rows() and rows:
            begun = [one for one in rows if one.cycle.end <= self._desk.today]
            self.table.select([(begun or list(rows))[0].cycle])
        self._offer()

    def _offer(self) -> None:
        one = self.table.current_row()
        over = one is not None and one.cycle.end <= self._desk.today
        self.close_button.setEnabled(one is not None and over and not one.is_closed)
        self.reopen_button.setEnabled(one is not None and one.is_closed)
        self.banner.say("")

    def _close(self) -> None:
        one = self.table.current_row()
        if one is None:
            return
        title = f"关闭 {cycle_text(one.cycle)} 的考核？"
        if one.open_:
            shown = "、".join(one.open_[:_NAMED])
            more = f"等 {len(one.open_)} 人" if len(one.open_) > _NAMED else ""
            text = f"{shown}{more}的结果还没有批准。要按现状关闭，请写明理由。"
            ask_reason(
                self, title=title, text=text, action="关闭周期",
                then=lambda reason: self._do_close(one.cycle, reason),
            )  # fmt: skip
            return
        confirm(
            self._desk,
            self,
            title=title,
            text=f"{one.sheets} 份结果都已批准。关闭后不能再改动。",
            action="关闭周期",
            then=lambda: self._do_close(one.cycle, ""),
        )

    def _do_close(self, cycle: Period, reason: str) -> None:
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company) -> Changes:
            return reviewing.close_cycle(company, cycle, reason=reason, actor=actor, today=today)

        self._desk.act(work, lambda _: self._desk.tell("考核周期已关闭"), self._fail, owner=self)

    def _reopen(self) -> None:
        one = self.table.current_row()
        if one is not None:
            ask_reason(
                self,
                title=f"重新打开 {cycle_text(one.cycle)} 的考核？",
                text="重新打开后，没有批准的结果可以改动；已批准的仍须申诉成立才能更正。",
                action="重新打开",
                then=lambda reason: self._do_reopen(one.cycle, reason),
            )

    def _do_reopen(self, cycle: Period, reason: str) -> None:
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company) -> Changes:
            return reviewing.reopen_cycle(company, cycle, reason=reason, actor=actor, today=today)

        self._desk.act(
            work, lambda _: self._desk.tell("考核周期已重新打开"), self._fail, owner=self
        )

    def _fail(self, problem: Exception) -> None:
        self.banner.say(message_of(problem))

    def _on_changes(self, changes: object) -> None:
        if isinstance(changes, Changes) and changes & Changes.APPRAISALS:
            self.refresh()


def _columns() -> tuple[Column[CycleRow], ...]:
    return (
        Column(
            "cycle",
            "周期",
            lambda one: cycle_text(one.cycle),
            sort=lambda one: (one.cycle.start, one.cycle.end),
            width=180,
        ),
        Column("sheets", "评分表", lambda x: f"{x.sheets}", right=True, sort=lambda x: x.sheets),
        Column("scored", "已定分", lambda x: f"{x.scored}", right=True, sort=lambda x: x.scored),
        Column("final", "已批准", lambda x: f"{x.final}", right=True, sort=lambda x: x.final),
        Column(
            "waiting",
            "审批或申诉中",
            lambda one: f"{len(one.waiting)}",
            right=True,
            sort=lambda one: len(one.waiting),
            tip=lambda one: "、".join(one.waiting),
        ),
        Column(
            "state",
            "状态",
            lambda one: "已关闭" if one.is_closed else "进行中",
            tone=lambda one: Tone.NEUTRAL if one.is_closed else Tone.ACCENT,
            stretch=True,
        ),
    )
