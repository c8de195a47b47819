"""Dated lines of one person (or of the team) in the period: money received, line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.text import menu_text
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.ui.words import day_text, number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.event_kinds import EventField, EventKind
    from kpidesk.core.facts import EventValue
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.pay import PayLine

_YUAN = "元"
_HINT = "填合计数或逐笔登记，同一期间只取一种"


class LedgerTable(QWidget):
    """Asks for lines to be added (`wanted`), put right (`mended`), struck out (`struck`)."""

    wanted = Signal(object)
    mended = Signal(object)
    struck = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_lines`."""
        super().__init__()
        self._scheme: Scheme | None = None
        self._menu = QMenu(self)
        self.add_button = push_button(desk.look, "添一笔", lambda: None, icon="add", kind="menu")
        self.add_button.setMenu(self._menu)
        self._edit = push_button(desk.look, "修改…", self._mend, icon="edit")
        self._strike = push_button(desk.look, "删去", self._ask_strike, icon="remove")
        desk.only_if("pay.entering.enter_line", self.add_button, self._edit, self._strike)
        self.model: RowsModel[PayLine] = RowsModel(self._columns(), key=lambda one: one.id)
        self.table: TableView[PayLine] = TableView(desk, self.model, "pay-ledger")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.opened.connect(lambda _: self._edit.click())
        self.table.chosen.connect(self._look_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(
            row(
                label("逐笔事项"),
                label(_HINT, "muted"),
                None,
                self.add_button,
                self._edit,
                self._strike,
                spacing=6,
            )
        )
        layout.addWidget(self.table, 1)

    def show_lines(self, lines: Sequence[PayLine], scheme: Scheme) -> None:
        """Show these lines; the kinds of the scheme can be added."""
        if scheme is not self._scheme:
            self._scheme = scheme
            self._menu.clear()
            for kind in scheme.events:
                self._menu.addAction(menu_text(f"{kind.label}…")).triggered.connect(
                    lambda _=False, one=kind: self.wanted.emit(one)
                )
        self.model.show(lines)
        self.table.setVisible(bool(lines))
        self._look_again()

    def _look_again(self) -> None:
        chosen = bool(self.table.selected_rows())
        self._edit.setEnabled(chosen)
        self._strike.setEnabled(chosen)

    def _mend(self) -> None:
        if rows := self.table.selected_rows():
            self.mended.emit(rows[0])

    def _ask_strike(self) -> None:
        if rows := self.table.selected_rows():
            self.struck.emit(rows[0])

    def _columns(self) -> tuple[Column[PayLine], ...]:
        return (
            Column(
                "on", "日期", lambda one: day_text(one.body.on if one.body else None), width=100
            ),
            Column("kind", "事项", self._kind, width=110),
            Column(
                "amount",
                "金额（元）",
                self._amount,
                right=True,
                sort=self._amount_of,
                tip=self._amount_name,
                width=120,
            ),
            Column("about", "内容", self._about, tip=self._about, stretch=True),
            Column(
                "source",
                "由来",
                lambda one: "，".join(part for part in (one.stated.by, one.stated.source) if part),
                width=130,
            ),
        )

    def _kind(self, line: PayLine) -> str:
        kind = self._kind_of(line)
        return kind.label if kind else ""

    def _kind_of(self, line: PayLine) -> EventKind | None:
        if line.body is None or self._scheme is None:
            return None
        return self._scheme.event(line.body.kind)

    def _about(self, line: PayLine) -> str:
        kind = self._kind_of(line)
        return "" if kind is None else line_text(line, kind, but=money_field(line, kind))

    def _amount_of(self, line: PayLine) -> Decimal | None:
        kind = self._kind_of(line)
        return money_of(line, kind) if kind else None

    def _amount(self, line: PayLine) -> str:
        amount = self._amount_of(line)
        return "" if amount is None else number_text(amount, 2)

    def _amount_name(self, line: PayLine) -> str:
        kind = self._kind_of(line)
        field = money_field(line, kind) if kind else None
        return field.label if field else ""


def money_field(line: PayLine, kind: EventKind) -> EventField | None:
    """The field that says how much money a line is: what is added up, else the first in yuan."""
    given = {one.name for one in line.body.cells} if line.body else set()
    fields = [one for one in kind.fields if one.unit == _YUAN and one.name in given]
    return next((one for one in fields if one.name == kind.amount), fields[0] if fields else None)


def money_of(line: PayLine, kind: EventKind) -> Decimal | None:
    """How much money a line is; None where it says none."""
    field = money_field(line, kind)
    cells = line.body.cells if line.body and field else ()
    values = (one.value for one in cells if field and one.name == field.name)
    return next((one for one in values if isinstance(one, Decimal)), None)


def line_text(line: PayLine, kind: EventKind, *, but: EventField | None = None) -> str:
    """What stands in the fields of a line: 金额 5,000.00 元，客户 华远; without one of them."""
    labels = {one.name: (one.label, one.unit) for one in kind.fields}
    parts = []
    for cell in line.body.cells if line.body else ():
        if but is not None and cell.name == but.name:
            continue
        name, unit = labels.get(cell.name, (cell.name, ""))
        parts.append(f"{name} {_said(cell.value, unit)}")
    return "，".join(parts)


def _said(value: EventValue, unit: str) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            figure = number_text(value, 2 if unit == _YUAN else None)
            return f"{figure} {unit}".rstrip()
        case date():
            return day_text(value)
        case _:
            return value
