"""The interview record: when, with whom, what was said, what will be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.appraisal import Delivery, Interview, Opinion, Refusal
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField, DateField, Form, MultilineField, TextField
from kpidesk.ui.pages.results.following import offer_follow_up
from kpidesk.ui.pages.results.plan import PlanField
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import Card, push_button, row, scrolled
from kpidesk.ui.words import cycle_text, day_text
from kpidesk.usecases import appraisals, results, reviewing

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetChange, SheetView
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.reviewing import History

OPINIONS = (
    (Opinion.AGREES, "同意"),
    (Opinion.RESERVES, "保留意见"),
    (Opinion.REFUSES, "拒签"),
)
DELIVERIES = (
    (Delivery.LEFT, "留置送达"),
    (Delivery.POST, "邮寄送达"),
    (Delivery.ELECTRONIC, "电子送达"),
    (Delivery.NOTICE, "公告送达"),
)


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
        self.place = form.add(TextField("地点"), half=True)
        self.participants = form.add(TextField("参加人", most=120), half=True)
        self.strengths = form.add(MultilineField("优点", lines=2))
        self.weaknesses = form.add(MultilineField("不足", lines=2))
        self.comment = form.add(MultilineField("考核人意见", lines=2))
        self.opinion = form.add(ChoiceField("员工意见", list(OPINIONS), none="未表态"), half=True)
        self.opinion_text = form.add(TextField("意见说明", most=200), half=True)
        self.witnesses = tuple(
            form.add(TextField(f"见证人{one}", required=True), half=True) for one in "一二"
        )
        self.delivery = form.add(
            ChoiceField("送达方式", list(DELIVERIES), none="还没有送达"), half=True
        )
        self.delivered_on = form.add(DateField(look, "送达日期"), half=True)
        self.delivery_note = form.add(TextField("送达说明", most=120, example="如：EMS 单号"))
        self._of_refusal: tuple[QWidget, ...] = (
            *self.witnesses,
            self.delivery,
            self.delivered_on,
            self.delivery_note,
        )
        self.opinion.changed.connect(self._ask_for_witnesses)
        self.plan = form.add(PlanField(look))
        self.save_button = push_button(look, "保存面谈记录", self.save, kind="primary")
        self.discard_button = push_button(look, "放弃修改", self.discard)
        self.print_button = push_button(look, "打印面谈记录表…", self._print, icon="print")
        self.follow_button = push_button(look, "跟踪改进计划…", self.follow_up)
        self._confirmed = ""
        self.take_button = push_button(look, "", self._take_confirmed, icon="person", kind="link")
        self.take_button.hide()
        for field in (self.strengths, self.weaknesses, self.comment):
            field.setMinimumHeight(field.sizeHint().height())  # the form would be squeezed
        form.changed.connect(self._offer)
        self._gate()
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addWidget(form)
        self._area = scrolled(holder)
        holder.setAutoFillBackground(False)
        card = Card()
        card.body.addWidget(self._area, 1)
        buttons = (self.print_button, self.follow_button, None)
        card.body.addLayout(row(self.take_button, None))
        card.body.addLayout(row(*buttons, self.discard_button, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self._stored = Interview()
        self._ask_for_witnesses()
        self._offer()

    def _gate(self) -> None:
        """Read only for whoever may not record it."""
        self._desk.only_if(
            "appraisals.interviewing.record_interview", self.save_button, self.discard_button
        )
        self._desk.only_if("appraisals.interviewing.record_look", self.follow_button)
        self.form.setEnabled(self._desk.may("appraisals.interviewing.record_interview"))

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
        if view.appraisal.id != self._appraisal:
            self._area.verticalScrollBar().setValue(0)
        self._appraisal, self._stored = view.appraisal.id, view.appraisal.interview
        self._look_for_confirmation(view.appraisal.id)
        self.discard()

    def _look_for_confirmation(self, appraisal: AppraisalId) -> None:
        """Somebody who confirmed the result need not say it again."""
        self._confirmed = ""

        def found(told: History) -> None:
            lines = [one for one in told.lines if one.title == reviewing.CONFIRMED]
            if appraisal == self._appraisal and lines:
                self._confirmed = f"{day_text(lines[-1].on)} {lines[-1].text}"
                self._offer()

        if self._stored.opinion is None:
            self._desk.ask(lambda one: reviewing.history(one, appraisal), found, owner=self)

    def _take_confirmed(self) -> None:
        """Write the confirmation down as the employee's opinion."""
        if not self.is_dirty:
            self._keep(
                replace(
                    self._stored,
                    opinion=Opinion.AGREES,
                    opinion_text=self._stored.opinion_text or f"已确认：{self._confirmed}",
                ),
                then=self.discard,
            )

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
        self.place.set_value(stored.place)
        self.participants.set_value(stored.participants)
        refusal = stored.refusal
        for number, field in enumerate(self.witnesses):
            field.set_value(refusal.witnesses[number] if refusal else "")
        self.delivery.set_value(refusal.delivery if refusal else None)
        self.delivered_on.set_value(refusal.delivered_on if refusal else None)
        self.delivery_note.set_value(refusal.note if refusal else "")
        self._ask_for_witnesses()
        self.plan.set_value(stored.plan)
        self.form.refuse("")
        self._offer()

    def save(self) -> None:
        """Save the record; what is refused stays with the reason above it."""
        if self._appraisal is None or not self.form.check():
            return
        try:
            interview = self._typed()
        except ValueError as problem:
            self.form.refuse(str(problem))
            return
        self._keep(interview, then=self.form.settle)

    def _keep(self, interview: Interview, then: Callable[[], object]) -> None:
        appraisal = self._appraisal
        if appraisal is None:
            return
        desk = self._desk
        actor, today = desk.officer, desk.today

        def work(company: Company) -> SheetChange:
            return appraisals.record_interview(
                company, appraisal, interview=interview, actor=actor, today=today
            )

        def saved(_: SheetChange) -> None:
            if self._appraisal == appraisal:
                self._stored = interview
                then()
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
            place=self.place.value(),
            participants=self.participants.value(),
            refusal=self._typed_refusal(),
        )

    def _typed_refusal(self) -> Refusal | None:
        if self.opinion.value() is not Opinion.REFUSES:
            return None
        return Refusal(
            tuple(one.value() for one in self.witnesses),
            self.delivery.value(),
            self.delivered_on.value(),
            self.delivery_note.value(),
        )

    def _ask_for_witnesses(self) -> None:
        """Who saw a refusal, and how the result was delivered, is asked only then."""
        is_refused = self.opinion.value() is Opinion.REFUSES
        for field in self._of_refusal:
            field.setVisible(is_refused)
            field.setEnabled(is_refused)

    def follow_up(self) -> None:
        """Ask what became of an item of the plan."""
        if self._appraisal is not None:
            offer_follow_up(self._desk, self, self._appraisal)

    def _offer(self) -> None:
        for button in (self.save_button, self.discard_button):
            button.setEnabled(self.is_dirty)
        self.print_button.setEnabled(self._appraisal is not None and not self.is_dirty)
        self.follow_button.setEnabled(bool(self._stored.plan) and not self.is_dirty)
        self.take_button.setText(f"填入已登记的员工确认（{self._confirmed}）：同意")
        can_take = bool(self._confirmed) and self._stored.opinion is None and not self.is_dirty
        self.take_button.setVisible(can_take)
        self.print_button.setToolTip("请先保存或放弃修改" if self.is_dirty else "")

    def _print(self) -> None:
        if (appraisal := self._appraisal) is not None:
            actor, today = self._desk.officer, self._desk.today

            def make(company: Company) -> bytes:
                return results.interview_pdf(company, appraisal, actor=actor, today=today)

            DocumentDialog(self._desk, self, self._title, make).open()
