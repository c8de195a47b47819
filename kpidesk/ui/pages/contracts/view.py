"""One contract: what is filled in at the left, the paper at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.core.wording import contract_wordings, scheme_wordings
from kpidesk.ui.dialogs import confirm
from kpidesk.ui.pages.contracts.amending import AmendmentHead, edit_day
from kpidesk.ui.pages.contracts.columns import state_tone
from kpidesk.ui.pages.contracts.editor import DraftEditor
from kpidesk.ui.pages.contracts.preview import ContractPreview
from kpidesk.ui.pages.contracts.told import Told
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.lights import LightsDialog
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import Badge, column, label, push_button, row, scrolled
from kpidesk.ui.words import contract_state_text, span_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from kpidesk.core.contract import Contract, ContractId
    from kpidesk.core.wording import Wording
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.contracts import ContractDetails, Course

_LEFT, _RIGHT = 500, 640


class ContractView(QWidget):
    """A draft is edited, any other contract is told; both beside the paper."""

    closed = Signal()
    """The officer goes back to the list."""
    wanted = Signal(object)
    """Another document is to be shown: an amendment's or a contract's id."""
    amend = Signal()
    """An amendment of the contract in view is to be drawn up."""

    def __init__(self, desk: Desk, undo: QUndoStack) -> None:
        """Empty until `open_contract`."""
        super().__init__()
        self._desk, self._undo = desk, undo
        self._id: ContractId | None = None
        self._details: ContractDetails | None = None
        self._name = label("", "heading")
        self._state = Badge(desk.look)
        self._about = label("", "muted")
        self.editor = DraftEditor(desk, undo)
        self.preview = ContractPreview(desk)
        self.editor.saved.connect(self.preview.reload)
        self.editor.saved.connect(self._follow)
        self.amendment = AmendmentHead(desk, self._change_day)
        for part in (self._state, self.amendment):
            part.hide()  # until a contract has been read
        self._told = Holder()
        self._left = QStackedWidget()
        self._left.addWidget(_stacked(self.amendment, self.editor))
        self._left.addWidget(scrolled(self._told))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self._left)
        halves.addWidget(self.preview)
        halves.setSizes([_LEFT, _RIGHT])
        halves.setStretchFactor(1, 1)
        back = push_button(desk.look, "返回列表", self.close_contract, icon="arrow-left")
        self.wording_button = push_button(
            desk.look, "", self._tell_wording, icon="info", kind="link"
        )
        self.wording_button.hide()
        head = row(
            back, self._name, self._state, self._about, None, self.wording_button, spacing=12
        )
        layout = column(head, halves, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def contract(self) -> ContractId | None:
        """The contract in view."""
        return self._id

    def open_contract(self, contract: ContractId) -> None:
        """Show a contract."""
        self._id, self._details = contract, None
        self.preview.show_contract(contract)
        self.reload()

    def reload(self) -> None:
        """Look at the company file again; what is being typed stays."""
        contract = self._id
        if contract is None:
            return

        def show(details: ContractDetails) -> None:
            if details.contract.id == self._id:
                self._show(details)

        self._desk.ask(
            lambda company: contract_cases.load_contract(company, contract), show, owner=self
        )

    def finish(self) -> bool:
        """Save what is typed; False while something typed is not saved (the editor says what)."""
        return self._id is None or not self._is_draft or self.editor.finish()

    def close_contract(self) -> None:
        """Back to the list; asks before what could not be saved is lost."""
        if self.finish():
            self._close()
            return
        confirm(
            self._desk,
            self,
            title="有内容还没有保存",
            text="标红的内容填写有误，没有保存。放弃这些内容并返回列表？",
            action="放弃并返回",
            danger=True,
            then=self._close,
        )

    @property
    def _is_draft(self) -> bool:
        return self._details is not None and self._edits(self._details.contract)

    def _edits(self, contract: Contract) -> bool:
        """Whether it is shown to be edited: a draft, to somebody who may."""
        may = self._desk.may("contracts.drafting.edit_contract")
        return may and contract.state is ContractState.DRAFT and not contract.is_ending

    def _close(self) -> None:
        self._id = self._details = None
        self._undo.clear()
        self.preview.show_contract(None)
        self.closed.emit()

    def _show(self, details: ContractDetails) -> None:
        before, self._details = self._details, details
        contract = details.contract
        count = len(_wordings(details))
        self.wording_button.setText(f"用语提示 {count} 处")
        self.wording_button.setVisible(bool(count))
        if before is not None and before.contract == contract:
            self._follow()
            return
        self._name.setText(f"{contract.number}　{contract.party_b.name}")
        self._state.say(contract_state_text(contract.state), state_tone(contract.state))
        self._state.show()
        self._about.setText(span_text(contract.term))
        self._about.setToolTip(plain_tip(details.scheme.title))
        if self._edits(contract):
            edited = self.editor.contract
            is_older = self.editor.is_saving and edited is not None and edited.id == contract.id
            if edited != contract and not is_older:
                self.editor.show_contract(details)
            self.amendment.setVisible(contract.is_amendment)
            self._follow()
            self._left.setCurrentIndex(0)
        else:
            self._undo.clear()
            self._told.put()
            self._follow()
            self._left.setCurrentIndex(1)
        if before is not None and before.contract.state is not contract.state:
            self.preview.reload()

    def _tell_wording(self) -> None:
        if self._details is not None:
            notes = [
                (one.light, f"{one.message}\n{one.clause} 原文：“{one.phrase}”")
                for one in _wordings(self._details)
            ]
            title = "责任书和方案里需要留意的用语"
            LightsDialog(self._desk, self, title, notes).open()

    def _follow(self) -> None:
        """Ask what became of the document in view, and tell it."""
        details = self._details
        if details is None:
            return
        contract = details.contract
        is_edited = self._edits(contract)
        if is_edited and not contract.is_amendment:
            return

        def show(course: Course) -> None:
            if self._details is None or course.contract != self._id:
                return
            if is_edited:
                self.amendment.show_course(self._details.contract, course)
            else:
                cards = Told(self._desk, self._details, course, self.wanted.emit, self.amend.emit)
                self._told.put(*cards.parts(), spring=True)

        self._desk.ask(
            lambda company: contract_cases.course_of(company, contract.id), show, owner=self
        )

    def _change_day(self) -> None:
        contract = self.editor.contract
        if contract is not None and self.finish():
            edit_day(self._desk, self, contract, lambda _: self.preview.reload())


def _wordings(details: ContractDetails) -> tuple[Wording, ...]:
    """What the law may ask of the contract's own words and of its scheme's."""
    contract, scheme = details.contract, details.scheme
    return (*contract_wordings(contract, scheme), *scheme_wordings(scheme))


def _stacked(*parts: QWidget) -> QWidget:
    """Parts below each other; the last one takes the room."""
    made = QWidget()
    layout = column(*parts, spacing=10)
    layout.setStretch(len(parts) - 1, 1)
    made.setLayout(layout)
    return made
