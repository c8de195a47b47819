"""The table widget: remembers its columns, copies as a table, says what to do when empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QToolTip, QWidget

from kpidesk.ui.table.background import FilledTable
from kpidesk.ui.table.column import Row
from kpidesk.ui.table.copying import chosen_cells, table_mime
from kpidesk.ui.table.delegate import CellDelegate
from kpidesk.ui.table.header import HeaderMemory
from kpidesk.ui.table.model import WRONG, Index
from kpidesk.ui.table.stepping import next_editable
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.model import RowsModel

_REFUSAL_SHOWN_MS = 6000
_LIST = "列表"
_COPY_TITLED, _EXPORT = QKeySequence("Ctrl+Shift+C"), QKeySequence("Ctrl+E")


class TableView(FilledTable, Generic[Row]):
    """Shows a RowsModel. `opened` carries the row that was double-clicked or opened by Enter."""

    opened = Signal(object)
    chosen = Signal()
    """The selection changed: ask `selected_rows`."""

    def __init__(
        self,
        desk: Desk,
        model: RowsModel[Row],
        name: str,
        *,
        cells: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is where its state is remembered; `cells` for entry cell by cell."""
        super().__init__(parent)
        self.setAccessibleName(_LIST)
        self._desk = desk
        self.rows = model
        self._menu: Callable[[QMenu, list[Row]], None] | None = None
        self._remembered: tuple[set[Hashable], Hashable | None, int] = (set(), None, 0)
        self._delegate = CellDelegate(desk.look, self._choices, self)
        self._delegate.marks_cell = cells
        self._delegate.stepped.connect(self._step)
        self._empty = EmptyState(desk.look, self.viewport())
        self._empty_words: tuple[str, str, str, Callable[[], object] | None]
        self._empty_words = ("这里还没有内容", "", "", None)
        self._build(cells=cells)
        self.setModel(model)
        self.memory = HeaderMemory(desk, name, self, model)
        """Keeps the state of its columns."""
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        model.refused.connect(self._show_refusal)
        self.selectionModel().selectionChanged.connect(self.chosen)
        desk.look.changed.connect(self._fit_rows)
        self._show_empty()

    def _build(self, *, cells: bool) -> None:
        view = QAbstractItemView
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(view.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(view.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(view.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(cells)
        if not cells:
            self.setSelectionBehavior(view.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            view.EditTrigger.DoubleClicked
            | view.EditTrigger.EditKeyPressed
            | view.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self.doubleClicked.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    @Slot()
    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._desk.look.row_height)
        header = self.horizontalHeader()
        more = max((one.heading.count("\n") for one in self.rows.columns), default=0)
        height = self._desk.look.row_height + more * header.fontMetrics().lineSpacing()
        header.setFixedHeight(height)

    # --- rows

    def selected_rows(self) -> list[Row]:
        """The chosen rows, from top to bottom."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [self.rows.row(number) for number in numbers]

    def current_row(self) -> Row | None:
        """The row with the cursor."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def select(self, keys: Sequence[Hashable]) -> None:
        """Choose rows by key and bring the first into view; keys not in view are passed over."""
        self._choose(set(keys), keys[0] if keys else None, 0)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def set_menu(self, fill: Callable[[QMenu, list[Row]], None]) -> None:
        """`fill` adds the actions for the chosen rows to the context menu."""
        self._menu = fill

    def set_empty(
        self, title: str, hint: str, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """What to say, and the next step to offer, when there are no rows at all."""
        self._empty_words = (title, hint, action, do)
        self._show_empty()

    def _show_empty(self) -> None:
        if self.rows.rowCount():
            self._empty.hide()
            return
        if self.rows.rows():
            by_column = bool(self.rows.filtered_columns)
            self._empty.say(
                "没有符合条件的内容",
                "换一个关键词，或清除筛选条件。",
                "清除列的筛选" if by_column else "",
                self.rows.clear_column_filters if by_column else None,
            )
        else:
            self._empty.say(*self._empty_words)
        self._empty.resize(self.viewport().size())
        self._empty.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words of the empty table in the middle."""
        super().resizeEvent(event)
        self._empty.resize(self.viewport().size())

    @Slot()
    def _remember(self) -> None:
        row = self.current_row()
        key = None if row is None else self.rows.key(row)
        keys = {self.rows.key(row) for row in self.selected_rows()}
        self._remembered = (keys, key, self.currentIndex().column())

    @Slot()
    def _recall(self) -> None:
        self._choose(*self._remembered)
        self._show_empty()
        self.chosen.emit()

    def _choose(self, keys: set[Hashable], current: Hashable | None, column: int) -> None:
        chosen, last = QItemSelection(), self.rows.columnCount() - 1
        for number, row in enumerate(self.rows.shown()):
            key = self.rows.key(row)
            if key in keys:
                chosen.select(self.rows.index(number, 0), self.rows.index(number, last))
            if key == current:
                self.selectionModel().setCurrentIndex(
                    self.rows.index(number, max(column, 0)),
                    QItemSelectionModel.SelectionFlag.NoUpdate,
                )
        if not self._delegate.marks_cell:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(chosen, flags.ClearAndSelect)

    # --- keyboard and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter types into an editable cell or opens the row; copying copies a table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(with_titles=False)
        elif QKeySequence(event.keyCombination()) == _COPY_TITLED:
            self.copy(with_titles=True)
        elif QKeySequence(event.keyCombination()) == _EXPORT and self.rows.rowCount():
            self.export()  # in a dialog, where the menu of the window cannot be reached
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            self.currentIndex().isValid()
        ):
            index = self.currentIndex()
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.opened.emit(self.rows.row(index.row()))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Only in lists: in a sheet to be filled in, a digit must not move the cursor elsewhere."""
        if not self._delegate.marks_cell:
            super().keyboardSearch(search)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(self.rows.row(index.row()))

    @Slot(int, int)
    def _step(self, down: int, right: int) -> None:
        """On to the next cell that can be typed into; a refused one keeps the cursor."""
        here = self.currentIndex()
        if self.rows.data(here, WRONG):
            self.edit(here)
            return
        if (there := next_editable(self, here, down, right)) is not None:
            self.setCurrentIndex(there)
            self.scrollTo(there)
            self.edit(there)

    def _choices(self, index: Index) -> Sequence[str] | None:
        column = self.rows.columns[index.column()]
        return None if column.choices is None else column.choices(self.rows.row(index.row()))

    @Slot(QModelIndex, str)
    def _show_refusal(self, index: QModelIndex, message: str) -> None:
        view = self.seen_in(index)
        rect = view.visualRect(index)
        place = view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 4))
        QToolTip.showText(place, plain_tip(message), view, rect, _REFUSAL_SHOWN_MS)

    def seen_in(self, _index: Index) -> QTableView:
        """The view that shows a cell."""
        return self

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        rows = self.selected_rows()
        if self._menu is not None and rows:
            self._menu(menu, rows)
            menu.addSeparator()
        copy = menu.addAction("复制")
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(bool(rows))
        copy.triggered.connect(lambda: self.copy(with_titles=False))
        titled = menu.addAction("连同表头复制")
        titled.setShortcut(_COPY_TITLED)
        titled.setEnabled(bool(rows))
        titled.triggered.connect(lambda: self.copy(with_titles=True))
        everything = menu.addAction("全选")
        everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        everything.triggered.connect(self.selectAll)
        export = menu.addAction("导出为 Excel…")
        export.setEnabled(bool(self.rows.rowCount()))
        export.setShortcut(_EXPORT)
        export.triggered.connect(self.export)
        menu.addSeparator()
        self.memory.fill(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def copy(self, *, with_titles: bool = False) -> None:
        """Put the chosen cells on the clipboard: as tabbed text and as a table for WPS or Word."""
        if lines := self.selected_cells(with_titles=with_titles):
            QGuiApplication.clipboard().setMimeData(table_mime(lines))

    @Slot()
    def export(self) -> None:
        """Write the rows in view into a workbook, after asking where to."""
        from kpidesk.ui.table.exporting import export_table

        name = self.accessibleName()
        export_table(self._desk, self, "表格" if name == _LIST else name)

    def selected_cells(self, *, with_titles: bool) -> list[list[str]]:
        """The chosen cells as they are seen: hidden columns left out, columns in their order."""
        return chosen_cells(
            self.selectionModel().selectedIndexes(),
            self.horizontalHeader(),
            self.rows,
            with_titles=with_titles,
        )
