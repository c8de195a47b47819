"""登记审批意见: what the general manager wrote on the signed table, person by person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.review.standing import Stage
from kpidesk.ui.deciding import deciding
from kpidesk.ui.forms import DateField, Form, TextField
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.review.deciding import paper_field
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import reviewing
from kpidesk.usecases.company import company_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company, CompanyProfile
    from kpidesk.usecases.reviewing import BatchRow

_SIZE = QSize(640, 560)
_FORM_HEIGHT, _FORM_WITH_PAPER = 168, 256
_HINT = "没有打“退回”的都批准。退回的必须写理由，结果回到可以更正的状态，更正后重新提交。"


@dataclass(frozen=True, slots=True)
class Line:
    """A person of the batch, and whether the result goes back."""

    id: AppraisalId
    name: str
    back: bool = False
    reason: str = ""


class DecisionDialog(SavingDialog):
    """Who decided, when, and who is returned for what reason; everybody else is approved."""

    def __init__(self, desk: Desk, parent: QWidget, batch: BatchRow) -> None:
        """Everybody is approved until a tick says otherwise."""
        form = Form(desk.look)
        self.by = form.add(TextField("审批人", required=True), half=True)
        self.on = form.add(DateField(desk.look, "签字日期", required=True), half=True)
        self.note = form.add(TextField("批示", most=200, example="审批表上写的意见，可以不填"))
        self.on.set_value(desk.today)
        self.paper = paper_field(desk, form)
        if (user := deciding(desk)) is not None:
            self.by.set_value(user)
            self.by.setEnabled(False)
        word = "登记审批意见" if deciding(desk) is None else "审批"
        title = f"{word}：第 {batch.id} 批，{cycle_text(batch.cycle)}，{batch.about}"
        super().__init__(desk, parent, title, form, save="登记", width=_SIZE.width())
        self._batch = batch
        waiting = [Line(id_, name) for id_, name, one in batch.people if one is Stage.WAITING]
        self.model: RowsModel[Line] = RowsModel(self._columns(), key=lambda one: one.id)
        self.table: TableView[Line] = TableView(desk, self.model, "decision", cells=True)
        self.table.setAccessibleName("这一批的人")
        every = push_button(desk.look, "整批退回", lambda: self._all(back=True))
        none = push_button(desk.look, "全部批准", lambda: self._all(back=False))
        for button in (every, none):
            button.setAutoDefault(False)
        area = self.body.itemAt(0).widget()
        if area is not None:
            height = _FORM_HEIGHT if self.paper is None else _FORM_WITH_PAPER
            area.setMaximumHeight(round(height * desk.look.scale))
        self.body.setStretch(0, 0)
        self.body.addWidget(label(_HINT, "muted", wrap=True))
        self.body.addLayout(row(none, every, None))
        self.body.addWidget(self.table, 1)
        self._put(waiting)
        self.resize(_SIZE)
        desk.ask(company_profile, self._offer_name, owner=self)

    @property
    def is_dirty(self) -> bool:
        """Whether somebody was marked, or something typed."""
        return self.form.is_dirty or any(one.back or one.reason for one in self.model.rows())

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Keep the decision."""
        back = [one for one in self.model.rows() if one.back]
        if silent := [one.name for one in back if not one.reason]:
            failed(InvalidValueError(f"请填写退回的理由：{'、'.join(silent)}"))
            return
        returned = {one.id: one.reason for one in back}
        batch, by, on, note = self._batch.id, self.by.value(), self.on.value(), self.note.value()
        paper = "" if self.paper is None else self.paper.value()
        actor, today = self.desk.officer, self.desk.today

        def work(company: Company) -> Changes:
            return reviewing.decide(
                company,
                batch,
                by=by,
                on=on or today,
                returned=returned,
                note=note,
                paper=paper,
                actor=actor,
                today=today,
            )

        self.desk.act(work, done, failed, owner=self)

    def saved(self, _outcome: object) -> None:
        """Say what was recorded."""
        back = sum(one.back for one in self.model.rows())
        approved = len(self.model.rows()) - back
        self.desk.tell(f"审批意见已登记：批准 {approved} 人，退回 {back} 人")

    def _offer_name(self, profile: CompanyProfile) -> None:
        if not self.by.raw():
            self.by.set_value(profile.representative)

    def _all(self, *, back: bool) -> None:
        self._put([replace(one, back=back) for one in self.model.rows()])

    def _change(self, line: Line) -> None:
        self._put([line if one.id == line.id else one for one in self.model.rows()])

    def _put(self, rows: list[Line]) -> None:
        self.model.show(rows)
        back = sum(one.back for one in rows)
        told = f"批准 {len(rows) - back} 人" if len(rows) > back else ""
        gone = f"退回 {back} 人" if back else ""
        word = "登记：" if deciding(self.desk) is None else ""
        self.accept_button.setText(word + "，".join(one for one in (told, gone) if one))

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("name", "姓名", lambda one: one.name, width=100),
            Column(
                "back",
                "退回",
                lambda one: "退回" if one.back else "",
                checked=lambda one: one.back,
                toggle=lambda one, on: self._change(replace(one, back=on)),
                width=84,
            ),
            Column(
                "reason",
                "退回的理由",
                lambda one: one.reason,
                edit=self._set_reason,
                tone=lambda one: Tone.WARN if one.back and one.reason else None,
                stretch=True,
            ),
        )

    def _set_reason(self, line: Line, text: str) -> None:
        """A reason means that it goes back."""
        self._change(replace(line, reason=text, back=line.back or bool(text)))
