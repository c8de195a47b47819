"""The grids of the page: one item for everybody, one person with all items, and their toolbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from kpidesk.ui.pages.actuals.boards import board_of, of_item, of_person
from kpidesk.ui.pages.actuals.grid import Grid
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import label, row, tool_button

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from kpidesk.core.period import Period
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.actuals.cells import GridOf, GridRow
    from kpidesk.usecases.actuals import Actual, Board, Book

_HEIGHT, _BOX_WIDTH = 34, 230


def choice(name: str, width: int = _BOX_WIDTH) -> QComboBox:
    """A box to choose from."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumHeight(_HEIGHT)
    box.setMinimumWidth(width)
    box.setMaxVisibleItems(20)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.currentTextChanged.connect(box.setToolTip)
    return box


def offer(box: QComboBox, texts: Sequence[str], place: int) -> None:
    """Offer texts and choose one, without telling anybody."""
    with QSignalBlocker(box):
        if [box.itemText(number) for number in range(box.count())] != list(texts):
            box.clear()
            box.addItems(list(texts))
        if texts:
            box.setCurrentIndex(max(place, 0))
            box.setToolTip(plain_tip(box.currentText()))


class Section(QWidget):
    """A choice above its grid: an item with everybody's figures, or a person with all items."""

    made = Signal(object)
    """Another grid is shown: connect to it."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        hint: str,
        edit: Callable[[GridRow, Actual, str], object],
    ) -> None:
        """`name` says what is chosen."""
        super().__init__()
        self._desk, self._edit, self._name = desk, edit, name
        self._shape: Hashable = None
        self._keys: tuple[Hashable, ...] = ()
        self._book: Book | None = None
        self._is_late = False
        self.grid: Grid | None = None
        self.shown: GridOf | None = None
        self.box = choice(name)
        self.box.currentIndexChanged.connect(lambda _: self.show_chosen())
        self._holder = Holder(right=0)
        look = desk.look
        back = tool_button(look, "chevron-left", f"上一个{name}（Alt+←）", lambda: self.step(-1))
        on = tool_button(look, "chevron-right", f"下一个{name}（Alt+→）", lambda: self.step(1))
        back.setShortcut("Alt+Left")
        on.setShortcut("Alt+Right")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(
            row(label(name), self.box, back, on, label(hint, "muted"), None, spacing=8)
        )
        layout.addWidget(self._holder, 1)

    def options(self, book: Book) -> Sequence[tuple[Hashable, str]]:
        """What can be chosen in a book."""
        raise NotImplementedError

    def grid_of(self, book: Book, key: Hashable) -> GridOf:
        """The grid of what was chosen."""
        raise NotImplementedError

    @property
    def key(self) -> Hashable:
        """What is chosen."""
        place = self.box.currentIndex()
        return self._keys[place] if 0 <= place < len(self._keys) else None

    @property
    def memory(self) -> str:
        """Under which name the widths of the columns are remembered."""
        raise NotImplementedError

    def show_book(self, book: Book) -> None:
        """Show a book; what was chosen stays chosen where it is still there."""
        before = self.key
        options = self.options(book)
        self._book = book
        self._keys = tuple(key for key, _ in options)
        place = self._keys.index(before) if before in self._keys else 0
        offer(self.box, [text for _, text in options], place)
        self.show_chosen()

    def choose(self, key: Hashable) -> None:
        """Choose by key."""
        if key in self._keys:
            self.box.setCurrentIndex(self._keys.index(key))

    def step(self, by: int) -> None:
        """The one before, or after."""
        place = self.box.currentIndex() + by
        if 0 <= place < self.box.count():
            self.box.setCurrentIndex(place)

    def show_chosen(self) -> None:
        """Show the grid of what is chosen; one of the same columns keeps the cursor.

        While another section is in view it waits: each grid takes some hundredths of a second.
        """
        self._is_late = self.isHidden()
        if self._is_late:
            return
        if self._book is None or not self._keys:
            self.grid = self.shown = None
            self._shape = None
            self._holder.put()
            return
        self.shown = self.grid_of(self._book, self.key)
        if self.grid is not None and self._shape == self.shown.shape:
            self.grid.show_again(self.shown)
            return
        self._shape = self.shown.shape
        at = self.grid.currentIndex() if self.grid is not None else None
        self.grid = Grid(self._desk, self.shown, self.memory, self._edit)
        self._holder.put(self.grid)
        if at is not None and at.isValid():
            self.grid.setCurrentIndex(self.grid.rows.index(at.row(), at.column()))
        self.made.emit(self.grid)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what waited for this."""
        super().showEvent(event)
        if self._is_late:
            self.show_chosen()

    def board(self) -> Board | None:
        """The cells in view, for a block to be put down."""
        return None if self.shown is None else board_of(self.shown)

    def go_to(self, key: Hashable, row_: Hashable, days: Period) -> bool:
        """Choose, and put the cursor on a cell."""
        self.choose(key)
        if self._is_late:
            self.show_chosen()
        return self.grid is not None and self.grid.go_to(row_, days)


class ByItem(Section):
    """One item: people × periods."""

    @property
    def memory(self) -> str:
        """Each item has its own: amounts are wider than counts."""
        return f"actuals-item-{self.key}"

    def options(self, book: Book) -> Sequence[tuple[Hashable, str]]:
        """The items of the book."""
        return [(one.name, one.title) for one in book.items]

    def grid_of(self, book: Book, key: Hashable) -> GridOf:
        """Everybody's figures of an item."""
        return of_item(book, str(key))


class ByPerson(Section):
    """One person: items × periods."""

    @property
    def memory(self) -> str:
        """The same for everybody."""
        return "actuals-person"

    def options(self, book: Book) -> Sequence[tuple[Hashable, str]]:
        """The people of the book."""
        return [
            (one.id, f"{one.name}（{one.number}）" if one.number else one.name)
            for one in book.people
        ]

    def grid_of(self, book: Book, key: Hashable) -> GridOf:
        """A person's figures."""
        who = next((one.id for one in book.people if one.id == key), None)
        return of_person(book, who)
