"""The grid: typed into like a sheet of Excel; asks for what is to be done, never does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from kpidesk.core.target_plan import TOTAL
from kpidesk.ui.pages.targets.columns import FROZEN, place_of
from kpidesk.ui.pages.targets.rows import GridRow
from kpidesk.ui.table.entry_grid import EntryGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table import RowsModel

_SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class TargetGrid(EntryGrid[GridRow]):
    """Cells are chosen, typed, cleared, filled, locked and pasted by the keyboard."""

    cleared = Signal()
    filled = Signal(bool)
    """Fill the chosen block from its first row (True) or its first column."""
    locked = Signal()
    pasted = Signal()

    def __init__(self, desk: Desk, model: RowsModel[GridRow]) -> None:
        """The first columns stay in view."""
        super().__init__(desk, model, f"target-grid-{len(model.columns)}", frozen=FROZEN)
        self.setAccessibleName("目标分解表")

    # --- what is chosen

    def block(self) -> tuple[list[GridRow], list[int]]:
        """The rows and the places of the chosen cells: a block without its holes."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        chosen = [one for one in chosen if one.isValid()]
        rows = sorted({one.row() for one in chosen})
        keys = [self.rows.columns[one].key for one in sorted({one.column() for one in chosen})]
        places = [place for key in keys if (place := place_of(key)) is not None]
        return [self.rows.row(one) for one in rows], places

    def corner(self) -> tuple[int, int]:
        """The upper left of what is chosen; (-1, -1) without a cursor."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        chosen = [one for one in chosen if one.isValid()]
        if not chosen:
            return -1, -1
        return min(one.row() for one in chosen), min(one.column() for one in chosen)

    def begin(self) -> None:
        """Put the cursor on the first figure that can be typed."""
        column = self.rows.column("total")
        for number, row in enumerate(self.rows.shown()):
            if row.may_set(TOTAL):
                self.setCurrentIndex(self.rows.index(number, column))
                break
        self.setFocus()

    # --- keys

    def paste(self) -> None:
        """Ask for the clipboard."""
        self.pasted.emit()

    def clear_chosen(self) -> None:
        """Ask for empty cells."""
        self.cleared.emit()

    def fill_down(self) -> None:
        """Ask for the first chosen row in the others."""
        self.filled.emit(True)

    def key_asks(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Ctrl+R fills to the right, Ctrl+Shift+L locks."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_R:
                return lambda: self.filled.emit(False)
        elif event.modifiers() == _SHIFTED and event.key() == Qt.Key.Key_L:
            return self.locked.emit
        return super().key_asks(event)
