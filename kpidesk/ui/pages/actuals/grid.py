"""A grid to type in as in a spreadsheet: Enter goes down, Tab right, Delete empties, Ctrl+V pastes.

Its rows are people or items, its columns periods; which cells there are is said by `GridRow`s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from kpidesk.ui.pages.actuals.cells import GridOf, GridRow, columns_of
from kpidesk.ui.table import RowsModel
from kpidesk.ui.table.entry_grid import EntryGrid
from kpidesk.usecases import actuals

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QMenu

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Actual


class Grid(EntryGrid[GridRow]):
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
        self._edit = edit
        model: RowsModel[GridRow] = RowsModel(
            columns_of(grid, edit, lambda: desk.today), key=lambda one: one.key
        )
        model.is_locked = not desk.may("actuals.entering.enter_actuals")
        super().__init__(desk, model, name, frozen=1)
        self.setAccessibleName("实绩")
        self.set_menu(self._offer)
        self.selectionModel().selectionChanged.connect(self.moved)
        self.selectionModel().currentChanged.connect(self.moved)
        model.show(grid.rows)

    def show_again(self, grid: GridOf) -> None:
        """Show other rows under the same columns; these grow where figures have."""
        self.rows.show(grid.rows)
        header, scale = self.horizontalHeader(), self._desk.look.scale
        for number, column in enumerate(columns_of(grid, self._edit, lambda: self._desk.today)):
            wanted = round(column.width * scale)
            if header.sectionSize(number) < wanted:
                header.resizeSection(number, wanted)
        self.moved.emit()

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

    def key_asks(self, event: QKeyEvent) -> Callable[[], object] | None:
        """F4 asks where a figure comes from; a cell that takes no typing says why."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F4:
            return self.asked.emit
        found = super().key_asks(event)
        if found is None and event.text().strip() and not control and self._is_locked():
            return lambda: self._show_refusal(self.currentIndex(), self._why_locked())
        return found

    def _is_locked(self) -> bool:
        """Whether the cell with the cursor takes no typing."""
        index = self.currentIndex()
        return index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable

    def _why_locked(self) -> str:
        if self.rows.is_locked:
            return "您只能查看，不能录入"
        actual = self.actual_at(self.currentIndex())
        return "这一格不用填" if actual is None else actuals.locked(actual)

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
        changing = (
            ("粘贴	Ctrl+V", self.paste),
            ("清空	Delete", self.clear_chosen),
            ("向下填充	Ctrl+D", self.fill_down),
        )
        known = () if self.rows.is_locked else changing
        for text, do in (*known, ("来历	F4", self.asked.emit)):
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
