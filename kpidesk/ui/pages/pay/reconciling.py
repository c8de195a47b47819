"""对账: the sum beside its lines; what was paid beside what the rate gives, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.payroll.reconciling import Kind, Reconciling, Row, net_rows
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.pay.holding_words import yuan
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.pay import PayView, PersonPay


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the table, with its place; a heading has no figure."""

    place: int
    row: Row | None
    heading: str = ""


def reconciliation(view: PayView, pay: PersonPay) -> Iterator[ShownRow]:
    """The period's lines and their sum, then everything up to the period beside the rate."""
    subject, place = pay.member.subject, 0
    net = net_rows(view.group, view.evaluation, view.period, subject)
    books = Reconciling(
        view.group, view.recomputed, view.books.settled, view.books.closed, view.asked.context
    )
    parts = (("本期", net if pay.lines else []), ("累计到本期", books.rows(subject, view.period)))
    for heading, rows in parts:
        if rows:
            yield ShownRow(place, None, heading)
            place += 1
        for one in rows:
            yield ShownRow(place, one)
            place += 1


class ReconcileView(QWidget):
    """A table of steps; checks say in words whether they hold."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_pay`."""
        super().__init__()
        self.model: RowsModel[ShownRow] = RowsModel(_columns(), key=lambda one: one.place)
        self.table: TableView[ShownRow] = TableView(desk, self.model, "pay-reconcile")
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName("对账")
        self.table.set_empty("还没有可以对账的金额", "请在“录入”里填齐这一期的数据。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def show_pay(self, view: PayView, pay: PersonPay | None) -> None:
        """Show somebody's reconciliation."""
        self.model.show(tuple(reconciliation(view, pay)) if pay else ())


def _label(one: ShownRow) -> str:
    return one.heading if one.row is None else plain_periods(one.row.label)


def _amount(one: ShownRow) -> str:
    return "" if one.row is None else yuan(one.row.amount)


def _check(one: ShownRow) -> str:
    if one.row is None or one.row.kind is not Kind.CHECK:
        return ""
    return "一致" if one.row.agrees else "有差额"


def _tone(one: ShownRow) -> Tone | None:
    if one.row is None or one.row.kind is not Kind.CHECK:
        return None
    return Tone.GOOD if one.row.agrees else Tone.WARN


def _note(one: ShownRow) -> str:
    return "" if one.row is None else plain_periods(one.row.note)


def _is_strong(one: ShownRow) -> bool:
    return one.row is None or one.row.kind is Kind.SUM


def _columns() -> tuple[Column[ShownRow], ...]:
    return (
        Column("label", "项目", _label, bold=_is_strong, tip=_label, width=230),
        Column("amount", "金额（元）", _amount, right=True, bold=_is_strong, width=120),
        Column("check", "核对", _check, tone=_tone, width=72),
        Column("note", "说明", _note, tip=_note, stretch=True),
    )
