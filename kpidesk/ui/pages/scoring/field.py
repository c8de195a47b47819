"""What all fields of the sheet have in common: how they are confirmed, refused and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kpidesk.ui.pages.why import origin_text
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from kpidesk.core.facts import FactValue
    from kpidesk.core.names import KnownFact
    from kpidesk.core.sheet_fields import SheetField


def told_of(field: SheetField) -> str:
    """Who rated and typed a value, when, from what, and who typed it again."""
    return "\n".join(one for one in (origin_text(field.origin), field.again) if one)


class EntryField(QWidget):
    """Asks for one value. It never decides: `confirmed` asks for it to be saved."""

    confirmed = Signal(object, object)
    """This field, and the value to enter (None clears it)."""
    stepped = Signal(int)
    """Go on to the next field (1) or back (-1)."""
    focused = Signal()
    """The cursor came into the field."""

    def __init__(self, field: SheetField, known: KnownFact) -> None:
        """`known` is what the scheme says of the fact."""
        super().__init__()
        self.field, self.known = field, known
        self.message = label("", "wrong", wrap=True)
        self.message.hide()

    @property
    def key(self) -> tuple[str, str]:
        """The fact and period that the field is for."""
        return self.field.fact, self.field.period

    @property
    def is_empty(self) -> bool:
        """True when nothing has been entered."""
        return self.field.value is None

    def show_field(self, field: SheetField) -> None:
        """Show what is stored now; what is being typed, and what was refused, stays."""
        raise NotImplementedError

    def set_open(self, *, is_open: bool) -> None:
        """Whether values may be entered."""
        raise NotImplementedError

    @property
    def is_refused(self) -> bool:
        """True while something stands in the field that was not taken."""
        return False

    def confirm(self) -> None:
        """Take what is being typed, as if the officer went on."""

    def refuse(self, message: str) -> None:
        """Say at the field what is wrong; an empty message forgives."""
        self.message.setText(message)
        self.message.setVisible(bool(message))

    def ask(self, value: FactValue | None) -> None:
        """Ask for a value to be saved."""
        self.refuse("")
        self.confirmed.emit(self, value)
