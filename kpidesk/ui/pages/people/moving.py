"""调岗: the form, then what would be done, then all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.ui.dialogs import confirm
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.pages.people.move_form import MoveForm, MoveOffer
from kpidesk.ui.pages.people.moved_words import sections
from kpidesk.ui.widgets import Card, column, label, push_button, scrolled
from kpidesk.usecases import moving
from kpidesk.usecases import schemes as scheme_cases
from kpidesk.usecases.leaving import ties_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kpidesk.core.people import Person, PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.people.listing import Listing
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.leaving import Ties
    from kpidesk.usecases.moving import Moved

_SIZE = QSize(820, 670)
_ASK, _SHOW = range(2)
_TOLD = (
    "从变动那天起按新岗位考核、计酬的，要终止这份责任书，再按新岗位换签一份；"
    "下一步可以一次办好，办理以前先给您看清楚。\n"
    "岗位名称变了、考核办法不变的，不用办；责任书上仍印签订时的岗位。"
)


def move(
    desk: Desk, parent: QWidget, listing: Listing, person: Person, *, since: date | None = None
) -> None:
    """Open the dialog for somebody; `since`: the register has the new post from then on."""
    day = since or desk.today

    def load(company: Company) -> MoveOffer:
        rows = scheme_cases.list_schemes(company)
        usable = (one.id for one in rows if not one.lost)
        return MoveOffer(
            moving.held_contracts(company, person.id, today=day),
            tuple(scheme_cases.scheme_details(one, company=company).scheme for one in usable),
        )

    def show(offer: MoveOffer) -> None:
        MoveDialog(desk, parent, person, MoveForm(desk, listing, person, offer, since=since)).open()

    desk.ask(load, show, owner=parent)


class MoveDialog(Dialog):
    """Two steps: what is wanted, and what it comes to; nothing is written before the last."""

    chapter = "调岗"

    def __init__(self, desk: Desk, parent: QWidget, person: Person, form: MoveForm) -> None:
        """With the form filled in for the most usual case."""
        super().__init__(parent, f"调岗：{person.name}（{person.number}）", width=_SIZE.width())
        self._desk, self._person, self.form = desk, person, form
        self._busy = False
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(form))
        self._shown = QWidget()
        self.stack.addWidget(self._shown)
        self.body.addWidget(self.stack, 1)
        self.back = push_button(desk.look, "上一步", self.go_back, icon="arrow-left")
        self.back.setAutoDefault(False)
        self.add_buttons("下一步：核对")
        buttons = self._outer.itemAt(self._outer.count() - 1).layout()
        if isinstance(buttons, QHBoxLayout):
            buttons.insertWidget(0, self.back)
        self.resize(_SIZE)
        self._go(_ASK)

    def accept(self) -> None:
        """On to what would be done; then do it."""
        if self._busy or (self.stack.currentIndex() == _ASK and not self.form.check()):
            return
        wanted = self.form.wanted()
        actor, today = self._desk.officer, self._desk.today
        self._set_busy(busy=True)
        if self.stack.currentIndex() == _ASK:
            self._desk.ask(
                lambda company: moving.try_move(company, wanted, actor=actor, today=today),
                self._show,
                self._fail,
                owner=self,
            )
        else:
            self._desk.act(
                lambda company: moving.move_person(company, wanted, actor=actor, today=today),
                self._succeed,
                self._fail,
                owner=self,
            )

    def go_back(self) -> None:
        """To the form; what was filled in stays."""
        self._go(_ASK)

    def reject(self) -> None:
        """Close; asks first when something was filled in."""
        if self._busy:
            return
        if not self.form.is_dirty:
            super().reject()
            return
        confirm(
            self._desk,
            self,
            title="放弃调岗？",
            text="已填写的内容还没有办理，关闭后将丢失。",
            action="放弃",
            back="继续填写",
            danger=True,
            then=self._give_up,
        )

    def _give_up(self) -> None:
        super().reject()

    def _go(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.back.setVisible(step == _SHOW)
        self.accept_button.setText("办理" if step == _SHOW else "下一步：核对")

    def _show(self, moved: Moved) -> None:
        self._set_busy(busy=False)
        cards = [
            Card(title, column(*(label(one, wrap=True) for one in lines), spacing=6))
            for title, lines in sections(self._person, moved)
        ]
        page = QWidget()
        page.setLayout(column(*cards, None, spacing=10))
        old, self._shown = self._shown, scrolled(page)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.stack.addWidget(self._shown)
        self._go(_SHOW)
        self.accept_button.setFocus()

    def _succeed(self, moved: Moved) -> None:
        self._set_busy(busy=False)
        super().accept()
        papers = [*(one.id for one in moved.ended), *([moved.drafted.id] if moved.drafted else [])]
        told = "，终止协议和新责任书等着打印、签署" if papers else ""
        self._desk.tell(f"已为{self._person.name}办理调岗{told}")
        if papers:
            self._desk.go("contracts", papers[0])

    def _fail(self, problem: Exception) -> None:
        self._set_busy(busy=False)
        self._go(_ASK)
        self.form.refuse(message_of(problem))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.accept_button.setEnabled(not busy)


def tell_of_contract(
    desk: Desk,
    parent: QWidget,
    before: Person,
    *,
    post: str,
    since: date | None,
    then: Callable[[PersonId, date], object],
) -> None:
    """Where the post was changed in the register alone: lead on to the contract that holds."""
    if post == before.post:
        return
    day = since or desk.today

    def show(ties: Ties) -> None:
        holding = [
            one
            for one in ties.contracts
            if one.state is ContractState.SIGNED and one.post != post and one.ended_on is None
        ]
        if holding:
            one = holding[0]
            confirm(
                desk,
                parent,
                title=f"{before.name}的岗位变了，责任书 {one.number} 还是按“{one.post}”签的",
                text=_TOLD,
                action="换签责任书…",
                back="以后再办",
                then=lambda: then(before.id, day),
            )

    desk.ask(lambda company: ties_of(company, before.id, today=day), show, owner=parent)
