"""审批批次: what was submitted, how long it waits, what was decided, when it was made public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from kpidesk.ui.deciding import deciding
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.review.decision import DecisionDialog
from kpidesk.ui.pages.results.review.forms import publish_dialog
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.ui.words import cycle_text, day_text
from kpidesk.usecases import reviewing
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.review.steps import BatchId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.reviewing import BatchRow

_SIZE = QSize(940, 480)
LATE_DAYS = 7
"""A batch that waits longer is shown in red: an approval that is never given is a dispute."""


def state_text(one: BatchRow, today: date) -> str:
    """今天提交, 待审批 12 天, 已批准, 部分退回, 已退回."""
    if one.waiting:
        return f"待审批 {days} 天" if (days := one.days(today)) else "今天提交"
    if one.returned and one.approved:
        return f"退回 {one.returned} 人"
    return "已退回" if one.returned else "已批准"


def _tone(one: BatchRow, today: date) -> Tone:
    if one.waiting:
        return Tone.BAD if one.days(today) > LATE_DAYS else Tone.WARN
    return Tone.WARN if one.returned else Tone.GOOD


class BatchesDialog(Dialog):
    """The batches, the newest first, and what can be done with the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget, *, first: BatchId | None = None) -> None:
        """`first` is the batch to begin with."""
        super().__init__(parent, "审批批次", width=_SIZE.width())
        self._desk, self._first = desk, first
        self._prints = False
        self.model: RowsModel[BatchRow] = RowsModel(self._columns(), key=lambda one: one.id)
        self.table: TableView[BatchRow] = TableView(desk, self.model, "batches")
        self.table.setAccessibleName("审批批次")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("正在读取…", "")
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _: self.print_table())
        look = desk.look
        self.print_button = push_button(look, "审批表…", self.print_table, icon="print")
        self.publish_button = push_button(look, "登记公示…", self._publish)
        decide = "登记审批意见…" if deciding(desk) is None else "审批…"
        self.decide_button = push_button(look, decide, self.decide, icon="sign", kind="primary")
        close = push_button(look, "关闭", self.reject)
        desk.only_if("reviewing.batches.publish", self.publish_button)
        desk.only_if("reviewing.batches.decide", self.decide_button)
        for button in (self.print_button, self.publish_button, self.decide_button, close):
            button.setAutoDefault(False)
        hint = "打印审批表请总经理签字；签好后按纸上的意见登记，扫描件到“归档”页归档。"
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(
            row(self.print_button, self.publish_button, None, close, self.decide_button)
        )
        desk.changed.connect(self._on_changes)
        self.resize(_SIZE)
        self.refresh()

    def refresh(self) -> None:
        """Load the batches."""
        self._desk.ask(reviewing.list_batches, self._show, owner=self)

    def print_when_shown(self) -> None:
        """Show the table of the first batch as soon as it is there."""
        self._prints = True

    def print_table(self) -> None:
        """The table of the chosen batch, to be signed."""
        if (one := self.table.current_row()) is not None:
            title = f"考核结果审批表 第 {one.id} 批 {cycle_text(one.cycle)}"
            actor, today = self._desk.officer, self._desk.today

            def make(company: Company) -> bytes:
                return reviewing.batch_pdf(company, one.id, actor=actor, today=today)

            DocumentDialog(self._desk, self, title, make).open()

    def decide(self) -> None:
        """Record what the general manager wrote on the paper."""
        if (one := self.table.current_row()) is not None and one.waiting:
            DecisionDialog(self._desk, self, one).open()

    def _publish(self) -> None:
        if (one := self.table.current_row()) is not None and one.approved:
            publish_dialog(self._desk, self, one.id).open()

    def _show(self, rows: tuple[BatchRow, ...]) -> None:
        hint = "先在结果列表里选人，再用“校准与审批”里的“提交总经理审批…”。"
        self.table.set_empty("还没有提交过审批", hint)
        self.model.show(rows)
        if not self.table.selected_rows() and rows:
            self.table.select([self._first or rows[0].id])
        self._offer()
        if self._prints and rows:
            self._prints = False
            self.print_table()

    def _offer(self) -> None:
        one = self.table.current_row()
        self.print_button.setEnabled(one is not None)
        self.decide_button.setEnabled(one is not None and one.waiting > 0)
        self.publish_button.setEnabled(one is not None and one.approved > 0)

    def _on_changes(self, changes: object) -> None:
        if isinstance(changes, Changes) and changes & Changes.APPRAISALS:
            self.refresh()

    def _columns(self) -> tuple[Column[BatchRow], ...]:
        def today() -> date:
            return self._desk.today

        return (
            Column(
                "id", "批次", lambda one: f"{one.id}", right=True, sort=lambda x: x.id, width=56
            ),
            Column(
                "cycle",
                "周期",
                lambda one: cycle_text(one.cycle),
                sort=lambda x: x.cycle,
                width=110,
            ),
            Column("about", "范围", lambda one: one.about, width=110),
            Column("on", "提交日期", lambda one: day_text(one.submitted_on), width=96),
            Column("by", "提交人", lambda one: one.submitted_by, width=76),
            Column(
                "state",
                "状态",
                lambda one: state_text(one, today()),
                tone=lambda one: _tone(one, today()),
                tip=lambda one: f"{day_text(one.since)} 登记" if one.since else "",
                width=124,
            ),
            Column(
                "people",
                "人数",
                lambda one: f"{len(one.people)}",
                right=True,
                sort=lambda one: len(one.people),
                tip=lambda one: "、".join(name for _, name, _ in one.people),
                width=60,
            ),
            Column(
                "filed",
                "签字件",
                lambda one: "已归档" if one.is_filed else "",
                tone=lambda one: Tone.GOOD if one.is_filed else None,
                width=80,
            ),
            Column(
                "published",
                "公示",
                lambda one: f"{one.published[0]} 至 {one.published[1]}" if one.published else "",
                stretch=True,
            ),
        )
