"""完整性: people × months, complete, partly there, missing or not due; a click goes to the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.words import period_title
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.table import Column, RowsModel
from kpidesk.ui.table.entry_grid import WideTable
from kpidesk.ui.widgets import label, row
from kpidesk.usecases.actuals import Fill, months_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Book, Month, Someone

_TONES = {
    Fill.COMPLETE: Tone.GOOD,
    Fill.PARTLY: Tone.WARN,
    Fill.MISSING: Tone.BAD,
    Fill.NOT_DUE: None,
}
_NAME_WIDTH, _CELL_WIDTH = 118, 76


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's months, None where nothing is wanted."""

    who: Someone
    months: tuple[Month | None, ...]

    def text(self, number: int) -> str:
        """齐, 缺 3; empty where nothing is wanted or due."""
        month = self.months[number]
        if month is None:
            return ""
        if month.fill is Fill.NOT_DUE:
            return "未到期"
        return "齐" if month.fill is Fill.COMPLETE else f"缺 {len(month.missing)}"

    def tone(self, number: int) -> Tone | None:
        """Its colour."""
        month = self.months[number]
        return None if month is None else _TONES[month.fill]

    def tip(self, number: int) -> str:
        """How many of how many are there."""
        month = self.months[number]
        if month is None:
            return "这个月没有要填的"
        return f"应填 {month.wanted} 项，缺 {len(month.missing)} 项；点一下去填"


class Matrix(QWidget):
    """`wanted` carries the key of the figure to go to."""

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_book`."""
        super().__init__()
        self._desk = desk
        self._book: Book | None = None
        self._shape: object = None
        self.table: MatrixTable | None = None
        self.months: tuple[Period, ...] = ()
        self._sum = label("", "muted")
        self._holder = Holder(right=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self._sum, None))
        layout.addWidget(self._holder, 1)

    def show_book(self, book: Book) -> None:
        """Show how far a book is: once somebody looks."""
        self._book = book
        if self.isVisible():
            self._fill(book)

    def showEvent(self, event: QShowEvent) -> None:
        """What came while another section was in view."""
        super().showEvent(event)
        if self._book is not None:
            self._fill(self._book)

    def _fill(self, book: Book) -> None:
        self._book = None
        today = self._desk.today
        found = months_of(book.actuals.values(), today)
        self.months = tuple(sorted({month for _, month in found}))
        lines = [
            Line(who, tuple(found.get((who.id, month)) for month in self.months))
            for who in book.people
            if any(person == who.id for person, _ in found)
        ]
        if self.table is None or self._shape != self.months:
            self._shape = self.months
            titles = [period_title(one, book.ref.year) for one in self.months]
            self.table = MatrixTable(self._desk, titles)
            self.table.picked.connect(self.pick)
            self._holder.put(self.table)
        self.table.rows.show(lines)
        late = sum(len(one.missing) for one in found.values() if one.is_due)
        cells = sum(1 for one in found.values() if one.is_due and one.missing)
        self._sum.setText(
            f"到 {today} 为止还缺 {late} 项，在 {cells} 格里；点一格就去填"
            if late
            else f"到 {today} 为止应填的都已填齐"
        )

    @Slot(QModelIndex)
    def pick(self, index: QModelIndex) -> None:
        """Go to the first figure of a cell that is missing, else to its first."""
        number = index.column() - 1
        if self.table is None or not 0 <= number < len(self.months):
            return
        month = self.table.rows.row(index.row()).months[number]
        if month is not None:
            self.wanted.emit(month.missing[0] if month.missing else month.first)


class MatrixTable(WideTable[Line]):
    """Chosen by a click, or by Enter on the cell with the cursor."""

    picked = Signal(QModelIndex)

    def __init__(self, desk: Desk, titles: list[str]) -> None:
        """A column for each month."""
        columns = (_name(), *(_column(number, title) for number, title in enumerate(titles)))
        model: RowsModel[Line] = RowsModel(columns, key=lambda one: one.who.id)
        super().__init__(desk, model, "actuals-matrix", frozen=1)
        self.setAccessibleName("实绩完整性")
        self.set_empty("没有要填的数据", "这个方案的数据由责任书和逐笔事项给出。")
        self.clicked.connect(self.picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell, as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _name() -> Column[Line]:
    return Column(
        "name",
        "姓名",
        lambda one: one.who.name,
        tip=lambda one: f"{one.who.number}　{one.who.department}",
        width=_NAME_WIDTH,
    )


def _column(number: int, title: str) -> Column[Line]:
    return Column(
        f"m{number}",
        title,
        lambda one: one.text(number),
        tone=lambda one: one.tone(number),
        tip=lambda one: one.tip(number),
        width=max(_CELL_WIDTH, 16 * len(title)),
    )
