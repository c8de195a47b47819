"""A field for figures and points: typed, confirmed by Enter, saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from kpidesk.ui.pages.scoring.entry import read_entry
from kpidesk.ui.pages.scoring.field import EntryField, told_of
from kpidesk.ui.pages.why import origin_text
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QLabel

    from kpidesk.core.names import KnownFact
    from kpidesk.core.sheet_fields import SheetField

_LABEL_WIDTH = 96
_LINE_WIDTH = 92
_NARROW_WIDTH = 56
_USUAL_UNIT = "万元"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def shown_text(field: SheetField) -> str:
    """The value as one types it: 88 84 91."""
    return field.text.replace("、", " ")


class LineField(EntryField):
    """Name, line and unit side by side, the message below."""

    def __init__(self, field: SheetField, known: KnownFact, *, is_narrow: bool = False) -> None:
        """`is_narrow`: one of several side by side; whoever places it shows its message."""
        super().__init__(field, known)
        self.line = _Line(shown_text(field))
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setAccessibleName(known.label)
        self._sent: str | None = None
        self._is_refused = False
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(3)
        if is_narrow:
            self.line.setMinimumWidth(_NARROW_WIDTH)
            layout.addWidget(label(field.label, "muted"), 0, 0)
            layout.addWidget(self.line, 1, 0)
        else:
            self.line.setMinimumWidth(_LINE_WIDTH)
            layout.addWidget(_name(field), 0, 0)
            layout.addWidget(self.line, 0, 1)
            layout.addWidget(_unit(field, layout), 0, 2)
            layout.addWidget(self.message, 1, 0, 1, 3)
            layout.setColumnStretch(1, 1)
        self.setFocusProxy(self.line)
        self.line.confirmed.connect(self._confirm)
        self.line.escaped.connect(self._restore)
        self.line.entered.connect(self.focused)
        self.show_field(field)

    def show_field(self, field: SheetField) -> None:
        """Show what is stored now; what is being typed, and what was refused, stays."""
        is_untouched = self.line.text() in (shown_text(self.field), self._sent)
        self.field = field
        if is_untouched and not self._is_refused:
            self._sent = None
            if self.line.text() != shown_text(field):  # a word may be being composed
                self.line.setText(shown_text(field))
        tip = told_of(field)
        self.line.setToolTip(plain_tip(tip) if tip else "")

    def set_open(self, *, is_open: bool) -> None:
        """Whether values may be entered."""
        self.line.setReadOnly(not is_open)
        policy = Qt.FocusPolicy
        self.line.setFocusPolicy(policy.StrongFocus if is_open else policy.NoFocus)

    def refuse(self, message: str) -> None:
        """Say at the field what is wrong; what was typed stays."""
        super().refuse(message)
        self._is_refused = bool(message)
        self.line.setProperty("wrong", self._is_refused)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    @property
    def is_refused(self) -> bool:
        """True while something stands in the field that was not taken."""
        return self._is_refused

    def confirm(self) -> None:
        """Take what is being typed, as if the officer went on."""
        self._confirm(0)

    def _confirm(self, step: int) -> None:
        """Take what was typed; go on only when it makes sense."""
        text = self.line.text()
        if text != self._sent and (text.strip() != shown_text(self.field) or self._is_refused):
            try:
                value = read_entry(self.field, self.known, text)
            except ValueError as problem:
                self.refuse(str(problem))
                return
            self._sent = text
            if value == self.field.value:
                self._restore()
            else:
                self.ask(value)
        if step:
            self.stepped.emit(step)

    def _restore(self) -> None:
        self.refuse("")
        self._sent = None
        self.line.setText(shown_text(self.field))
        self.line.selectAll()


class AgreedField(EntryField):
    """A figure of the contract: only shown."""

    def __init__(self, field: SheetField, known: KnownFact) -> None:
        """Shows the figure."""
        super().__init__(field, known)
        self._value = label()
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.addWidget(_name(field), 0, 0)
        layout.addWidget(self._value, 0, 1)
        layout.addWidget(_unit(field, layout), 0, 2)
        layout.setColumnStretch(1, 1)
        self.show_field(field)

    @property
    def is_empty(self) -> bool:
        """Never asked for."""
        return False

    def show_field(self, field: SheetField) -> None:
        """Show the figure of the contract."""
        self.field = field
        self._value.setText(field.shown)
        self._value.setContentsMargins(0, 6, 9, 6)
        self._value.setToolTip(plain_tip(f"{origin_text(field.origin)}约定，不能在这里修改"))

    def set_open(self, *, is_open: bool) -> None:
        """It is never open."""


def _unit(field: SheetField, layout: QGridLayout) -> QLabel:
    """The unit, with room for 万元 at least: figures below each other end alike."""
    unit = label(field.unit, "muted")
    layout.setColumnMinimumWidth(2, unit.fontMetrics().horizontalAdvance(_USUAL_UNIT) + 2)
    return unit


def _name(field: SheetField) -> QLabel:
    name = label(field.label, "muted", wrap=True)
    name.setFixedWidth(_LABEL_WIDTH)
    return name


class _Line(QLineEdit):
    """Enter and ↓ go on, Shift+Enter and ↑ go back, Esc brings back what is stored."""

    confirmed = Signal(int)
    escaped = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that leave the field confirm it."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in _ENTER:
            self.confirmed.emit(-1 if back else 1)
        elif key == Qt.Key.Key_Down:
            self.confirmed.emit(1)
        elif key == Qt.Key.Key_Up:
            self.confirmed.emit(-1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ready to type over."""
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving in another way confirms too: nothing typed is forgotten."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.confirmed.emit(0)
