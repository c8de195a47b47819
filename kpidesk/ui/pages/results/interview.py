"""The interview record: when, with whom, what was said, what will be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.appraisal import Interview, Opinion
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField, DateField, Form, MultilineField, TextField
from kpidesk.ui.pages.results.plan import PlanField
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import Card, push_button, row, scrolled
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import appraisals, results

if TYPE_CHECKING:
    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetChange, SheetView
    from kpidesk.usecases.company import Company

OPINIONS = ((Opinion.AGREES, "同意"), (Opinion.RESERVES, "保留意见"))


class InterviewView(QWidget):
    """A form that is saved as a whole; what is being typed survives every reload."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_view`."""
        super().__init__()
        self._desk = desk
        self._appraisal: AppraisalId | None = None
        self._title = "面谈记录"
        look = desk.look
        self.form = form = Form(look)
        self.held_on = form.add(DateField(look, "面谈日期"), half=True)
        self.interviewer = form.add(TextField("面谈人"), half=True)
        self.strengths = form.add(MultilineField("优点", lines=2))
        self.weaknesses = form.add(MultilineField("不足", lines=2))
        self.comment = form.add(MultilineField("考核人意见", lines=2))
        self.opinion = form.add(ChoiceField("员工意见", list(OPINIONS), none="未表态"), half=True)
        self.opinion_text = form.add(TextField("意见说明", most=200), half=True)
        self.plan = form.add(PlanField(look))
        self.save_button = push_button(look, "保存面谈记录", self.save, kind="primary")
        self.discard_button = push_button(look, "放弃修改", self.discard)
        self.print_button = push_button(look, "打印面谈记录表…", self._print, icon="print")
        for field in (self.strengths, self.weaknesses, self.comment):
            field.setMinimumHeight(field.sizeHint().height())  # the form would be squeezed
        form.changed.connect(self._offer)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addWidget(form)
        area = scrolled(holder)
        holder.setAutoFillBackground(False)
        card = Card()
        card.body.addWidget(area, 1)
        card.body.addLayout(row(self.print_button, None, self.discard_button, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self._stored = Interview()
        self._offer()

    @property
    def is_dirty(self) -> bool:
        """True while something typed has not been saved."""
        return self.form.is_dirty

    def show_view(self, view: SheetView) -> None:
        """Show a sheet's interview; the same one while it is being typed stays as it is."""
        if view.appraisal.id == self._appraisal and self.is_dirty:
            self._stored = view.appraisal.interview
            return
        person, cycle = view.contract.party_b.name, cycle_text(view.sheet.cycle)
        self._title = f"面谈记录 {person} {cycle}"
        self._appraisal, self._stored = view.appraisal.id, view.appraisal.interview
        self.discard()

    def discard(self) -> None:
        """Show what is stored."""
        stored = self._stored
        self.held_on.set_value(stored.held_on)
        self.interviewer.set_value(stored.interviewer)
        self.strengths.set_value(stored.strengths)
        self.weaknesses.set_value(stored.weaknesses)
        self.comment.set_value(stored.comment)
        self.opinion.set_value(stored.opinion)
        self.opinion_text.set_value(stored.opinion_text)
        self.plan.set_value(stored.plan)
        self.form.refuse("")
        self._offer()

    def save(self) -> None:
        """Save the record; what is refused stays with the reason above it."""
        if self._appraisal is None or not self.form.check():
            return
        appraisal, interview = self._appraisal, self._typed()
        desk = self._desk
        actor, today = desk.officer, desk.today

        def work(company: Company) -> SheetChange:
            return appraisals.record_interview(
                company, appraisal, interview=interview, actor=actor, today=today
            )

        def saved(_: SheetChange) -> None:
            if self._appraisal == appraisal:
                self._stored = interview
                self.form.settle()
                self._offer()
            desk.tell("面谈记录已保存")

        desk.act(work, saved, lambda problem: self.form.refuse(message_of(problem)), owner=self)

    def _typed(self) -> Interview:
        return Interview(
            held_on=self.held_on.value(),
            interviewer=self.interviewer.value(),
            strengths=self.strengths.value(),
            weaknesses=self.weaknesses.value(),
            comment=self.comment.value(),
            opinion=self.opinion.value(),
            opinion_text=self.opinion_text.value(),
            plan=self.plan.value(),
        )

    def _offer(self) -> None:
        for button in (self.save_button, self.discard_button):
            button.setEnabled(self.is_dirty)
        self.print_button.setEnabled(self._appraisal is not None and not self.is_dirty)
        self.print_button.setToolTip("请先保存或放弃修改" if self.is_dirty else "")

    def _print(self) -> None:
        if (appraisal := self._appraisal) is not None:

            def make(company: Company) -> bytes:
                return results.interview_pdf(company, appraisal)

            DocumentDialog(self._desk, self, self._title, make).open()
