"""The improvement plan: what to do and how, by whom, until when, with whose help."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kpidesk.core.appraisal import PlanItem
from kpidesk.core.typed import clean_text, parse_typed_day
from kpidesk.ui.forms import Field
from kpidesk.ui.widgets import label, push_button, tool_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.look import Look

_TITLES = ("改进事项", "责任人", "完成日期")
_WIDTHS = (0, 84, 104)
_STRETCH = (1, 0, 0)
_BELOW = ("改进措施", "需要的支持")
"""They stand in a second line below the first: five columns would be too narrow to type in."""
_MOST = 200
_GAP = 6


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The editors of one item, in the order in which Tab goes through them."""

    what: QLineEdit
    responsible: QLineEdit
    due: QLineEdit
    measure: QLineEdit
    support: QLineEdit
    remove: QWidget

    @property
    def edits(self) -> tuple[QLineEdit, ...]:
        """What is typed in."""
        return (self.what, self.responsible, self.due, self.measure, self.support)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is typed."""
        return tuple(clean_text(one.text()) for one in self.edits)


class PlanField(Field[tuple[PlanItem, ...]]):
    """Lines can be added and removed; empty ones do not count."""

    def __init__(self, look: Look) -> None:
        """One empty line."""
        super().__init__("改进计划")
        self._look = look
        self._lines: list[_Line] = []
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
        for number, line in enumerate(self._lines, start=1):
            what, responsible, due, measure, support = line.texts
            if not any(line.texts):
                continue
            if not what:
                msg = f"第 {number} 项没有写改进事项"
                raise ValueError(msg)
            if max(map(len, line.texts)) > _MOST:
                msg = f"第 {number} 项太长，每格最多 {_MOST} 个字"
                raise ValueError(msg)
            try:
                day = parse_typed_day(due) if due else None
            except ValueError as problem:
                msg = f"第 {number} 项的完成日期：{problem}"
                raise ValueError(msg) from problem
            items.append(PlanItem(what, day, support, measure, responsible))
        return tuple(items)

    def set_value(self, value: tuple[PlanItem, ...]) -> None:
        """Show these lines, and an empty one when there are none."""
        for line in self._lines:
            self._drop(line)
        self._lines.clear()
        for item in value:
            due = item.due.isoformat() if item.due else ""
            self._put((item.what, item.responsible, due, item.measure, item.support))
        if not value:
            self._put(("",) * 5)
        self.settle()

    def raw(self) -> object:
        """What is typed, empty lines left out."""
        return tuple(line.texts for line in self._lines if any(line.texts))

    def _add_line(self) -> None:
        self._put(("",) * 5)
        self._lines[-1].what.setFocus()
        self.changed.emit()

    def _put(self, texts: Sequence[str]) -> None:
        remove = tool_button(self._look, "close", "删去这一项", lambda: self._remove(line))
        what, responsible, due, measure, support = (QLineEdit(text) for text in texts)
        line = _Line(what, responsible, due, measure, support, remove)
        due.setPlaceholderText("2026-06-30")
        names = (*_TITLES, *_BELOW)
        for name, edit in zip(names, line.edits, strict=True):
            edit.setAccessibleName(f"{name} {len(self._lines) + 1}")
            edit.textChanged.connect(self.changed)
        for name, edit in zip(_BELOW, (measure, support), strict=True):
            edit.setPlaceholderText(name)
        above = self._grid.rowCount()
        for place, edit in enumerate((what, responsible, due)):
            self._grid.addWidget(edit, above, place)
        self._grid.addWidget(remove, above, len(_TITLES))
        self._grid.addWidget(measure, above + 1, 0)
        self._grid.addWidget(support, above + 1, 1, 1, 2)
        self._grid.setRowMinimumHeight(above + 2, _GAP)
        for before, after in pairwise((self._add, *line.edits, remove, self._add)):
            QWidget.setTabOrder(before, after)  # through the line first, then to one more
        self._lines.append(line)
        self.setFocusProxy(self._lines[0].what)  # Tab goes there, and passes over what is before

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        self._drop(line)
        if not self._lines:
            self._put(("",) * 5)
        self.setFocusProxy(self._lines[0].what)
        self.changed.emit()

    def _drop(self, line: _Line) -> None:
        for widget in (*line.edits, line.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
