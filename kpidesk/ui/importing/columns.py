"""The second step: the sheet, its header row, and what each column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from kpidesk.ui.importing.words import LEFT_OUT
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import column, label, row
from kpidesk.usecases.importing import column_letters, sample

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.importing import Book, Offer, SheetOf

_SAMPLES = 3
_LINE = 32


@dataclass(frozen=True, slots=True)
class _FileColumn:
    number: int
    letters: str
    heading: str
    samples: str


class ColumnsStep(QWidget):
    """`wanted` when another sheet or header row is chosen: the columns are guessed anew."""

    wanted = Signal()

    def __init__(self, desk: Desk, item: str = "") -> None:
        """Empty until `show_book`; `item` is what figures are of where nothing says it."""
        super().__init__()
        self._likely = item
        self._book: Book | None = None
        self._offer: Offer | None = None
        self._mapping: dict[int, str] = {}
        self.sheets, self.items, self.periods = QComboBox(), QComboBox(), QComboBox()
        named = ((self.sheets, "工作表"), (self.items, "数据项"), (self.periods, "期间"))
        for box, name in named:
            box.setAccessibleName(name)
            box.setMinimumHeight(_LINE)
            box.setMinimumContentsLength(10)
            box.setMaxVisibleItems(16)
        self.header = QSpinBox()
        self.header.setAccessibleName("标题行")
        self.header.setMinimumHeight(_LINE)
        self.header.setRange(1, 1)
        self.header.setPrefix("第 ")
        self.header.setSuffix(" 行")
        self._always = label("没有写在文件里的：")
        self._item_name, self._period_name = label("数据项"), label("期间")
        self.model: RowsModel[_FileColumn] = RowsModel(
            (
                Column("letters", "列", lambda one: one.letters, width=56),
                Column("heading", "文件里的标题", lambda one: one.heading, width=180),
                Column("samples", "前几行的内容", lambda one: one.samples, stretch=True),
                Column(
                    "meaning",
                    "导入为",
                    self._meaning,
                    edit=self._choose,
                    choices=self._choices,
                    tone=lambda one: Tone.GOOD if one.number in self._mapping else Tone.NEUTRAL,
                    width=220,
                ),
            ),
            key=lambda one: one.number,
        )
        self.table: TableView[_FileColumn] = TableView(
            desk, self.model, "import-columns", cells=True
        )
        self.table.setSortingEnabled(False)
        first = row(label("工作表"), self.sheets, label("标题行"), self.header, None, spacing=8)
        second = row(
            self._always, self._item_name, self.items, self._period_name, self.periods, None
        )
        hint = label("在“导入为”一列双击或按 Enter 改选；不需要的列选“（不导入）”。", "muted")
        layout = column(first, second, self.table, hint, spacing=10)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.sheets.currentIndexChanged.connect(self.wanted)
        self.header.valueChanged.connect(self.wanted)

    @property
    def sheet(self) -> SheetOf | None:
        """The chosen sheet."""
        place = self.sheets.currentIndex()
        return self._book.sheets[place] if self._book and place >= 0 else None

    @property
    def mapping(self) -> dict[int, str]:
        """What each column means."""
        return dict(self._mapping)

    @property
    def item(self) -> str:
        """The item of all figures of which no column says it."""
        place = self.items.currentIndex() - 1
        return self._offer.items[place].key if self._offer and place >= 0 else ""

    @property
    def period(self) -> str:
        """The period of all figures of which no column says it."""
        place = self.periods.currentIndex() - 1
        return self._offer.periods[place].key if self._offer and place >= 0 else ""

    def show_book(self, book: Book) -> None:
        """Offer the sheets of a file; the first one that is not hidden is chosen."""
        self._book = book
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            names = [f"{one.name}（隐藏）" if one.is_hidden else one.name for one in book.sheets]
            self.sheets.addItems(names)
            shown = (n for n, one in enumerate(book.sheets) if not one.is_hidden)
            self.sheets.setCurrentIndex(next(shown, 0))

    def show_offer(self, offer: Offer) -> None:
        """Show what the columns seem to mean."""
        sheet = self.sheet
        if sheet is None:
            return
        kept = (self.item, self.period) if self._offer else (self._likely, "")
        self._offer, self._mapping = offer, dict(offer.mapping)
        with QSignalBlocker(self.header):
            self.header.setRange(1, max(1, len(sheet.rows)))
            self.header.setValue(offer.header + 1)
        for box, options, before in (
            (self.items, offer.items, kept[0]),
            (self.periods, offer.periods, kept[1]),
        ):
            box.clear()
            box.addItems(["（无）", *(one.title for one in options)])
            keys = [one.key for one in options]
            box.setCurrentIndex(keys.index(before) + 1 if before in keys else 0)
        for widget in (self._always, self._item_name, self.items):
            widget.setVisible(bool(offer.items))
        for widget in (self._period_name, self.periods):
            widget.setVisible(bool(offer.periods))
        self.model.show(
            [
                _FileColumn(n, column_letters(n), text, sample(sheet, offer.header, n, _SAMPLES))
                for n, text in enumerate(offer.headings)
            ]
        )

    def _meaning(self, one: _FileColumn) -> str:
        key = self._mapping.get(one.number, "")
        return self._titles().get(key, LEFT_OUT)

    def _titles(self) -> dict[str, str]:
        return {one.key: one.title for one in self._offer.columns} if self._offer else {}

    def _choices(self, _: _FileColumn) -> list[str]:
        return [LEFT_OUT, *self._titles().values()]

    def _choose(self, one: _FileColumn, text: str) -> None:
        """Each meaning once: chosen anew, it is taken from the column that had it."""
        key = next((key for key, title in self._titles().items() if title == text), "")
        self._mapping = {n: k for n, k in self._mapping.items() if n != one.number and k != key}
        if key:
            self._mapping[one.number] = key
        self._mapping = dict(sorted(self._mapping.items()))
        self.model.show(self.model.rows())
