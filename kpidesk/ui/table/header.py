"""The heading of a table: widths, order, hidden columns and sorting, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QMenu

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table.filtering import fill_filters
from kpidesk.ui.text import menu_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.column import Column
    from kpidesk.ui.table.model import RowsModel

_KEEP_AFTER_MS = 400
_NARROWEST = 48
_AROUND_WORDS = 26


class HeaderMemory(QObject):
    """Sets the heading up as it was left, and keeps it as it is changed."""

    def __init__(self, desk: Desk, name: str, view: QTableView, model: RowsModel[Any]) -> None:
        """`name` is the table's; other columns than last time start afresh."""
        super().__init__(view)
        self._settings, self._columns = desk.settings, model.columns
        self._desk, self._view, self._model = desk, view, model
        self._key = self._settings.header_key(name, [column.key for column in model.columns])
        self._header = header = view.horizontalHeader()
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(_KEEP_AFTER_MS)
        self._keeper.timeout.connect(self.keep)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        model.filter_mark = desk.look.icon("filter", Tone.ACCENT)
        for number, column in enumerate(self._columns):
            header.resizeSection(number, self._width(column))
            header.setSectionHidden(number, column.hidden)
        self._scale = desk.look.scale
        desk.look.changed.connect(self._rescale)
        self._settings.restore_header(self._key, header)
        for number, column in enumerate(self._columns):
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        view.setSortingEnabled(True)
        for signal in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            signal.connect(self._keep_later)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)

    def _width(self, column: Column[Any]) -> int:
        """As wide as the column says, but never too narrow for its heading."""
        metrics = self._header.fontMetrics()
        lines = (column.heading or column.title).split("\n")
        words = max(map(metrics.horizontalAdvance, lines)) + _AROUND_WORDS
        return max(round(column.width * self._desk.look.scale), words)

    @Slot()
    def _rescale(self) -> None:
        """Text of another size wants columns of another width."""
        factor, self._scale = self._desk.look.scale / self._scale, self._desk.look.scale
        if factor != 1:
            for number, column in enumerate(self._columns):
                if not column.stretch:
                    wide = round(self._header.sectionSize(number) * factor)
                    self._header.resizeSection(number, wide)

    @Slot()
    def _keep_later(self) -> None:
        """Once it is left alone; what the signals carry would be taken for an interval."""
        self._keeper.start()

    @Slot()
    def keep(self) -> None:
        """Remember the heading as it is now."""
        self._settings.put_state(self._key, self._header.saveState())

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._header)
        if (number := self._header.logicalIndexAt(place)) >= 0:
            self._fill_for_column(menu, number)
            menu.addSeparator()
        self.fill(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._header.mapToGlobal(place))

    def _fill_for_column(self, menu: QMenu, number: int) -> None:
        """Sorting, filtering and hiding by the column that was clicked."""
        view, order = self._view, Qt.SortOrder
        for text, way in (("升序", order.AscendingOrder), ("降序", order.DescendingOrder)):
            menu.addAction(text).triggered.connect(
                lambda _=False, way=way: view.sortByColumn(number, way)
            )
        menu.addAction("不排序").triggered.connect(
            lambda: self._header.setSortIndicator(-1, order.AscendingOrder)
        )
        menu.addSeparator()
        fill_filters(menu, self._desk, view, self._model, self._columns[number])
        menu.addSeparator()
        hide = menu.addAction(menu_text(f"隐藏“{self._columns[number].title}”"))
        hide.setEnabled(self._header.hiddenSectionCount() < self._header.count() - 1)
        hide.triggered.connect(lambda: self.set_shown(number, shown=False))

    def fill(self, menu: QMenu) -> None:
        """Which columns are shown, and the way back to how they were delivered."""
        header, columns = self._header, menu.addMenu("显示的列")
        for number, column in enumerate(self._columns):
            action = columns.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            is_last = header.hiddenSectionCount() == header.count() - 1
            action.setEnabled(header.isSectionHidden(number) or not is_last)
            action.toggled.connect(lambda on, number=number: self.set_shown(number, shown=on))
        menu.addAction("恢复原来的列").triggered.connect(self.reset)
        clear = menu.addAction("清除列的筛选")
        clear.setEnabled(bool(self._model.filtered_columns))
        clear.triggered.connect(self._model.clear_column_filters)

    def set_shown(self, number: int, *, shown: bool) -> None:
        """Show or hide a column."""
        self._header.setSectionHidden(number, not shown)
        self._keeper.start()

    @Slot()
    def reset(self) -> None:
        """Widths, order and hidden columns as they were delivered; nothing sorted."""
        for number, column in enumerate(self._columns):
            self._header.moveSection(self._header.visualIndex(number), number)
            self._header.setSectionHidden(number, column.hidden)
            if not column.stretch:
                self._header.resizeSection(number, self._width(column))
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._keeper.start()
