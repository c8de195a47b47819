"""测算: move levers, see what everybody would be paid, and what it would cost at worst and best."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from kpidesk.core.accounts import Account
from kpidesk.core.exact import round_half_up, sum_of
from kpidesk.core.payroll.what_if import Scope
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.pay.boxes import choice_box, offer_choices
from kpidesk.ui.pages.pay.holding_words import holding_text, year_text, yuan
from kpidesk.ui.pages.pay.levers import LeversPanel, PercentLever
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, Card, EmptyState, column, label, push_button, row, scrolled
from kpidesk.ui.words import count_text, cycle_text
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.exact import Number
    from kpidesk.core.facts import Subject
    from kpidesk.core.payroll.what_if import Outlook
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.pay import Situation, Trial, TrialGroup

_WIDTH, _HEIGHT = 1160, 660
_LEVERS, _RIGHT = 330, 790
_PAUSE_MS = 60
_HELD_HEIGHT = 84
_CASES = (("最差", Decimal(80)), ("预期", Decimal(100)), ("最好", Decimal(120)))
_SCOPES = (
    (Scope.MISSING, "只假设还没有录入的（已录入的照实计算）"),
    (Scope.OPEN, "假设所有没有结算的期间"),
    (Scope.ALL, "假设整个周期"),
)
_TOLD = 3
_ALL = "合计"


@dataclass(frozen=True, slots=True)
class Line:
    """A person's row, or the sum of all."""

    subject: Subject
    name: str
    post: str
    coming: Number | None
    whole: Number
    cases: tuple[Number, ...]


