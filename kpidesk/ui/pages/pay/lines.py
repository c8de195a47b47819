"""The lines of somebody's pay, and below them why the chosen one is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from kpidesk.core.explain import explain
from kpidesk.core.findings import Effect
from kpidesk.core.payroll.lawful import worst
from kpidesk.core.results import Result
from kpidesk.ui.pages.lights import LIGHT_TONES
from kpidesk.ui.pages.pay.people import yuan
from kpidesk.ui.pages.why import WhyPanel, origin_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpidesk.core.explain import Line
    from kpidesk.core.payroll.lawful import LegalNote
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.why import Lead
    from kpidesk.usecases.pay import PersonPay

TABLE_AND_WHY = (264, 266)
"""How high the table and the reasons below it begin."""


@dataclass(frozen=True, slots=True)
class PayRow:
    """A line of the table."""

    key: str
    title: str
    about: str
    result: Result
    notes: tuple[LegalNote, ...] = ()
    is_sum: bool = False


def pay_rows(pay: PersonPay) -> Iterator[PayRow]:
    """The sum first, then the lines as they are paid."""
    if pay.sum_ is not None:
        result = Result(pay.member.subject, "sum", "cycle", pay.sum_.rounded(2))
        of_sum = tuple(one for one in pay.notes if not one.line)
        about = pay.approval.message if pay.approval else ""
        yield PayRow("sum", "应发合计", about, result, of_sum, is_sum=True)
    for number, one in enumerate(pay.lines):
        result = one.result
        title = result.title.removesuffix(f"（{result.period}）")
        steps = explain(one.figure)
        about = plain_periods(steps[0].formula or origin_text(steps[0].origin)) if steps else ""
        if one.apart:
            about = "另行报销，不计入合计"
        if one.correction:
            about = "见“差额与台账”"
        if result.name in pay.estimated and pay.approval is not None:
            held = pay.approval.effect is not Effect.WARNS
            title += "（暂估）" if held else "（得分未审批）"
        notes = tuple(note for note in pay.notes if note.line == result.name)
        yield PayRow(f"{number}", title, about, result, notes)


class LinesView(QWidget):
    """The amount under the cursor is explained at once."""

    def __init__(self, desk: Desk, lead: Callable[[Line], Lead | None]) -> None:
        """Empty until `show_pay`; `lead` gives the way to where a figure was entered."""
        super().__init__()
        self._scheme: Scheme | None = None
        self.model: RowsModel[PayRow] = RowsModel(_columns(), key=lambda one: one.key)
        self.table: TableView[PayRow] = TableView(desk, self.model, "pay-lines")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.table.set_empty("还没有算出薪酬", "请在“录入”里填齐这一期的数据。")
        self.table.chosen.connect(self._explain)
        self.why = WhyPanel(desk, closable=False, lead=lead)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(12)
        halves.addWidget(self.table)
        halves.addWidget(self.why)
        halves.setSizes(TABLE_AND_WHY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves)

    def show_pay(self, pay: PersonPay | None, scheme: Scheme) -> None:
        """Show somebody's lines; the sum is explained first."""
        self._scheme = scheme
        rows = tuple(pay_rows(pay)) if pay else ()
        self.model.show(rows)
        if rows and not self.table.selected_rows():
            self.table.select([rows[0].key])
        self._explain()

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        if not rows or self._scheme is None:
            self.why.clear()
        else:
            self.why.show_result(rows[0].result, self._scheme, rows[0].title)


def _columns() -> tuple[Column[PayRow], ...]:
    return (
        Column("title", "项目", lambda one: one.title, bold=lambda one: one.is_sum, width=150),
        Column(
            "about",
            "算法",
            lambda one: one.about,
            tip=lambda one: one.about,
            stretch=True,
        ),
        Column(
            "light",
            "合规",
            lambda one: str(worst(one.notes)),
            tone=lambda one: LIGHT_TONES[worst(one.notes)],
            tip=lambda one: "\n".join(note.message for note in one.notes),
            width=84,
        ),
        Column(
            "amount",
            "金额（元）",
            lambda one: yuan(one.result.derivation),
            right=True,
            bold=lambda one: one.is_sum,
            width=120,
        ),
    )
