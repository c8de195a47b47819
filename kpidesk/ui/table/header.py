"""The heading of a table: widths, order, hidden columns and sorting, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.model import RowsModel

_KEEP_AFTER_MS = 400
_NARROWEST = 48


class HeaderMemory(QObject):
    """Sets the heading up as it was left, and keeps it as it is changed."""

    def __init__(self, desk: Desk, name: str, view: QTableView, model: RowsModel[Any]) -> None:
        """`name` is the table's; other columns than last time start afresh."""
        super().__init__(view)
        self._settings, self._columns = desk.settings, model.columns
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
        for number, column in enumerate(self._columns):
            header.resizeSection(number, round(column.width * desk.look.scale))
            header.setSectionHidden(number, column.hidden)
        self._settings.restore_header(self._key, header)
        for number, column in enumerate(self._columns):
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        view.setSortingEnabled(True)
        for signal in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            signal.connect(self._keeper.start)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)

    @Slot()
    def keep(self) -> None:
        """Remember the heading as it is now."""
        self._settings.put_state(self._key, self._header.saveState())

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu, header = QMenu(self._header), self._header
        for number, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            is_last = header.hiddenSectionCount() == header.count() - 1
            action.setEnabled(header.isSectionHidden(number) or not is_last)
            action.toggled.connect(lambda on, number=number: self.set_shown(number, shown=on))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(place))

    def set_shown(self, number: int, *, shown: bool) -> None:
        """Show or hide a column."""
        self._header.setSectionHidden(number, not shown)
        self._keeper.start()