class WhatIfDialog(Dialog):
    """Everything is computed on the worker; of several requests only the newest is answered."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Loads the groups that can be tried."""
        super().__init__(parent, "测算", width=_WIDTH)
        self._desk = desk
        self._groups: Sequence[TrialGroup] = ()
        self.situation: Situation | None = None
        self._busy = self._again = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._compute)
        self.groups, self.scopes = choice_box("测算哪一组"), choice_box("假设哪些数据")
        offer_choices(self.scopes, [text for _, text in _SCOPES], 0)
        self.groups.currentIndexChanged.connect(self._choose)
        self.scopes.currentIndexChanged.connect(self._move)
        self.levers: LeversPanel | None = None
        self._holder = QWidget()
        self._levers = column(spacing=0)
        self._holder.setLayout(self._levers)
        self.cases = [PercentLever(f"{name}：完成率", value) for name, value in _CASES]
        for case in self.cases:
            case.moved.connect(self._move)
        self.model: RowsModel[Line] = RowsModel(_columns(), key=lambda one: one.subject)
        self.table: TableView[Line] = TableView(desk, self.model, "pay-what-if")
        self.table.setAccessibleName("测算结果")
        self.table.setSortingEnabled(False)  # the sum stays the last row
        self.table.set_empty("正在计算…", "")
        self.totals, self.held = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self.banner = Banner(desk.look)
        self._lay_out()
        self.add_buttons("关闭", reject="")
        self.accept_button.setAutoDefault(False)  # Enter confirms a number, it closes nothing
        self.accept_button.setDefault(False)
        self.resize(_WIDTH, _HEIGHT)
        desk.ask(pay.trial_groups, self._show_groups, owner=self)

    def _lay_out(self) -> None:
        look = self._desk.look
        export = push_button(look, "导出 Excel…", self.table.export, icon="export")
        note = label("只是试算：不改动任何数据，也不保存。", "muted")
        self._top = QWidget()
        self._top.setLayout(
            row(label("测算"), self.groups, label("假设"), self.scopes, None, export, spacing=8)
        )
        self.groups.setMinimumWidth(320)
        self.scopes.setMinimumWidth(300)
        self._cases = Card("最差、预期、最好", *self.cases)
        self._levers.addWidget(self._cases)
        right = QWidget()
        held = scrolled(self.held)
        held.setFixedHeight(_HELD_HEIGHT)
        lines = column(self.totals, self.banner, self.table, held, note, spacing=8)
        lines.setStretch(2, 1)
        right.setLayout(lines)
        self._halves = QSplitter()
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(16)
        self._halves.addWidget(scrolled(self._holder))
        self._halves.addWidget(right)
        self._halves.setSizes([_LEVERS, _RIGHT])
        self._halves.setStretchFactor(1, 1)
        self._empty = EmptyState(look, icon="pay")
        self._empty.say(
            "还没有可以测算的责任书", "拟定或签署了带薪酬条款的责任书以后，可以在这里测算。"
        )
        self._empty.hide()
        self.body.addWidget(self._top)
        self.body.addWidget(self._halves, 1)
        self.body.addWidget(self._empty, 1)

    # --- choosing

    def _show_groups(self, groups: Sequence[TrialGroup]) -> None:
        self._groups = groups
        for part in (self._top, self._halves):
            part.setVisible(bool(groups))
        self._empty.setVisible(not groups)
        texts = [
            f"{'【草稿】' if one.is_draft else ''}{one.title}　{cycle_text(one.ref.cycle)}　"
            f"{one.people} 人"
            for one in groups
        ]
        offer_choices(self.groups, texts, 0)
        if groups:
            self._choose(0)

    def _choose(self, place: int) -> None:
        if not 0 <= place < len(self._groups):
            return
        chosen = self._groups[place]

        def loaded(situation: Situation) -> None:
            if self.groups.currentIndex() == place:
                self._show_situation(situation)

        self._desk.ask(lambda company: pay.load_situation(company, chosen), loaded, owner=self)

    def _show_situation(self, situation: Situation) -> None:
        before, self.situation = self.levers, situation
        self.levers = LeversPanel(situation.levers, self._cases)
        self.levers.moved.connect(self._move)
        self._levers.addWidget(self.levers)
        if before is not None:
            before.hide()
            before.deleteLater()
        short = [x for x in situation.holdings if x[1].account is Account.SHORTFALL]
        said = [f"{who}　{holding_text(one)}" for who, one in short]
        said += [f"{who}　{year_text(goal)}" for who, goal in situation.years if goal.withheld]
        self.held.setText("距补足：" + ("\n".join(said) or "没有未补足的差额"))
        self._compute()

    # --- computing

    def _move(self) -> None:
        self._pause.start()

    def _compute(self) -> None:
        """Ask for the newest assumptions; while the worker computes, only remember to ask again."""
        situation, panel = self.situation, self.levers
        if situation is None or panel is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        values, scope = panel.chosen(), _SCOPES[self.scopes.currentIndex()][0]
        cases = tuple(one.value() for one in self.cases)

        def done(trial: Trial) -> None:
            self._busy = False
            if self._again or situation is not self.situation:
                self._compute()
            else:
                self._show(situation, trial)

        def failed(problem: Exception) -> None:
            self._busy = False
            self._desk.tasks.unhandled.emit(problem)

        self._desk.ask(
            lambda _: pay.try_out(situation, values, scope, cases), done, failed, owner=self
        )

    def _show(self, situation: Situation, trial: Trial) -> None:
        now, cases = trial.outlook, trial.cases
        lines = [_line(situation, one.subject, now, cases) for one in situation.group.members]
        coming = sum_of(one.coming for one in lines if one.coming is not None)
        people = count_text(len(lines), "人")
        lines.append(
            Line(_ALL, _ALL, people, coming if situation.coming else None, now.total,
                 tuple(one.total for one in cases))
        )  # fmt: skip
        self.model.show(lines)
        next_ = ""
        if situation.coming is not None:
            name = pay.period_text(situation.group, situation.coming.key)
            next_ = f"{name}应发 {yuan(coming)} 元，"
        self.totals.setText(f"{next_}整个周期 {yuan(now.total)} 元")
        said = list(dict.fromkeys(pay.with_name(one) for one in now.findings))
        more = f"\n……共 {len(said)} 处" if len(said) > _TOLD else ""
        self.banner.say("\n".join(said[:_TOLD]) + more, Tone.WARN)
        if not said and not now.assumed:
            hint = "这一组的数据都已录入，移动完成率不起作用；可以改选“假设所有没有结算的期间”。"
            self.banner.say(hint, Tone.NEUTRAL)


def _line(situation: Situation, who: Subject, now: Outlook, cases: Sequence[Outlook]) -> Line:
    member = situation.group.member(who)
    party = member.contract.party_b if member else None
    return Line(
        who,
        who,
        party.post if party else "",
        now.coming.get(who),
        now.whole[who],
        tuple(one.whole[who] for one in cases),
    )


def _money(value: Number | None) -> str:
    return "" if value is None else yuan(value)


def _columns() -> tuple[Column[Line], ...]:
    def case(place: int, name: str) -> Column[Line]:
        return Column(
            f"case-{place}",
            f"{name}（元）",
            lambda one: _money(one.cases[place]),
            right=True,
            sort=lambda one: round_half_up(one.cases[place], 2),
            bold=_is_sum,
            width=116,
        )

    return (
        Column("name", "姓名", lambda one: one.name, bold=_is_sum, width=90, stretch=True),
        Column("post", "岗位", lambda one: one.post, width=110),
        Column(
            "coming",
            "下一期（元）",
            lambda one: _money(one.coming),
            right=True,
            sort=lambda one: one.coming,
            bold=_is_sum,
            width=116,
        ),
        Column(
            "whole",
            "整个周期（元）",
            lambda one: _money(one.whole),
            right=True,
            sort=lambda one: one.whole,
            bold=_is_sum,
            width=126,
        ),
        *(case(place, name) for place, (name, _) in enumerate(_CASES)),
    )


def _is_sum(one: Line) -> bool:
    return one.subject == _ALL
