"""The grid: typed into like a sheet of Excel; asks for what is to be done, never does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from kpidesk.core.target_plan import TOTAL
from kpidesk.ui.pages.targets.columns import FROZEN, place_of
from kpidesk.ui.pages.targets.rows import GridRow
from kpidesk.ui.table import TableView
from kpidesk.ui.table.frozen import FrozenColumns
from kpidesk.ui.table.model import WRONG
from kpidesk.ui.table.stepping import next_editable

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table import RowsModel

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint


class TargetGrid(TableView[GridRow]):
    """Cells are chosen, typed, cleared, filled, locked and pasted by the keyboard."""

    cleared = Signal()
    filled = Signal(bool)
    """Fill the chosen block from its first row (True) or its first column."""
    locked = Signal()
    pasted = Signal()

    def __init__(self, desk: Desk, model: RowsModel[GridRow]) -> None:
        """The first columns stay in view."""
        super().__init__(desk, model, f"target-grid-{len(model.columns)}", cells=True)
        self.setAccessibleName("目标分解表")
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsMovable(False)
        self.frozen = FrozenColumns(desk.look, self, FROZEN)
        self.frozen.delegate.stepped.connect(self._step)

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

    def event(self, event: QEvent) -> bool:
        """Our keys go before the shortcuts of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._asks(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down; Delete, Ctrl+D, Ctrl+R, Ctrl+Shift+L and Ctrl+V ask for what they do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1, 0)
        elif (ask := self._asks(event)) is not None:
            ask()
        else:
            super().keyPressEvent(event)

    def _asks(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key asks for; None for one that is not ours."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.pasted.emit
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            return self.cleared.emit
        if control and event.key() == Qt.Key.Key_D:
            return lambda: self.filled.emit(True)
        if control and event.key() == Qt.Key.Key_R:
            return lambda: self.filled.emit(False)
        shifted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() == shifted and event.key() == Qt.Key.Key_L:
            return self.locked.emit
        return None

    @Slot(int, int)
    def _step(self, down: int, right: int) -> None:
        """On to the next cell that can be typed into, without opening it."""
        here = self.currentIndex()
        if self.rows.data(here, WRONG):
            self.edit(here)
        elif (there := next_editable(self, here, down, right)) is not None:
            self.setCurrentIndex(there)

    # --- the columns that stay

    def seen_in(self, index: _Index) -> QTableView:
        """The columns that stay are seen in their own view."""
        return self.frozen if index.column() < FROZEN else self

    def edit(self, *asked: Any) -> Any:  # noqa: ANN401 - two overloads of Qt's
        """Type into the columns that stay where these are seen."""
        if asked[0].column() < FROZEN:
            return self.frozen.edit(*asked)
        return super().edit(*asked)

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Not sideways for the columns that stay."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < FROZEN:
            bar.setValue(before)
