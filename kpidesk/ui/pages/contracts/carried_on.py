"""What earlier improvement plans have left to do, offered as goals of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.core.added import why_not
from kpidesk.ui.pages.contracts.as_indicators import AsIndicatorsDialog
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import column, label, push_button, row
from kpidesk.ui.words import count_text, day_text, number_text
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.added_item import Added
    from kpidesk.core.contract import Contract
    from kpidesk.core.follow_up import Tracked
    from kpidesk.core.period import Period
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk


class CarriedOn(QWidget):
    """Hidden while there is nothing to offer."""

    wanted = Signal(object)
    """Lines to add to the special terms."""
    measured = Signal(object)
    """What is to be judged as indicators of the contract, all of it."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_contract`."""
        super().__init__()
        self._desk = desk
        self._contract: Contract | None = None
        self._items: tuple[Tracked, ...] = ()
        self._terms: tuple[str, ...] = ()
        self._added: tuple[Added, ...] = ()
        self._scheme: Scheme | None = None
        self._told = label("", "muted", wrap=True)
        self.add_button = push_button(
            desk.look, "加入为管理目标", self._add, icon="add", kind="link"
        )
        self.measure_button = push_button(
            desk.look, "作为考核指标…", self._measure, icon="scoring", kind="link"
        )
        buttons = row(self.add_button, self.measure_button, None)
        self.setLayout(column(self._told, buttons, spacing=4))
        self.hide()

    def show_contract(self, contract: Contract, scheme: Scheme) -> None:
        """Look for what the plans of this person have left to do; the scheme is the plain one."""
        self._contract, self._items, self._scheme = contract, (), scheme
        self.show_terms(contract.special_terms, contract.added)
        person = contract.party_b.person

        def found(items: tuple[Tracked, ...]) -> None:
            if self._contract is contract:
                self._items = items
                self.show_terms(self._terms, self._added)

        self._desk.ask(lambda company: appraisals.carried_on(company, person), found, owner=self)

    def show_terms(self, terms: Sequence[str], added: Sequence[Added] = ()) -> None:
        """Offer what is not among these terms and indicators yet, and tell which are."""
        self._terms, self._added = tuple(terms), tuple(added)
        items = self._offered()
        self.setVisible(bool(items or added))
        told = []
        if items:
            listed = "\n".join(f"· {one.item.what}" for one in items)
            told.append(f"以往改进计划还有 {count_text(len(items))}没有完成：\n{listed}")
        if added:
            listed = "、".join(f"{one.name}（{self._worth(one)}）" for one in added)
            told.append(f"已作为考核指标：{listed}")
        self._told.setText("\n".join(told))
        self.add_button.setVisible(bool(items))
        reason = why_not(self._scheme) if self._scheme is not None else ""
        amends = self._contract is not None and self._contract.is_amendment
        self.measure_button.setVisible(not amends)
        self.measure_button.setText("改进事项的指标…" if added else "作为考核指标…")
        self.measure_button.setEnabled(not reason)
        self.measure_button.setToolTip(
            plain_tip(f"{reason}，请写进特别约定") if reason else "由考核人打分，占一定的权重"
        )

    def _offered(self) -> list[Tracked]:
        said = [*self._terms, *(one.standard for one in self._added)]
        return [one for one in self._items if not any(one.item.what in line for line in said)]

    def _worth(self, one: Added) -> str:
        is_weighted = self._scheme is None or self._scheme.is_weighted
        return f"{number_text(one.weight)}{'%' if is_weighted else ' 分'}"

    def _measure(self) -> None:
        if self._scheme is not None and self._contract is not None:
            AsIndicatorsDialog(
                self._desk,
                self.window(),
                self._scheme,
                self._offered(),
                term=self._contract.term,
                added=self._added,
                done=self.measured.emit,
            ).open()  # fmt: skip

    def _add(self) -> None:
        if self._contract is not None:
            term = self._contract.term
            self.wanted.emit(tuple(goal_text(one, term) for one in self._offered()))


def goal_text(one: Tracked, term: Period) -> str:
    """An item as a term of the contract; a day outside the term is not agreed on again."""
    item = one.item
    parts = [f"管理目标（承接改进计划）：{item.what}"]
    if item.measure:
        parts.append(f"措施：{item.measure}")
    if one.due is not None and one.due in term:
        parts.append(f"完成期限：{day_text(one.due)}")
    return "；".join(parts)
