"""A field that offers printed levels, statements, or yes and no: chosen by a click or a digit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout

from kpidesk.core.sheet_fields import FieldKind
from kpidesk.ui.pages.scoring.field import EntryField, told_of
from kpidesk.ui.pages.scoring.option import Option
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from kpidesk.core.facts import FactValue
    from kpidesk.core.names import KnownFact
    from kpidesk.core.sheet_fields import SheetField
    from kpidesk.ui.look import Look

NONE_MET = "一项也没有达到"
YES_OR_NO = (("1", "是"), ("0", "否"))
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ChoiceListField(EntryField):
    """Digits 1 to n choose; arrows move the cursor; Space or Enter takes what it is on.

    A level is one of several; of statements any number may be ticked, and 0 says that none is
    met, which is not the same as not having been asked. A question is answered by 1 or 0.
    """

    def __init__(
        self, look: Look, field: SheetField, known: KnownFact, texts: Sequence[str]
    ) -> None:
        """`texts` are the printed words of the options, more of them notes below; or a question."""
        super().__init__(field, known)
        self.is_many = field.kind is FieldKind.STATEMENTS
        self._is_question = field.kind is FieldKind.FLAG
        self._look = look
        self._cursor: int | None = None
        self._is_open = True
        self._awaited = False
        self._value = field.value
        words = _words(field, texts)
        self.options = [Option(look, digit, text, is_box=self.is_many) for digit, text in words]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        if self._is_question:
            asked = label("\n".join(texts), "muted", wrap=True)
            answers = row(*self.options, None, spacing=4)
            layout.addLayout(column(asked, answers, self.message, spacing=2))
        else:
            notes = [label(text, "muted", wrap=True) for text in texts[len(field.options) :]]
            layout.addLayout(column(*self.options, *notes, self.message, None, spacing=2))
        for place, option in enumerate(self.options):
            option.clicked.connect(lambda place=place: self._click(place))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(known.label)
        self.show_field(field)

    def show_field(self, field: SheetField) -> None:
        """Mark what is stored; what was chosen since then stays marked until it is stored."""
        self.field = field
        tip = told_of(field)
        self.setToolTip(plain_tip(tip) if tip else "")
        if not self._awaited or field.value == self._value:
            self._awaited = False
            self._mark(field.value)

    def refuse(self, message: str) -> None:
        """Say what is wrong; a choice that was not taken is not shown as if it were."""
        super().refuse(message)
        if message:
            self._awaited = False
            self._mark(self.field.value)

    def set_open(self, *, is_open: bool) -> None:
        """Whether values may be entered."""
        self._is_open = is_open
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if is_open else policy.NoFocus)
        for option in self.options:
            option.setEnabled(is_open)

    def _mark(self, value: FactValue | None) -> None:
        self._value = value
        for place, option in enumerate(self.options):
            option.mark(is_chosen=self._holds(value, place))

    def _holds(self, value: FactValue | None, place: int) -> bool:
        options = self.field.options
        match value:
            case bool():
                return value is (place == 0)
            case Decimal():
                return not self.is_many and options[place].points == value
            case tuple():
                return options[place].text in value if place < len(options) else not value
            case _:
                return False

    # --- choosing

    def _click(self, place: int) -> None:
        if self._is_open:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose(place)

    def _choose(self, place: int) -> None:
        """Take an option; a tick that is there is taken away again."""
        self._move_to(place)
        value = self._value_with(place)
        if value != self._value:
            self._awaited = True
            self._mark(value)
            self.ask(value)

    def _value_with(self, place: int) -> FactValue | None:
        options = self.field.options
        if self._is_question:
            return place == 0
        if not self.is_many:
            return options[place].points
        if place == len(options):
            return ()
        ticked = {n for n in range(len(options)) if self.options[n].is_chosen} ^ {place}
        return tuple(options[n].text for n in sorted(ticked)) or None

    def _clear(self) -> None:
        if self._value is not None:
            self._awaited = True
            self._mark(None)
            self.ask(None)

    def _move_to(self, place: int | None) -> None:
        self._cursor = place
        for number, option in enumerate(self.options):
            option.point(is_pointed=number == place)

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows move, Enter goes on."""
        key, text = event.key(), event.text()
        digits = [option.digit for option in self.options]
        if text and text in digits:
            self._choose(digits.index(text))
        elif key in _ENTER:
            self._leave(is_back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Space:
            self._choose(self._cursor or 0)
        elif key in _CLEAR:
            self._clear()
        elif text.strip() and text.isprintable():
            listed = "、".join(digits)
            self.refuse(f"没有“{text}”这一项，请按数字键 {listed} 选择，或用鼠标点选")
        else:
            super().keyPressEvent(event)

    def _move_by(self, step: int) -> None:
        here = self._cursor if self._cursor is not None else -1
        self._move_to(max(0, min(here + step, len(self.options) - 1)))

    def _leave(self, *, is_back: bool) -> None:
        place = self._cursor
        if not is_back and not self.is_many and place is not None:
            self._choose(place)
        self.stepped.emit(-1 if is_back else 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor begins on what is chosen; where nothing is, Enter chooses nothing."""
        super().focusInEvent(event)
        chosen = (n for n, option in enumerate(self.options) if option.is_chosen)
        self._move_to(next(chosen, None))
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor has gone."""
        super().focusOutEvent(event)
        super().refuse("")
        self._move_to(None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame while the keyboard is here."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._look.tokens.accent.ink), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _words(field: SheetField, texts: Sequence[str]) -> list[tuple[str, str]]:
    """The digits that choose, each with its words."""
    match field.kind:
        case FieldKind.FLAG:
            return list(YES_OR_NO)
        case FieldKind.STATEMENTS:
            return [*_numbered(field, texts), ("0", NONE_MET)]
        case _:
            return _numbered(field, texts)


def _numbered(field: SheetField, texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(str(n), text) for n, text in enumerate(texts[: len(field.options)], start=1)]
