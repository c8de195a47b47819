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

_TITLES = ("改进事项", "改进措施", "责任人", "完成日期", "需要的支持")
_HINTS = ("改进事项", "改进措施：怎样做", "责任人", "如 2026-06-30", "需要的支持")
"""Three lines for each item: five columns would be too narrow to type in."""
_WIDTHS = (84, 104, 0)
_MOST = 200
_GAP = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The editors of one item, in the order in which Tab goes through them."""

    what: QLineEdit
    measure: QLineEdit
    responsible: QLineEdit
    due: QLineEdit
    support: QLineEdit
    remove: QWidget

    @property
    def edits(self) -> tuple[QLineEdit, ...]:
        """What is typed in."""
        return (self.what, self.measure, self.responsible, self.due, self.support)

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
        told = "每项三行：事项；措施；责任人、完成日期、需要的支持"
        self._grid.addWidget(label(told, "muted"), 0, 0, 1, len(_WIDTHS))
        for place, width in enumerate(_WIDTHS):
            self._grid.setColumnStretch(place, 0 if width else 1)
            self._grid.setColumnMinimumWidth(place, width)
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
            what, measure, responsible, due, support = line.texts
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
            self._put((item.what, item.measure, item.responsible, due, item.support))
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
        what, measure, responsible, due, support = (QLineEdit(text) for text in texts)
        line = _Line(what, measure, responsible, due, support, remove)
        for name, hint, edit in zip(_TITLES, _HINTS, line.edits, strict=True):
            edit.setAccessibleName(f"{name} {len(self._lines) + 1}")
            edit.setPlaceholderText(hint)
            edit.setCursorPosition(0)  # the beginning of a long text is in view
            edit.textChanged.connect(self.changed)
        above, grid = self._grid.rowCount(), self._grid
        grid.addWidget(line.what, above, 0, 1, len(_WIDTHS))
        grid.addWidget(remove, above, len(_WIDTHS))
        grid.addWidget(line.measure, above + 1, 0, 1, len(_WIDTHS))
        for place, edit in enumerate((line.responsible, line.due, line.support)):
            grid.addWidget(edit, above + 2, place)
        grid.setRowMinimumHeight(above + 3, _GAP)
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
        above = self._grid.getItemPosition(self._grid.indexOf(line.what))[0]  # type: ignore[index]  # a tuple
        self._grid.setRowMinimumHeight(above + 3, 0)  # rows stay, but take no room
        for widget in (*line.edits, line.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
