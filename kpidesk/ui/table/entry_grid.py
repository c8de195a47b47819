"""Wide tables whose first columns stay in view; and those that are typed into as in Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from kpidesk.ui.table.column import Row
from kpidesk.ui.table.frozen import FrozenColumns
from kpidesk.ui.table.model import WRONG
from kpidesk.ui.table.stepping import next_editable
from kpidesk.ui.table.view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.model import RowsModel

_Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemView.ScrollHint
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WideTable(TableView[Row]):
    """Chosen cell by cell; its columns keep their places."""

    _stays = 0  # while it is being made, Qt asks already

    def __init__(self, desk: Desk, model: RowsModel[Row], name: str, *, frozen: int) -> None:
        """`frozen` columns stay in view."""
        super().__init__(desk, model, name, cells=True)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsMovable(False)
        self.frozen, self._stays = FrozenColumns(desk.look, self, frozen), frozen

    def seen_in(self, index: _Index) -> QTableView:
        """The columns that stay are seen in their own view."""
        return self.frozen if index.column() < self._stays else self

    def edit(self, *asked: Any) -> Any:  # noqa: ANN401 - two overloads of Qt's
        """Type into the columns that stay where these are seen."""
        if asked[0].column() < self._stays:
            return self.frozen.edit(*asked)
        return super().edit(*asked)

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Not sideways for the columns that stay."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self._stays:
            bar.setValue(before)


class EntryGrid(WideTable[Row]):
    """Enter goes down, Tab right; Delete empties, Ctrl+D fills down, Ctrl+V pastes.

    What these do is said by whoever derives from it.
    """

    def __init__(self, desk: Desk, model: RowsModel[Row], name: str, *, frozen: int) -> None:
        """`frozen` columns stay in view, and can be typed into like the others."""
        super().__init__(desk, model, name, frozen=frozen)
        self.frozen.delegate.stepped.connect(self._step)

    def paste(self) -> None:
        """Put the block of the clipboard down at the cursor."""
        raise NotImplementedError

    def clear_chosen(self) -> None:
        """Empty the chosen cells."""
        raise NotImplementedError

    def fill_down(self) -> None:
        """Copy the uppermost chosen cells into those below."""
        raise NotImplementedError

    def key_asks(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key asks for; None for one that is not ours. More are added by overriding it."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self.rows.is_locked:
            return None
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            return self.clear_chosen
        if control and event.key() == Qt.Key.Key_D:
            return self.fill_down
        return None

    def event(self, event: QEvent) -> bool:
        """Our keys go before the shortcuts of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.key_asks(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As a spreadsheet does."""
        if event.key() in _RETURN:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1, 0)
        elif (ask := self.key_asks(event)) is not None:
            ask()
        else:
            super().keyPressEvent(event)

    @Slot(int, int)
    def _step(self, down: int, right: int) -> None:
        """On to the next cell that can be typed into, without opening it; not from a wrong one."""
        here = self.currentIndex()
        if self.rows.data(here, WRONG):
            self.edit(here)
        elif (there := next_editable(self, here, down, right)) is not None:
            self.setCurrentIndex(there)
            self.scrollTo(there)
