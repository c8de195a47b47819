"""What earlier improvement plans have left to do, offered as goals of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.ui.widgets import column, label, push_button, row
from kpidesk.ui.words import count_text, day_text
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.contract import Contract
    from kpidesk.core.follow_up import Tracked
    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk


class CarriedOn(QWidget):
    """Hidden while there is nothing to offer."""

    wanted = Signal(object)
    """Lines to add to the special terms."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_contract`."""
        super().__init__()
        self._desk = desk
        self._contract: Contract | None = None
        self._items: tuple[Tracked, ...] = ()
        self._terms: tuple[str, ...] = ()
        self._told = label("", "muted", wrap=True)
        self.add_button = push_button(
            desk.look, "加入为管理目标", self._add, icon="add", kind="link"
        )
        self.setLayout(column(self._told, row(self.add_button, None), spacing=4))
        self.hide()

    def show_contract(self, contract: Contract) -> None:
        """Look for what the plans of this person have left to do."""
        self._contract, self._items = contract, ()
        self.show_terms(contract.special_terms)
        person = contract.party_b.person

        def found(items: tuple[Tracked, ...]) -> None:
            if self._contract is contract:
                self._items = items
                self.show_terms(self._terms)

        self._desk.ask(lambda company: appraisals.carried_on(company, person), found, owner=self)

    def show_terms(self, terms: Sequence[str]) -> None:
        """Offer what is not among these terms yet."""
        self._terms = tuple(terms)
        items = self._offered()
        self.setVisible(bool(items))
        listed = "\n".join(f"· {one.item.what}" for one in items)
        self._told.setText(f"以往改进计划还有 {count_text(len(items))}没有完成：\n{listed}")

    def _offered(self) -> list[Tracked]:
        return [
            one for one in self._items if not any(one.item.what in line for line in self._terms)
        ]

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
