"""The steps of the year in two rows: up to the filed contract, and from the figures to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.ui.gate import keep_hidden
from kpidesk.ui.pages.home.step_card import StepCard
from kpidesk.ui.pages.registry import page_named
from kpidesk.ui.widgets import column
from kpidesk.usecases.whereabouts import Where

if TYPE_CHECKING:
    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Lacking
    from kpidesk.usecases.home import Overview, Todo

_CHEVRON = 12


class Pipeline(QWidget):
    """人员 → 目标 → 责任书草稿 → 待签 → 已签署 → 已归档, 实绩 → 评分 → 已定分 → … → 薪酬."""

    def __init__(self, desk: Desk) -> None:
        """Without figures until `show_overview`."""
        super().__init__()
        self._desk = desk
        self._open: tuple[AppraisalId, ...] = ()
        self._settled = 0
        self._chevrons: list[QLabel] = []
        self._rows = (self._row(), self._row())
        self.setLayout(column(*self._rows, spacing=10))
        paper, year = self._rows
        self.people = self._step(paper, "people", "在职人员", "people")
        self.targets = self._step(paper, "target", "目标", "targets")
        self.drafts = self._contracts("edit", "责任书草稿", ContractState.DRAFT)
        self.printed = self._contracts("print", "已打印待签", ContractState.PRINTED)
        self.signed = self._contracts("sign", "已签署", ContractState.SIGNED)
        self.filed = self._step(paper, "filing", "已归档", "contracts", "filed")
        self.actuals = self._step(year, "actuals", "实绩", "actuals")
        self.scoring = StepCard(desk.look, "scoring", "评分", self._score)
        self._add(year, self.scoring, "scoring")
        self.scored = self._results("results", "已定分", Where.SCORED)
        self.interviewed = self._results("interview", "已面谈", Where.HEARD)
        self.approved = self._results("check", "已批准", Where.FINAL)
        self.confirmed = self._results("success", "已确认", Where.CONFIRMED)
        self.paid = self._step(year, "pay", "薪酬", "pay")
        desk.look.changed.connect(self._dress)
        self._dress()

    def show_overview(self, now: Overview) -> None:
        """The figures of a moment."""
        self._open = now.open_ids
        without = f"{now.without_contract} 人待拟定" if now.without_contract else "都有责任书"
        self.people.say(now.people, without)
        published, drafts = now.plans
        self.targets.say(published, f"{drafts} 项在编制" if drafts else "项目标已发布")
        self.drafts.say(now.drafts, "待填写、打印")
        self.printed.say(now.printed, "等双方签字")
        ahead = f"{now.sheets_ahead} 张表未到期" if now.sheets_ahead else "份责任书生效"
        self.signed.say(now.signed, ahead)
        left = now.signed - now.filed
        self.filed.say(now.filed, f"还差 {left} 份" if left > 0 else "份已扫描或交存")
        at = now.at
        self.scoring.say(len(now.open_ids), f"{at[Where.READY]} 张可定分")
        self.scored.say(at[Where.SCORED], "张评分表")
        self.interviewed.say(at[Where.HEARD], _left(at[Where.UNHEARD], "还差", "人次"))
        self.approved.say(at[Where.FINAL], _left(at[Where.WAITING], "待审批", "份结果"))
        self.confirmed.say(at[Where.CONFIRMED], _left(at[Where.UNCONFIRMED], "待确认", "份结果"))
        self._settled = now.settled
        self.paid.say(now.settled, "期已结算")

    def show_later(self, lacking: Lacking | None, pay: Todo) -> None:
        """How many figures are not entered yet, and periods not settled: counted last."""
        count = lacking.count + lacking.earlier if lacking else 0
        self.actuals.say(count, "项待录入" if count else "都已录齐")
        self.paid.say(self._settled, _left(pay.count, "待结算", "期已结算"))

    def _score(self) -> None:
        self._desk.go("scoring", ("these", self._open))

    def _results(self, icon: str, title: str, where: Where) -> StepCard:
        return self._step(self._rows[1], icon, title, "results", ("where", where))

    def _contracts(self, icon: str, title: str, state: ContractState) -> StepCard:
        return self._step(self._rows[0], icon, title, "contracts", ("state", state))

    def _step(
        self, line: QHBoxLayout, icon: str, title: str, page: str, what: object = None
    ) -> StepCard:
        card = StepCard(self._desk.look, icon, title, lambda: self._desk.go(page, what))
        self._add(line, card, page)
        return card

    def _row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3)
        return line

    def _add(self, line: QHBoxLayout, card: StepCard, page: str) -> None:
        if not self._desk.may(page_named(page).needs):
            keep_hidden(card)
            card.setParent(self)
            return
        if line.count():
            chevron = QLabel()
            self._chevrons.append(chevron)
            line.addWidget(chevron)
        line.addWidget(card, 1)

    def _dress(self) -> None:
        ratio = self.devicePixelRatioF()
        for chevron in self._chevrons:
            chevron.setPixmap(self._desk.look.picture("chevron-right", None, _CHEVRON, ratio))


def _left(count: int, word: str, done: str) -> str:
    return f"{word} {count}" if count else done
