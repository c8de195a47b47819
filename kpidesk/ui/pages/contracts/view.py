"""One contract: what is filled in at the left, the paper at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import ContractState
from kpidesk.core.names import known_parameters
from kpidesk.ui.dialogs import confirm
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.columns import state_tone
from kpidesk.ui.pages.contracts.editor import DraftEditor
from kpidesk.ui.pages.contracts.preview import ContractPreview
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.widgets import Badge, Banner, Card, column, label, push_button, row, scrolled
from kpidesk.ui.words import contract_state_text, number_text, setting_text, span_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from kpidesk.core.contract import Contract, ContractId
    from kpidesk.core.target import Target
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.contracts import ContractDetails

_LEFT, _RIGHT = 500, 640


class ContractView(QWidget):
    """A draft is edited, any other contract is told; both beside the paper."""

    closed = Signal()
    """The officer goes back to the list."""

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
        self._told = Holder()
        self._left = QStackedWidget()
        self._left.addWidget(self.editor)
        self._left.addWidget(scrolled(self._told))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self._left)
        halves.addWidget(self.preview)
        halves.setSizes([_LEFT, _RIGHT])
        halves.setStretchFactor(1, 1)
        back = push_button(desk.look, "返回列表", self.close_contract, icon="arrow-left")
        head = row(back, self._name, self._state, self._about, None, spacing=12)
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
        return self._details is not None and (self._details.contract.state is ContractState.DRAFT)

    def _close(self) -> None:
        self._id = self._details = None
        self._undo.clear()
        self.preview.show_contract(None)
        self.closed.emit()

    def _show(self, details: ContractDetails) -> None:
        before, self._details = self._details, details
        contract = details.contract
        if before is not None and before.contract == contract:
            return
        self._name.setText(f"{contract.number}　{contract.party_b.name}")
        self._state.say(contract_state_text(contract.state), state_tone(contract.state))
        self._about.setText(span_text(contract.term))
        self._about.setToolTip(details.scheme.title)
        if contract.state is ContractState.DRAFT:
            edited = self.editor.contract
            is_older = self.editor.is_saving and edited is not None and edited.id == contract.id
            if edited != contract and not is_older:
                self.editor.show_contract(details)
            self._left.setCurrentIndex(0)
        else:
            self._undo.clear()
            self._tell(details)
            self._left.setCurrentIndex(1)
        if before is not None and before.contract.state is not contract.state:
            self.preview.reload()

    def _tell(self, details: ContractDetails) -> None:
        contract = details.contract
        why = Banner(self._desk.look)
        why.say(_locked(contract), Tone.ACCENT)
        party_b = contract.party_b
        lines = [
            f"甲方：{contract.party_a.name}",
            f"乙方：{party_b.name}（{party_b.department} · {party_b.post}）",
            f"方案：{details.scheme.title}",
            f"期限：{span_text(contract.term)}",
        ]
        self._told.put(
            why,
            Card("责任书", *(label(line, wrap=True) for line in lines)),
            Card("目标", *(label(text, wrap=True) for text in _targets(contract.targets))),
            Card("参数", *(label(text, wrap=True) for text in _settings(details))),
            spring=True,
        )


def _locked(contract: Contract) -> str:
    match contract.state:
        case ContractState.DRAFT:
            return ""
        case ContractState.PRINTED:
            return f"已于 {contract.printed_on} 打印，内容已锁定。如需修改，请先“退回草稿”。"
        case ContractState.SIGNED:
            return f"已于 {contract.signed_on} 签署，内容不能再改。如需变更，请另立补充协议。"
        case ContractState.VOID:
            return "已作废，不再用于考核。"
        case _:
            assert_never(contract.state)


def _targets(targets: tuple[Target, ...]) -> list[str]:
    if not targets:
        return ["没有约定目标。"]
    return [
        f"{one.label}：" + ("—" if one.total is None else f"{number_text(one.total)} {one.unit}")
        for one in targets
    ]


def _settings(details: ContractDetails) -> list[str]:
    """What was set otherwise than by default; weights are told with the indicators' words."""
    known = known_parameters(details.scheme)
    chosen = [
        f"{known[name].label}：{setting_text(known[name], value)}"
        for name, value in details.contract.settings
        if name in known
    ]
    raters = Prose(details.scheme, dict(details.contract.settings)).raters()
    return chosen or list(raters) or ["全部用方案的默认值。"]
