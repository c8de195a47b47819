"""Differences of earlier periods, and what the accounts of somebody hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kpidesk.core import exact
from kpidesk.core.accounts import Account, Side, period_words
from kpidesk.core.exact import ZERO, round_half_up
from kpidesk.core.payroll.make_up import MakeUp, balances, signed
from kpidesk.core.results import Result
from kpidesk.ui.pages.pay.balance_chart import BalanceChart
from kpidesk.ui.pages.pay.holding_words import holding_text
from kpidesk.ui.pages.pay.lines import TABLE_AND_WHY
from kpidesk.ui.pages.why import WhyPanel
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import column, label, row
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpidesk.core.accounts import Entry
    from kpidesk.core.exact import Number
    from kpidesk.core.explain import Line
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.why import Lead
    from kpidesk.usecases.pay import PayView, PersonPay

_MOST = 5
"""How many periods the chart shows; the table has them all."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One posting, with the balance after it; differences to come have no period yet."""

    place: int
    account: str
    period: str
    said: str
    signed: Number
    balance: Number | None
    entry: Entry


def account_rows(view: PayView, pay: PersonPay) -> Iterator[AccountRow]:
    """Differences that are to come, those paid in this period, then each account."""
    subject = pay.member.subject
    place = 0
    for entry in pay.pending:
        yield _row(place, "待更正", "下一期结算时", entry, None)
        place += 1
    for entry in view.corrections_of(subject):
        yield _row(place, "更正", plain_periods(period_words(entry.period)), entry, None)
        place += 1
    entries = view.entries_of(subject)
    for account in dict.fromkeys(one.account for one in entries):
        balance: Number = ZERO
        for entry in entries:
            if entry.account is account:
                balance = exact.add(balance, signed(entry))
                period = plain_periods(period_words(entry.period))
                yield _row(place, str(account), period, entry, balance)
                place += 1


def _row(place: int, account: str, period: str, entry: Entry, balance: Number | None) -> AccountRow:
    item = plain_periods(entry.item)
    said = plain_periods(entry.reason)
    if entry.account is not Account.CORRECTION and item and item not in said:
        said = f"{said}（{item}）"
    return AccountRow(place, account, period, said, signed(entry), balance, entry)


class AccountsView(QWidget):
    """A table, and the derivation of the chosen posting: both, of a correction."""

    def __init__(self, desk: Desk, lead: Callable[[Line], Lead | None]) -> None:
        """Empty until `show_pay`; `lead` gives the way to where a figure was entered."""
        super().__init__()
        self._scheme: Scheme | None = None
        self.model: RowsModel[AccountRow] = RowsModel(_columns(), key=lambda one: one.place)
        self.table: TableView[AccountRow] = TableView(desk, self.model, "pay-accounts")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.table.set_empty(
            "没有差额，也没有台账",
            "已结算的数据更正以后，差额列在这里；有补基数、超额结转的方案，台账也列在这里。",
        )
        self.table.chosen.connect(self._explain)
        self.why = WhyPanel(desk, closable=False, lead=lead)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(self.table)
        halves.addWidget(self.why)
        halves.setSizes(TABLE_AND_WHY)
        self.chart = BalanceChart(desk.look)
        self.holdings = label("", wrap=True)
        self.holdings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._legend = label("各期末余额（元）：橙色未补足，绿色超额", "muted", wrap=True)
        words = column(self._legend, self.holdings, None, spacing=4)
        top = row(self.chart, spacing=14)
        top.addLayout(words, 1)
        self._top = QWidget()
        self._top.setLayout(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._top)
        layout.addWidget(halves, 1)

    def show_pay(self, view: PayView, pay: PersonPay | None) -> None:
        """Show somebody's differences and accounts."""
        self._scheme = view.group.scheme
        rows = tuple(account_rows(view, pay)) if pay else ()
        self.model.show(rows)
        self._show_timeline(view, pay)
        self.why.setVisible(bool(rows))
        if rows and not self.table.selected_rows():
            self.table.select([0])
        self._explain()

    def _show_timeline(self, view: PayView, pay: PersonPay | None) -> None:
        """The balances at the end of each period, and what would release what is held."""
        entries = view.entries_of(pay.member.subject) if pay else ()
        self._top.setVisible(bool(entries))
        if pay is None or not entries:
            return
        keys = [one.key for one in view.group.periods(view.books.closed)]
        keys = keys[: keys.index(view.period.key) + 1]
        first = min(keys.index(one.period) for one in entries)
        shown = keys[first:][-_MOST:]
        held = {
            account: dict(zip(keys, balances(entries, keys, account), strict=True))
            for account in (Account.SHORTFALL, Account.EXCESS)
        }
        self.chart.show_balances(
            [
                (
                    plain_periods(key).replace("年第", "年").replace("季度", "季"),
                    round_half_up(held[Account.SHORTFALL][key], 2),
                    round_half_up(held[Account.EXCESS][key], 2),
                )
                for key in shown
            ]
        )
        make_up = MakeUp(view.group, view.asked.context, view.recomputed)
        holdings = make_up.holdings(pay.member.subject, entries, view.period)
        said = [holding_text(one) for one in holdings]
        self.holdings.setText("\n".join(said) or "没有未补足的差额，也没有结转的超额。")

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        if not rows or self._scheme is None:
            self.why.clear()
            return
        entry = rows[0].entry
        result = Result(entry.subject, entry.item, entry.period, entry.amount.rounded(2))
        self.why.show_result(result, self._scheme, f"{rows[0].said}，{_direction(entry)}")


def _direction(entry: Entry) -> str:
    """What the amount does, which itself is never negative."""
    adds = entry.side is Side.ADD
    if entry.account is Account.CORRECTION:
        return "补发" if adds else "扣回"
    return "增加" if adds else "减少"


def _money(value: Number | None) -> str:
    return "" if value is None else f"{exact.round_half_up(value, 2):,.2f}"


def _columns() -> tuple[Column[AccountRow], ...]:
    return (
        Column("account", "台账", lambda one: one.account, width=84),
        Column("period", "记入期间", lambda one: one.period, width=120),
        Column("said", "事由", lambda one: one.said, tip=lambda one: one.said, stretch=True),
        Column("clause", "条款", lambda one: one.entry.clause, width=56),
        Column("amount", "金额（元）", lambda one: _money(one.signed), right=True, width=110),
        Column("balance", "余额（元）", lambda one: _money(one.balance), right=True, width=110),
    )
