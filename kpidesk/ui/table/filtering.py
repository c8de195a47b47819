"""Filtering by a column: its texts to tick, or words that they hold."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.text import menu_text
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.table.column import Column
    from kpidesk.ui.table.model import RowsModel

_MOST = 24
"""Columns with more texts than a menu can list are filtered by words."""
_NOTHING = "（空白）"


def fill_filters(
    menu: QMenu, desk: Desk, view: QWidget, model: RowsModel[Any], column: Column[Any]
) -> None:
    """Offer to filter by a column."""
    chosen = menu.addMenu("筛选")
    chosen.menuAction().setIcon(desk.look.icon("filter"))
    is_on = column.key in model.filtered_columns
    words = chosen.addAction("包含文字…")
    words.triggered.connect(lambda: _WordsDialog(view.window(), model, column).open())
    clear = chosen.addAction("不筛选")
    clear.setEnabled(is_on)
    clear.triggered.connect(lambda: model.filter_column(column.key, None))
    counts = Counter(column.text(row) for row in model.rows())
    if not counts or len(counts) > _MOST:
        return
    chosen.addSeparator()
    for text, count in counts.items():
        action = chosen.addAction(menu_text(f"{text or _NOTHING}　{count}"))
        action.triggered.connect(partial(model.filter_column, column.key, _only(text)))


def _only(text: str) -> Callable[[str], bool]:
    return lambda other: other == text


class _WordsDialog(Dialog):
    """Asks for the words that a column's texts are to hold."""

    chapter = "表格"

    def __init__(self, parent: QWidget, model: RowsModel[Any], column: Column[Any]) -> None:
        super().__init__(parent, f"按“{column.title}”筛选", width=380)
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{column.title}包含的文字")
        self.line.setPlaceholderText("几个词用空格隔开")
        self.body.addWidget(label(f"只看“{column.title}”里包含这些文字的行：", wrap=True))
        self.body.addWidget(self.line)
        self.add_buttons("筛选")
        self.accepted.connect(partial(self._filter, model, column.key))

    def _filter(self, model: RowsModel[Any], key: str) -> None:
        words = self.line.text().casefold().split()
        if words:
            model.filter_column(key, lambda text: all(one in text.casefold() for one in words))
        else:
            model.filter_column(key, None)
