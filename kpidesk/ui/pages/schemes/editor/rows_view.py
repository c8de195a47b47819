"""A list of records of the draft: a line (or a card) each, more and fewer, up and down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.editing.form import Entry, shape_of
from kpidesk.core.editing.rows import with_moved_row, with_row, without_row
from kpidesk.core.errors import InvalidValueError
from kpidesk.ui.widgets import Card, column, label, push_button, row, tool_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.editing.form import Part, Rows
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look
    from kpidesk.ui.pages.schemes.editor.form_view import FormView

_MOST_IN_LINE = 4


class RowsView(QWidget):
    """Each record in a form of its own; `edited` carries a label and a scheme."""

    edited = Signal(str, object)
    refused = Signal(str)

    def __init__(
        self,
        look: Look,
        scheme: Callable[[], Scheme],
        rows: Rows,
        make: Callable[[int], FormView],
    ) -> None:
        """`make` gives an empty form, in one line of so many fields (0: in two columns)."""
        super().__init__()
        self._look, self._scheme, self._make = look, scheme, make
        self._rows = rows
        self.forms: list[FormView] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.add_button = push_button(look, "加一项", self._add, icon="add")
        layout = column(spacing=6)
        if rows.label:
            layout.addWidget(label(rows.label, "heading"))
        layout.addLayout(self._lines)
        layout.addLayout(row(self.add_button, None))
        self.add_button.setVisible(not rows.fixed)
        self.setLayout(layout)
        self._build()

    def show_rows(self, rows: Rows) -> None:
        """Show other records in the same list."""
        same = [shape_of(one) for one in rows.rows] == [shape_of(one) for one in self._rows.rows]
        self._rows = rows
        if not same:
            self._build()
            return
        for form, parts in zip(self.forms, rows.rows, strict=True):
            form.show_parts(parts)

    def take(self) -> bool:
        """Make what was typed a change; False when something makes no sense."""
        taken = [one.take() for one in self.forms]  # each of them, whatever the others say
        return all(taken)

    def _build(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.forms = []
        for place, parts in enumerate(self._rows.rows):
            flat = len(parts) if _is_flat(parts) else 0
            form = self._make(flat)
            form.edited.connect(self.edited)
            form.refused.connect(self.refused)
            form.show_parts(parts)
            if flat and place:
                for field in form.fields:
                    field.hide_title()
            self.forms.append(form)
            self._lines.addWidget(self._line(place, form, flat=bool(flat)))

    def _line(self, place: int, form: FormView, *, flat: bool) -> QWidget:
        """A record with its buttons."""
        up = tool_button(self._look, "arrow-up", "上移", partial(self._move, place))
        up.setEnabled(place > 0 and not self._is_sorted)
        remove = tool_button(self._look, "remove", "删去这一项", partial(self._remove, place))
        up.setVisible(not self._is_sorted and not self._rows.fixed)
        remove.setVisible(not self._rows.fixed)
        buttons = row(up, remove, spacing=0)
        if not flat:
            top = row(None, buttons)
            return Card("", column(top, form, spacing=0))
        holder = QWidget()
        line = row(form, spacing=4)
        line.addLayout(buttons)
        line.setStretch(0, 1)
        line.setAlignment(buttons, Qt.AlignmentFlag.AlignBottom)
        holder.setLayout(line)
        return holder

    @property
    def _is_sorted(self) -> bool:
        """Bands stand in the order of their bounds."""
        return self._rows.path[:1] == ("grades",)

    def _add(self) -> None:
        self._change("增加", lambda: with_row(self._scheme(), self._rows.path))

    def _remove(self, place: int) -> None:
        self._change("删去", lambda: without_row(self._scheme(), self._rows.path, place))

    def _move(self, place: int) -> None:
        path = self._rows.path
        self._change("上移", lambda: with_moved_row(self._scheme(), path, place, place - 1))

    def _change(self, verb: str, change: Callable[[], Scheme]) -> None:
        self.take()
        try:
            after = change()
        except InvalidValueError as problem:
            self.refused.emit(str(problem))
        else:
            self.edited.emit(f"{verb}{self._rows.label or '一项'}", after)


def _is_flat(parts: tuple[Part, ...]) -> bool:
    """Whether a record fits into one line."""
    return len(parts) <= _MOST_IN_LINE and all(isinstance(one, Entry) for one in parts)
