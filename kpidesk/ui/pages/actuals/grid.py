"""A grid to type in as in a spreadsheet: Enter goes down, Tab right, Delete empties, Ctrl+V pastes.

Its rows are people or items, its columns periods; which cells there are is said by `GridRow`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.words import period_title, standing_text, value_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.table.stepping import next_editable

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QMenu

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Actual, Item

_LETTER, _PADDING, _NARROWEST, _WIDEST = 8, 26, 66, 190
_ADDING = frozenset({"元", "万元", "户", "次", "天", "件", "条", "个"})
"""Units of which the figures of several periods can be added up."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what stands in its heading, and its figures under each column (None: no such)."""

    key: Hashable
    title: str
    about: str
    names: tuple[str, ...]
    item: Item
    cells: tuple[Actual | None, ...]

    @property
    def total(self) -> Decimal | None:
        """What its figures add up to; None where they do not, or none is there."""
        if self.item.known.unit not in _ADDING:
            return None
        shown = [one.shown for one in self.cells if one is not None]
        found = [one for one in shown if isinstance(one, Decimal)]
        return sum(found, Decimal(0)) if found else None


@dataclass(frozen=True, slots=True)
class GridOf:
    """What a grid shows: heading of the first column, the periods, the rows."""

    heading: str
    periods: tuple[Period, ...]
    year: int
    rows: tuple[GridRow, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings of the periods."""
        return tuple(period_title(one, self.year) for one in self.periods)

    @property
    def shape(self) -> Hashable:
        """What the columns depend on."""
        return self.heading, self.periods


def columns_of(
    grid: GridOf, edit: Callable[[GridRow, Actual, str], object], today: Callable[[], date]
) -> tuple[Column[GridRow], ...]:
    """The name, each period, and the sum."""
    return (
        Column(
            "name",
            grid.heading,
            lambda one: one.title,
            tip=lambda one: one.about,
            width=_width([grid.heading, *(one.title for one in grid.rows)]),
        ),
        *(
            _cell_column(number, title, edit, today, _texts(grid, number))
            for number, title in enumerate(grid.titles)
        ),
        Column(
            "sum",
            "合计",
            lambda one: value_text(one.total),
            right=True,
            bold=lambda _: True,
            width=_width(["合计", *(value_text(one.total) for one in grid.rows)]),
        ),
    )


def _cell_column(
    number: int,
    title: str,
    edit: Callable[[GridRow, Actual, str], object],
    today: Callable[[], date],
    texts: Sequence[str],
) -> Column[GridRow]:
    def change(row: GridRow, typed: str) -> None:
        actual = row.cells[number]
        if actual is not None:
            edit(row, actual, typed)

    def text(row: GridRow) -> str:
        actual = row.cells[number]
        return "" if actual is None else value_text(actual.shown)

    def takes(row: GridRow) -> bool:
        actual = row.cells[number]
        return actual is not None and actual.takes_edit

    def tip(row: GridRow) -> str:
        actual = row.cells[number]
        return "" if actual is None else standing_text(actual, today())

    def shade(row: GridRow) -> Tone | None:
        actual = row.cells[number]
        if actual is None or not actual.takes_edit or not actual.is_open:
            return Tone.NEUTRAL
        if actual.differs:
            return Tone.BAD
        return Tone.WARN if actual.is_missing(today()) else None

    return Column(
        f"p{number}",
        title,
        text,
        right=True,
        edit=change,
        editable=takes,
        tip=tip,
        shade=shade,
        width=_width([title, *texts]),
    )


def _texts(grid: GridOf, number: int) -> list[str]:
    found = (row.cells[number] for row in grid.rows)
    shown = [one.shown for one in found if one is not None]
    return [value_text(one) for one in shown if not isinstance(one, tuple)]


def _width(texts: Sequence[str]) -> int:
    """As wide as its longest text, within reason."""
    letters = max(sum(1 if one.isascii() else 2 for one in text) for text in texts)
    return min(max(letters * _LETTER + _PADDING, _NARROWEST), _WIDEST)


class Grid(TableView[GridRow]):
    """`cleared` and `filled` carry the figures to take back, or (figure, figure to copy) pairs."""

    cleared = Signal(object)
    filled = Signal(object)
    pasted = Signal(str, int, int)
    """The text of the clipboard, and the row and period at which it is put down."""
    asked = Signal()
    """The officer wants to know where a figure comes from."""
    moved = Signal()
    """Other cells are chosen."""

    def __init__(
        self,
        desk: Desk,
        grid: GridOf,
        name: str,
        edit: Callable[[GridRow, Actual, str], object],
    ) -> None:
        """Show a grid; `edit` asks for a change of a figure."""
        self.periods = grid.periods
        model: RowsModel[GridRow] = RowsModel(
            columns_of(grid, edit, lambda: desk.today), key=lambda one: one.key
        )
        super().__init__(desk, model, name, cells=True)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsMovable(False)
        self.setAccessibleName("实绩")
        self.set_menu(self._offer)
        self.selectionModel().selectionChanged.connect(self.moved)
        self.selectionModel().currentChanged.connect(self.moved)
        model.show(grid.rows)

    # --- what is chosen

    def actual_at(self, index: QModelIndex) -> Actual | None:
        """The figure of a cell."""
        number = index.column() - 1
        if not index.isValid() or not 0 <= number < len(self.periods):
            return None
        return self.rows.row(index.row()).cells[number]

    def current(self) -> tuple[GridRow, Actual] | None:
        """The figure under the cursor, with its row."""
        index = self.currentIndex()
        actual = self.actual_at(index)
        return None if actual is None else (self.rows.row(index.row()), actual)

    def chosen_figures(self) -> list[Actual]:
        """The chosen figures, row by row."""
        indexes = sorted(
            self.selectionModel().selectedIndexes(), key=lambda one: (one.row(), one.column())
        )
        return [one for index in indexes if (one := self.actual_at(index)) is not None]

    def go_to(self, row: Hashable, days: Period | None) -> bool:
        """Put the cursor on a cell; False when it is not there."""
        number = self.rows.find(row)
        if number < 0:
            return False
        place = self.periods.index(days) if days in self.periods else 0
        index = self.rows.index(number, place + 1)
        self.setFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As a spreadsheet does."""
        key = event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(1, 0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_chosen()
        elif control and key == Qt.Key.Key_D:
            self.fill_down()
        elif key == Qt.Key.Key_F4:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    @Slot(int, int)
    def _step(self, down: int, right: int) -> None:
        """On to the next cell that can be typed into, without opening it."""
        here = self.currentIndex()
        there = next_editable(self, here, down, right)
        if there is not None:
            self.setCurrentIndex(there)
            self.scrollTo(there)

    def paste(self) -> None:
        """Put the block of the clipboard down at the cursor."""
        text = QGuiApplication.clipboard().text()
        index = self.currentIndex()
        if text.strip():
            row, column = (index.row(), index.column() - 1) if index.isValid() else (0, 0)
            self.pasted.emit(text, row, max(column, 0))

    def clear_chosen(self) -> None:
        """Take the chosen figures back."""
        found = [one for one in self.chosen_figures() if one.value is not None]
        if found:
            self.cleared.emit(found)

    def fill_down(self) -> None:
        """Copy the uppermost chosen cell of each column into those below it."""
        pairs: list[tuple[Actual, Actual]] = []
        tops: dict[int, Actual | None] = {}
        indexes = self.selectionModel().selectedIndexes()
        for index in sorted(indexes, key=lambda one: (one.row(), one.column())):
            if index.column() not in tops:
                tops[index.column()] = self.actual_at(index)
                continue
            top, actual = tops[index.column()], self.actual_at(index)
            if top is not None and actual is not None and top.shown is not None:
                pairs.append((actual, top))
        if pairs:
            self.filled.emit(pairs)

    def _offer(self, menu: QMenu, _: Sequence[GridRow]) -> None:
        """The same by the mouse."""
        for text, do in (
            ("粘贴	Ctrl+V", self.paste),
            ("清空	Delete", self.clear_chosen),
            ("向下填充	Ctrl+D", self.fill_down),
            ("来历	F4", self.asked.emit),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
