"""The steps of the year side by side: from people to the interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.ui.pages.home.step_card import StepCard

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.home import Overview

_CHEVRON = 14


class Pipeline(QWidget):
    """人员 → 责任书草稿 → 待签署 → 已签署 → 待评分 → 已定分 → 已面谈."""

    def __init__(self, desk: Desk) -> None:
        """Without figures until `show_overview`."""
        super().__init__()
        self._desk = desk
        self._chevrons: list[QLabel] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.people = self._step("people", "在职人员", "people")
        self.drafts = self._contracts("edit", "责任书草稿", ContractState.DRAFT)
        self.printed = self._contracts("print", "已打印待签", ContractState.PRINTED)
        self.signed = self._contracts("sign", "已签署", ContractState.SIGNED)
        self.scoring = self._step("scoring", "评分", "scoring")
        self.scored = self._step("results", "已定分", "results")
        self.interviewed = self._step("interview", "已面谈", "results")
        desk.look.changed.connect(self._dress)
        self._dress()

    def show_overview(self, now: Overview) -> None:
        """The figures of a moment."""
        without = f"{now.without_contract} 人没有责任书" if now.without_contract else "都有责任书"
        self.people.say(now.people, without)
        self.drafts.say(now.drafts, "待填写、打印")
        self.printed.say(now.printed, "等双方签字")
        ahead = f"{now.sheets_ahead} 张表未到期" if now.sheets_ahead else "份责任书生效"
        self.signed.say(now.signed, ahead)
        self.scoring.say(now.sheets_open, f"{now.ready} 张可以定分" if now.ready else "张待评")
        self.scored.say(now.scored, "张评分表")
        waiting = now.scored - now.interviewed
        self.interviewed.say(now.interviewed, f"还差 {waiting} 人次" if waiting > 0 else "人次")

    def _contracts(self, icon: str, title: str, state: ContractState) -> StepCard:
        return self._step(icon, title, "contracts", ("state", state))

    def _step(self, icon: str, title: str, page: str, what: object = None) -> StepCard:
        if self._layout.count():
            chevron = QLabel()
            self._chevrons.append(chevron)
            self._layout.addWidget(chevron)
        card = StepCard(self._desk.look, icon, title, lambda: self._desk.go(page, what))
        self._layout.addWidget(card, 1)
        return card

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        for chevron in self._chevrons:
            chevron.setPixmap(self._desk.look.picture("chevron-right", None, _CHEVRON, ratio))
