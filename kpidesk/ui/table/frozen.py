"""The first columns of a wide table, which stay in view while the others scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QScrollBar

from kpidesk.ui.table.background import FilledTable
from kpidesk.ui.table.delegate import CellDelegate

if TYPE_CHECKING:
    from kpidesk.ui.look import Look
    from kpidesk.ui.table.view import TableView


class FrozenColumns(FilledTable):
    """Stands before the table, shows the same model, shares its cursor and its selection.

    It takes the room of the table's own vertical heading. Nothing lies over what scrolls, so that
    scrolling moves the picture and paints only what comes into view.
    """

    def __init__(self, look: Look, table: TableView[Any], count: int) -> None:
        """`count` columns stay."""
        super().__init__(table)
        self._table, self._look, self.count = table, look, count
        self._bar = _BehindNothing(Qt.Orientation.Horizontal, table)
        table.setHorizontalScrollBar(self._bar)
        heading = table.verticalHeader()
        heading.setVisible(True)
        heading.viewport().hide()  # scrolled below, it would have what is above painted anew
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
        self.customContextMenuRequested.connect(self._ask_menu)
        self.horizontalHeader().setMinimumSectionSize(table.horizontalHeader().minimumSectionSize())
        for column in range(count, table.rows.columnCount()):
            self.setColumnHidden(column, True)
        table.horizontalHeader().sectionResized.connect(self._follow_width)
        self.horizontalHeader().sectionResized.connect(self._lead_width)
        bar, own = table.verticalScrollBar(), self.verticalScrollBar()
        bar.valueChanged.connect(own.setValue)
        own.valueChanged.connect(bar.setValue)
        own.rangeChanged.connect(self._catch_up)
        bar.rangeChanged.connect(self.place)  # a scroll bar below has come, or gone
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
        """Stand before the table's other columns, with rows and heading as high as there."""
        table, room = self._table, self.room
        table.verticalHeader().setFixedWidth(room)
        self._bar.keep_from(room)
        rows = table.verticalHeader().defaultSectionSize()
        self.verticalHeader().setDefaultSectionSize(rows)
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        for column in range(self.count):
            width = table.columnWidth(column)
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)
        frame = table.frameWidth()
        height = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(frame, frame, room, height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())

    @Slot()
    def _catch_up(self) -> None:
        """It learns of new rows later than the table, which may have scrolled to them by then."""
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())

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

    @Slot(int, int, int)
    def _lead_width(self, column: int, _before: int, after: int) -> None:
        """A column drawn wider here is wider in the table, which remembers it."""
        if after > 0 and column < self.count:
            self._table.setColumnWidth(column, after)

    @Slot(QPoint)
    def _ask_menu(self, place: QPoint) -> None:
        there = self._table.viewport().mapFromGlobal(self.viewport().mapToGlobal(place))
        self._table.customContextMenuRequested.emit(there)


class _BehindNothing(QScrollBar):
    """Never goes back to the columns that stay: these are before what it scrolls."""

    _first = 0

    def keep_from(self, first: int) -> None:
        """`first` is where the other columns begin."""
        if first != self._first:
            self._first = first
            self.setRange(first, max(first, self.maximum()))

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """The table sets the range from nought on: corrected before anybody hears of it."""
        wanted = QAbstractSlider.SliderChange.SliderRangeChange
        if change == wanted and self.minimum() != self._first:
            self.setRange(self._first, max(self._first, self.maximum()))
        else:
            super().sliderChange(change)
