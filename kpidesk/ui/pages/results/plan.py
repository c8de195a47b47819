"""The improvement plan: a few lines of what to do, until when, with whose help."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kpidesk.core.appraisal import PlanItem
from kpidesk.core.typed import clean_text, parse_typed_day
from kpidesk.ui.forms import Field
from kpidesk.ui.widgets import label, push_button, tool_button

if TYPE_CHECKING:
    from kpidesk.ui.look import Look

_TITLES = ("改进事项", "完成日期", "需要的支持")
_WIDTHS = (0, 104, 0)
_STRETCH = (3, 0, 2)
_MOST = 200


class PlanField(Field[tuple[PlanItem, ...]]):
    """Lines can be added and removed; empty ones do not count."""

    def __init__(self, look: Look) -> None:
        """One empty line."""
        super().__init__("改进计划")
        self._look = look
        self._lines: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        for place, title in enumerate(_TITLES):
            self._grid.addWidget(label(title, "muted"), 0, place)
            self._grid.setColumnStretch(place, _STRETCH[place])
            self._grid.setColumnMinimumWidth(place, _WIDTHS[place])
        shown = QWidget()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._grid)
        self._add = push_button(look, "增加一项", self._add_line, icon="add", kind="link")
        layout.addWidget(self._add)
        self.place(self._add, shown)
        self.set_value(())

    def value(self) -> tuple[PlanItem, ...]:
        """The lines; a date that no calendar has, or a line without 事项, is refused."""
        items: list[PlanItem] = []
        for number, texts in enumerate(self._texts(), start=1):
            what, due, support = texts
            if not any(texts):
                continue
            if not what:
                msg = f"第 {number} 项没有写改进事项"
                raise ValueError(msg)
            if max(map(len, texts)) > _MOST:
                msg = f"第 {number} 项太长，每格最多 {_MOST} 个字"
                raise ValueError(msg)
            try:
                day = parse_typed_day(due) if due else None
            except ValueError as problem:
                msg = f"第 {number} 项的完成日期：{problem}"
                raise ValueError(msg) from problem
            items.append(PlanItem(what, day, support))
        return tuple(items)

    def set_value(self, value: tuple[PlanItem, ...]) -> None:
        """Show these lines, and an empty one when there are none."""
        for line in self._lines:
            self._drop(line)
        self._lines.clear()
        for item in value:
            due = item.due.isoformat() if item.due else ""
            self._put((item.what, due, item.support))
        if not value:
            self._put(("", "", ""))
        self.settle()

    def raw(self) -> object:
        """What is typed, empty lines left out."""
        return tuple(texts for texts in self._texts() if any(texts))

    def _texts(self) -> list[tuple[str, str, str]]:
        return [
            (clean_text(what.text()), clean_text(due.text()), clean_text(support.text()))
            for what, due, support in self._lines
        ]

    def _add_line(self) -> None:
        self._put(("", "", ""))
        self._lines[-1][0].setFocus()
        self.changed.emit()

    def _put(self, texts: tuple[str, str, str]) -> None:
        what, due, support = (QLineEdit(text) for text in texts)
        due.setPlaceholderText("2026-06-30")
        line = (what, due, support)
        number = self._grid.rowCount()
        for place, edit in enumerate(line):
            edit.setAccessibleName(f"{_TITLES[place]} {len(self._lines) + 1}")
            edit.textChanged.connect(self.changed)
            self._grid.addWidget(edit, number, place)
        remove = tool_button(self._look, "close", "删去这一项", lambda: self._remove(line))
        self._grid.addWidget(remove, number, len(line))
        for before, after in pairwise((self._add, *line, remove, self._add)):
            QWidget.setTabOrder(before, after)  # through the line first, then to one more
        self._lines.append(line)
        self.setFocusProxy(self._lines[0][0])  # Tab goes there, and passes over what is before

    def _remove(self, line: tuple[QLineEdit, QLineEdit, QLineEdit]) -> None:
        self._lines.remove(line)
        self._drop(line)
        if not self._lines:
            self._put(("", "", ""))
        self.setFocusProxy(self._lines[0][0])
        self.changed.emit()

    def _drop(self, line: tuple[QLineEdit, QLineEdit, QLineEdit]) -> None:
        row = self._grid.getItemPosition(self._grid.indexOf(line[0]))[0]  # type: ignore[index]
        for place in range(self._grid.columnCount()):
            item = self._grid.itemAtPosition(row, place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
