"""The first columns of a wide table, which stay in view while the others scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QTableView

from kpidesk.ui.table.delegate import CellDelegate

if TYPE_CHECKING:
    from kpidesk.ui.look import Look
    from kpidesk.ui.table.view import TableView


class FrozenColumns(QTableView):
    """Lies over the table, shows the same model, shares its cursor and its selection."""

    def __init__(self, look: Look, table: TableView[Any], count: int) -> None:
        """`count` columns stay."""
        super().__init__(table)
        self._table, self._look, self.count = table, look, count
        view = QAbstractItemView
        delegate = CellDelegate(look, lambda _: None, self)
        delegate.marks_cell = True
        self.delegate = delegate
        self.setItemDelegate(delegate)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(table.editTriggers())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(view.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(table.customContextMenuRequested)
        for column in range(count, table.rows.columnCount()):
            self.setColumnHidden(column, True)
        table.horizontalHeader().sectionResized.connect(self._follow_width)
        bar, own = table.verticalScrollBar(), self.verticalScrollBar()
        bar.valueChanged.connect(own.setValue)
        own.valueChanged.connect(bar.setValue)
        table.installEventFilter(self)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def room(self) -> int:
        """How wide the columns are that stay."""
        header = self._table.horizontalHeader()
        return sum(header.sectionSize(column) for column in range(self.count))

    @Slot()
    def place(self) -> None:
        """Lie over the first columns of the table, with rows and heading as high as there."""
        table = self._table
        rows = table.verticalHeader().defaultSectionSize()
        self.verticalHeader().setDefaultSectionSize(rows)
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        for column in range(self.count):
            self.setColumnWidth(column, table.columnWidth(column))
        frame = table.frameWidth()
        height = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(frame, frame, self.room, height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())

    @Slot()
    def _dress(self) -> None:
        """In the colours of the theme."""
        self.setStyleSheet(
            "QTableView { border:none; border-radius:0;"
            f" border-right:1px solid {self._look.tokens.border}; }}"
        )
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the table gets another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.place()
        return super().eventFilter(watched, event)

    @Slot(int, int, int)
    def _follow_width(self, _column: int, _before: int, _after: int) -> None:
        self.place()
