"""审批: all that happened to one result, and what can be done with it next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kpidesk.core.review.standing import Stage
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.results.review.forms import (
    answer_dialog,
    appeal_dialog,
    hearing_dialog,
)
from kpidesk.ui.widgets import Badge, Card, label, push_button, row, scrolled
from kpidesk.ui.words import day_text
from kpidesk.usecases import reviewing

if TYPE_CHECKING:
    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetView
    from kpidesk.usecases.reviewing import History

_TONES = {
    "定分": Tone.GOOD,
    "批准": Tone.GOOD,
    "员工确认": Tone.GOOD,
    "退回": Tone.BAD,
    "申诉": Tone.BAD,
    "申诉成立": Tone.BAD,
}


class HistoryView(QWidget):
    """Every version of the result stays in view: recorded, calibrated, corrected."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._desk = desk
        self._appraisal: AppraisalId | None = None
        self._name = ""
        look = desk.look
        self.next = label("", "muted", wrap=True)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 10, 0)
        holder = QWidget()
        holder.setLayout(self._inside)
        self._lines: QWidget | None = None
        self.appeal_button = push_button(look, "登记申诉…", self._appeal)
        self.hear_button = push_button(look, "记录听取情况…", self._hear)
        self.answer_button = push_button(look, "处理申诉…", self._answer)
        desk.only_if("reviewing.afterwards.appeal", self.appeal_button)
        desk.only_if("reviewing.afterwards.hear", self.hear_button)
        desk.only_if("reviewing.afterwards.dismiss", self.answer_button)
        area = scrolled(holder)
        holder.setAutoFillBackground(False)
        card = Card()
        card.body.addWidget(self.next)
        card.body.addWidget(area, 1)
        self._buttons = row(self.appeal_button, None, self.hear_button, self.answer_button)
        card.body.addLayout(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self._offer(None)

    def put_next(self, button: QWidget) -> None:
        """The button of the next step stands where the others do."""
        self._buttons.addWidget(button)

    def show_view(self, view: SheetView) -> None:
        """Load the way of a sheet's result."""
        appraisal = view.appraisal.id
        if appraisal != self._appraisal:
            self._offer(None)
        self._appraisal, self._name = appraisal, view.contract.party_b.name

        def shown(found: History) -> None:
            if appraisal == self._appraisal:
                self._offer(found)

        self._desk.ask(lambda company: reviewing.history(company, appraisal), shown, owner=self)

    def texts(self) -> list[tuple[str, str]]:
        """What is shown: title and particulars."""
        return list(self._texts)

    def _offer(self, found: History | None) -> None:
        review = found.review if found else None
        runs = review is not None and review.appeal is not None
        self.appeal_button.setVisible(review is not None and review.is_final and not runs)
        self.hear_button.setVisible(runs)
        self.answer_button.setVisible(runs)
        self.next.setText(_next(found))
        self.next.setVisible(bool(self.next.text()))
        self._texts = [(one.title, one.text) for one in found.lines] if found else []
        if self._lines is not None:
            self._inside.removeWidget(self._lines)
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = self._list(found) if found and found.lines else None
        if self._lines is not None:
            self._inside.insertWidget(0, self._lines)
        if self._inside.count() == (self._lines is not None):
            self._inside.addStretch(1)

    def _list(self, found: History) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, one in enumerate(found.lines):
            grid.addWidget(label(day_text(one.on), "muted"), place, 0, top)
            tone = _TONES.get(one.title, Tone.ACCENT)
            grid.addWidget(Badge(self._desk.look, one.title, tone), place, 1, top)
            by = f"（{one.entered_by} 登记）" if one.entered_by else ""
            grid.addWidget(label(f"{one.text}{by}", wrap=True), place, 2, top)
        made = QWidget()
        made.setLayout(grid)
        return made

    def _appeal(self) -> None:
        if self._appraisal is not None:
            appeal_dialog(self._desk, self, self._appraisal, self._name).open()

    def _hear(self) -> None:
        if self._appraisal is not None:
            hearing_dialog(self._desk, self, self._appraisal, self._name).open()

    def _answer(self) -> None:
        if self._appraisal is not None:
            answer_dialog(self._desk, self, self._appraisal, self._name).open()


def _next(found: History | None) -> str:
    """What comes next for the result."""
    if found is None:
        return ""
    if not found.lines:
        return "还没有定分。定分以后，校准、审批、公示、确认和申诉都记在这里。"
    if found.review.appeal is not None:
        return f"申诉处理中，应在 {found.review.appeal} 前答复。原结果在作出决定前不变。"
    match found.review.stage:
        case Stage.UNSUBMITTED:
            return "下一步：需要时校准，然后提交总经理审批。"
        case Stage.WAITING:
            return f"第 {found.review.batch} 批，{found.review.since} 提交，等待总经理审批。"
        case Stage.RETURNED:
            return "已退回：更正后重新定分（或校准），再提交审批。"
        case Stage.APPROVED:
            return "下一步：公示，登记员工确认；有异议的登记申诉。"
        case Stage.CONFIRMED:
            return ""
        case Stage.UPHELD:
            return "申诉成立：请重新打开评分表更正、再次定分（或校准），然后重新提交审批。"
