"""A form: fields in one or two columns, checked together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kpidesk.ui.forms.field import Field
from kpidesk.ui.widgets import Banner, label

if TYPE_CHECKING:
    from kpidesk.ui.look import Look

F = TypeVar("F", bound=Field[Any])


class Form(QWidget):
    """Fields below each other; `half` ones side by side: two of them, or as many as `columns`."""

    changed = Signal()

    def __init__(self, look: Look, *, columns: int = 2) -> None:
        """Without fields."""
        super().__init__()
        self.fields: list[Field[Any]] = []
        self._banner = Banner(look)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._columns = columns
        for side in range(columns):
            self._grid.setColumnStretch(side, 1)
        self._place = (0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._banner)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def add(self, field: F, *, half: bool = False) -> F:
        """Put a field in; gives it back."""
        self.fields.append(field)
        field.changed.connect(self.changed)
        self._put(field, half=half)
        return field

    def add_widget(self, widget: QWidget, *, half: bool = False) -> None:
        """Put something else between the fields."""
        self._put(widget, half=half)

    def add_heading(self, text: str) -> None:
        """Begin a group of fields."""
        self._put(label(text, "heading"), half=False)

    def _put(self, widget: QWidget, *, half: bool) -> None:
        line, side = self._place
        if not half and side:
            line, side = line + 1, 0
        wide = 1 if half else self._columns
        self._grid.addWidget(widget, line, side, 1, wide, Qt.AlignmentFlag.AlignTop)
        is_full = side + wide == self._columns
        self._place = (line + 1, 0) if is_full else (line, side + wide)

    def check(self) -> bool:
        """Check every field; each says what is wrong with it, the cursor goes to the first."""
        self._banner.say("")
        wrong = [field for field in self.fields if field.isEnabled() and not field.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def refuse(self, message: str) -> None:
        """Say above the fields why the whole was not taken."""
        self._banner.say(message)

    @property
    def is_dirty(self) -> bool:
        """True when a field holds something else than when it was filled."""
        return any(field.is_dirty for field in self.fields)

    def settle(self) -> None:
        """Take everything as saved."""
        for field in self.fields:
            field.settle()
