"""A record of the draft as a form: rebuilt when its shape changes, else only filled anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from kpidesk.core.editing.form import Entry, Heading, Kind, Rows, shape_of
from kpidesk.core.editing.writing import as_parameter, as_stated, written
from kpidesk.core.errors import InvalidValueError
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.pages.schemes.editor.entries import field_of, shown_value, typed_value
from kpidesk.ui.pages.schemes.editor.formula import FormulaField
from kpidesk.ui.pages.schemes.editor.rows_view import RowsView
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.editing.form import Part
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.forms import Field
    from kpidesk.ui.look import Look

_REST_MS = 500
"""Typing counts as one change when it has rested for so long."""
_HALVES = frozenset({Kind.NUMBER, Kind.LIMIT, Kind.COUNT, Kind.CHOICE, Kind.TEXT, Kind.FLAG})
_SHORT = 14
_LINES, _LINES_IN_TABLE = 3, 2


class FormView(QWidget):
    """Fields in two columns; lists of records below. `edited` carries a label and a scheme."""

    edited = Signal(str, object)
    refused = Signal(str)
    """Why something that was asked for by a button cannot be done."""

    def __init__(
        self, look: Look, scheme: Callable[[], Scheme], *, owner: str = "", line: int = 0
    ) -> None:
        """`scheme` gives the draft as it is; `owner` names what the form is about.

        With `line`, so many fields stand in one line, as in a table.
        """
        super().__init__()
        self._look, self._scheme, self.owner = look, scheme, owner
        self._in_line, self._columns = bool(line), line or 2
        self._parts: tuple[Part, ...] = ()
        self._fields: list[tuple[Entry, Field[Any]]] = []
        self._lists: list[RowsView] = []
        self._showing = False
        self._holder = QWidget()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._holder)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.take)

    @property
    def fields(self) -> tuple[Field[Any], ...]:
        """The fields, lists left out."""
        return tuple(field for _, field in self._fields)

    def field(self, title: str) -> Field[Any]:
        """The field of a title."""
        return next(field for field in self.fields if field.title == title)

    @property
    def lists(self) -> tuple[RowsView, ...]:
        """The lists of records."""
        return tuple(self._lists)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show a form; what is being typed stays where it says the same."""
        self._showing = True
        if shape_of(parts) == shape_of(self._parts):
            self._refill(parts)
        else:
            self._build(parts)
        self._parts = parts
        self._showing = False

    def take(self) -> bool:
        """Make what was typed a change; False when something makes no sense."""
        self._rest.stop()
        taken = [one.take() for one in self._lists]  # each of them, whatever the others say
        sound = all(taken)
        scheme, names = self._scheme(), []
        for entry, field in self._fields:
            if not field.is_dirty:
                continue
            if not field.check():
                sound = False
                continue
            value = typed_value(entry, field.value())
            if value == entry.value:
                continue
            try:
                scheme = written(scheme, entry, value)
            except InvalidValueError as problem:
                field.refuse(str(problem))
                sound = False
            else:
                names.append(entry.label)
        if names:
            whose = f"“{self.owner}”的" if self.owner else ""
            self.edited.emit(f"修改{whose}{'、'.join(names)}", scheme)
        return sound

    # --- building

    def _build(self, parts: tuple[Part, ...]) -> None:
        self._fields, self._lists = [], []
        old, self._holder = self._holder, QWidget()
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for number in range(self._columns):
            grid.setColumnStretch(number, _stretch(parts[number]) if self._in_line else 1)
        line, side = 0, 0
        for part in parts:
            widget, is_short = self._made(part)
            across = 1 if is_short else self._columns
            if side + across > self._columns:
                line, side = line + 1, 0
            grid.addWidget(widget, line, side, 1, across, Qt.AlignmentFlag.AlignTop)
            line, side = (line + 1, 0) if side + across >= self._columns else (line, side + across)
        self._layout.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()

    def _made(self, part: Part) -> tuple[QWidget, bool]:
        """The widget of a part, and whether two go side by side."""
        match part:
            case Heading(text):
                return label(text, "heading"), False
            case Rows():
                rows = RowsView(self._look, self._scheme, part, self._below)
                rows.edited.connect(self.edited)
                rows.refused.connect(self.refused)
                self._lists.append(rows)
                return rows, False
            case Entry():
                lines = _LINES_IN_TABLE if self._in_line else _LINES
                field = field_of(self._look, part, self._scheme, lines)
                self._fill(part, field)
                field.changed.connect(self._typed)
                self._fields.append((part, field))
                if part.either:
                    field.add_beside(self._toggle(part))
                is_short = part.kind in _HALVES and len(part.label) <= _SHORT
                return field, is_short or self._in_line

    def _below(self, line: int) -> FormView:
        """A form for a record of a list."""
        return FormView(self._look, self._scheme, owner=self.owner, line=line)

    def _toggle(self, entry: Entry) -> QToolButton:
        """Whether each contract may set the value otherwise."""
        button = QToolButton()
        button.setText("可另定" if entry.parameter else "固定")
        button.setProperty("kind", "link")
        button.clicked.connect(lambda _=False: self._switch(entry.home))
        button.setToolTip(
            "拟定责任书时每份可以另定；点一下改为固定"
            if entry.parameter
            else "写死在方案里；点一下改为参数，拟定责任书时每份可以另定"
        )
        button.setAccessibleName(f"{entry.label}：{button.text()}")
        return button

    def _switch(self, home: tuple[str | int, ...]) -> None:
        if not self.take():
            return
        entry = next(one for one, _ in self._fields if one.home == home)
        try:
            if entry.parameter:
                after = as_stated(self._scheme(), entry)
            else:
                after = as_parameter(self._scheme(), entry, self.owner)
        except InvalidValueError as problem:
            self.refused.emit(str(problem))
            return
        how = "固定" if entry.parameter else "可另定"
        self.edited.emit(f"“{entry.label}”改为{how}", after)

    # --- filling

    def _refill(self, parts: tuple[Part, ...]) -> None:
        entries = [one for one in parts if isinstance(one, Entry)]
        rows = [one for one in parts if isinstance(one, Rows)]
        for view, one in zip(self._lists, rows, strict=True):
            view.show_rows(one)
        old = self._fields
        fields = [field for _, field in old]
        self._fields = list(zip(entries, fields, strict=True))
        for (before, _), (entry, field) in zip(old, self._fields, strict=True):
            if isinstance(field, ChoiceField) and before.choices != entry.choices:
                field.set_options([(one.value, one.text) for one in entry.choices])
            self._fill(entry, field)

    def _fill(self, entry: Entry, field: Field[Any]) -> None:
        """Show the value, unless the field says it already: the cursor stays where it is."""
        wanted = shown_value(entry)
        try:
            same = field.value() == wanted
        except ValueError:
            same = False
        if same:
            field.settle()
        elif not field.is_dirty:  # what is being typed is not lost
            field.set_value(wanted)
        if isinstance(field, FormulaField):
            field.look()

    @Slot()
    def _typed(self) -> None:
        if not self._showing:
            self._rest.start()


def _stretch(part: Part) -> int:
    """How much of a line a field takes: long texts the most."""
    return 4 if isinstance(part, Entry) and part.kind is Kind.LONG else 1
