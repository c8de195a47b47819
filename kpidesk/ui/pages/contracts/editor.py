"""A draft being filled in: every change can be undone, and is saved as soon as it is sound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from kpidesk.core.added import total, weights_beside, with_added
from kpidesk.core.contract import ContractState
from kpidesk.core.period import Cycle
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import MultilineField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.carried_on import CarriedOn
from kpidesk.ui.pages.contracts.draft import (
    SetAdded,
    SetSettings,
    SetSpecialTerms,
    TermsDraft,
    target_drafts,
)
from kpidesk.ui.pages.contracts.parameters import ParametersPanel
from kpidesk.ui.pages.contracts.targets import TargetsPanel
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.tabs import Tabs
from kpidesk.ui.undo import EditCommand
from kpidesk.ui.widgets import Banner, column, label, scrolled
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from kpidesk.core.added_item import Added
    from kpidesk.core.contract import Contract
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.undo import Edit
    from kpidesk.usecases.contracts import ContractDetails

_REST_MS = 600
"""Typing in a form counts as one change when it has rested for so long."""
_TERMS_LENGTH = 4000


class DraftEditor(QWidget):
    """Targets, parameters, special terms of one draft."""

    saved = Signal()
    """The company file has another version of the draft."""

    def __init__(self, desk: Desk, undo: QUndoStack) -> None:
        """Empty until `show_contract`."""
        super().__init__()
        self._desk, self._undo = desk, undo
        self._contract: Contract | None = None
        self._scheme: Scheme | None = None
        self._base: Scheme | None = None
        self._draft = TermsDraft()
        self._showing = False
        self._saving = 0
        self._refused = ""
        self._status = Banner(desk.look)
        self.targets = TargetsPanel(desk)
        self.targets.edit.connect(self._push)
        self.parameters: ParametersPanel | None = None
        self._parameters_home = Holder()
        self.terms = MultilineField(
            "特别约定", lines=12, most=_TERMS_LENGTH, hint="每行一条，印在责任书的“特别约定”部分。"
        )
        self.terms.changed.connect(self._typed)
        self.carried_on = CarriedOn(desk)
        self.carried_on.wanted.connect(self._add_terms)
        self.carried_on.measured.connect(self._add_indicators)
        holder = QWidget()
        holder.setLayout(column(self.terms, self.carried_on, None))
        self.tabs = Tabs()
        self.tabs.add("目标", self.targets)
        self.tabs.add("参数与权重", scrolled(self._parameters_home))
        self.tabs.add("特别约定", holder)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.take)
        layout = column(self._status, self.tabs, spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def contract(self) -> Contract | None:
        """The contract as it was last saved."""
        return self._contract

    @property
    def is_saving(self) -> bool:
        """Whether the company file has yet to answer: what it holds may be older."""
        return self._saving > 0

    @property
    def draft(self) -> TermsDraft:
        """What is filled in, saved or not."""
        return self._draft

    def show_contract(self, details: ContractDetails) -> None:
        """Begin with a draft; there is nothing to undo yet."""
        self._rest.stop()
        self._undo.clear()
        self._refused = ""
        contract, scheme = details.contract, details.scheme
        self._contract = contract
        months = len(Cycle(contract.term).contract_months())
        self._draft = TermsDraft(
            target_drafts(scheme, contract.role, months, contract.targets),
            contract.settings,
            contract.special_terms,
            contract.added,
        )
        self._base = details.base or scheme
        self._build_parameters(scheme)
        self._status.say("")
        self._show()
        self.carried_on.show_contract(contract, self._base)

    def _build_parameters(self, scheme: Scheme) -> None:
        """A form for the parameters and weights of the scheme as this contract has it."""
        self._scheme = scheme
        panel = ParametersPanel(self._desk.look, scheme)
        panel.changed.connect(self._typed)
        nothing = label("这个方案没有需要约定的参数。", "muted")
        nothing.setVisible(panel.is_empty)
        self._parameters_home.put(nothing, panel)
        self.parameters = panel

    # --- changes

    def take(self) -> bool:
        """Make what was typed in the forms a change; False when something in them is wrong."""
        self._rest.stop()
        contract, parameters = self._contract, self.parameters
        if contract is None or parameters is None or contract.state is not ContractState.DRAFT:
            return True
        sound = parameters.check(contract.term.start)
        if sound:
            settings = tuple(sorted(parameters.settings().items()))
            if settings != self._draft.settings:
                self._push(SetSettings("修改参数", settings))
        if not self.terms.check():
            sound = False
        else:
            terms = tuple(one for line in self.terms.value().splitlines() if (one := line.strip()))
            if terms != self._draft.special_terms:
                self._push(SetSpecialTerms("修改特别约定", terms))
        return sound

    def finish(self) -> bool:
        """Save what can be saved; False (and it says why) while something is not saved."""
        forms, targets = self.take(), self.targets.check()
        if forms and targets:
            self._status.say(self._refused)
            return not self._refused
        if not targets:
            self.tabs.show_section(0)
        else:
            self.tabs.show_section(1 if self.terms.message == "" else 2)
        self._say_unsaved()
        return False

    @Slot(object)
    def _push(self, edit: Edit[TermsDraft]) -> None:
        self._undo.push(EditCommand(edit, lambda: self._draft, self._put))

    @Slot()
    def _typed(self) -> None:
        if not self._showing:
            self._rest.start()

    @Slot(object)
    def _add_terms(self, lines: tuple[str, ...]) -> None:
        """Agree on what earlier plans have left to do, as further special terms."""
        if self.take():
            terms = (*self._draft.special_terms, *lines)
            self._push(SetSpecialTerms("加入改进事项", terms))

    @Slot(object)
    def _add_indicators(self, added: tuple[Added, ...]) -> None:
        """Judge by these what earlier plans have left to do; the other weights leave room."""
        base = self._base
        if base is None or not self.take():
            return
        settings = weights_beside(
            dict(self._draft.settings), base, total(self._draft.added), total(added)
        )
        self._push(SetAdded("改进事项作为考核指标", added, tuple(sorted(settings.items()))))

    def _put(self, draft: TermsDraft) -> None:
        before, self._draft = self._draft, draft
        if before.added != draft.added and self._base is not None:
            self._build_parameters(with_added(self._base, draft.added))
            self._show()
        self._show(before)
        self.carried_on.show_terms(draft.special_terms, draft.added)
        self._save()

    def _show(self, before: TermsDraft | None = None) -> None:
        """Show the draft; forms only where they differ, so that the cursor stays."""
        if self._contract is None or self.parameters is None:
            return
        self._showing = True
        months = Cycle(self._contract.term).contract_months()
        self.targets.show_targets(self._measured().targets, months)
        if before is None or before.settings != self._draft.settings:
            self._show_settings(self.parameters)
        text = "\n".join(self._draft.special_terms)
        if before is None or before.special_terms != self._draft.special_terms:
            typed = str(self.terms.raw())
            if [one.strip() for one in typed.splitlines() if one.strip()] != text.splitlines():
                self.terms.set_value(text)
        self._showing = False

    def _show_settings(self, panel: ParametersPanel) -> None:
        try:
            shown = tuple(sorted(panel.settings().items()))
        except ValueError:
            shown = None
        if shown != self._draft.settings:
            panel.show_settings(dict(self._draft.settings))

    def _measured(self) -> TermsDraft:
        """The draft with the targets that its parameters leave; those of others are kept aside."""
        if self._contract is None or self._scheme is None:
            return self._draft
        return self._draft.measured(self._scheme, self._contract.role)

    # --- saving

    def _save(self) -> None:
        if self._contract is None:
            return
        draft = self._measured()
        if any(one.problem() for one in draft.targets):
            self._say_unsaved()
            return
        contract = replace(
            self._contract,
            targets=draft.finished_targets(),
            settings=tuple(sorted(self._draft.settings)),
            special_terms=self._draft.special_terms,
            added=self._draft.added,
        )
        self._status.say("")
        if contract == self._contract:
            return
        before, self._contract = self._contract, contract
        self._saving += 1
        actor, today = self._desk.officer, self._desk.today

        def saved(_: object) -> None:
            self._saving -= 1
            self._refused = ""
            self.saved.emit()

        def refused(problem: Exception) -> None:
            """What was typed stays, and is tried again with the next change."""
            self._saving -= 1
            if self._contract is contract:
                self._contract = before
                self._refused = f"没有保存：{message_of(problem)}"
                self._status.say(self._refused)

        self._desk.act(
            lambda company: contract_cases.edit_contract(
                company, contract, actor=actor, today=today
            ),
            saved,
            refused,
            owner=self,
        )

    def _say_unsaved(self) -> None:
        problems = [text for one in self._measured().targets if (text := one.problem())]
        if self.parameters is not None and (text := self.parameters.problem()):
            problems.append(text)
        if self.terms.message:
            problems.append(self.terms.message)
        if not problems and self.targets.complaint:
            problems.append(self.targets.complaint)
        self._status.say("尚未保存：" + "；".join(problems), Tone.WARN)
