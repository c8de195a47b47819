"""Fields to type in: a line, several lines, a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from kpidesk.core.exact import HUNDRED
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.typed import clean_text
from kpidesk.ui.forms.field import Field
from kpidesk.ui.widgets import TextArea, label
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtGui import QKeyEvent

_UNIT_GAP = 8


class TextField(Field[str]):
    """One line of text; blanks at its ends do not count."""

    def __init__(
        self,
        title: str,
        *,
        required: bool = False,
        most: int = 60,
        hint: str = "",
        example: str = "",
        known: Sequence[str] = (),
    ) -> None:
        """`most`: how many characters it takes; `example` stands in the empty field.

        `known` are texts to choose from while typing a part of one, or by ↓; others may be typed.
        """
        super().__init__(title, required=required, hint=hint)
        self._most = most
        self._line = _Line() if known else QLineEdit()
        self._line.setPlaceholderText(example)
        self._line.textChanged.connect(self.changed)
        if known:
            completer = QCompleter(known, self._line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setMaxVisibleItems(10)
            self._line.setCompleter(completer)
        self.place(self._line)
        self.settle()

    def value(self) -> str:
        """The text; too long and (when required) empty are refused, never cut."""
        text = clean_text(self._line.text())
        if self.required and not text:
            msg = f"请填写{self.title}"
            raise ValueError(msg)
        if len(text) > self._most:
            msg = f"{self.title}最多 {self._most} 个字，现在有 {len(text)} 个"
            raise ValueError(msg)
        return text

    def set_value(self, value: str) -> None:
        """Show a text."""
        self._line.setText(value)
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self._line.text()


class _Line(QLineEdit):
    """↓ opens the whole list of what is known when nothing or one of it stands in the line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer all, or what holds the text."""
        completer = self.completer()
        if event.key() != Qt.Key.Key_Down or completer is None:
            super().keyPressEvent(event)
            return
        completer.setCompletionPrefix(self.text())
        if completer.currentCompletion() in {"", self.text()}:
            completer.setCompletionPrefix("")
        completer.complete()


class MultilineField(Field[str]):
    """Some lines of text; Tab goes on to the next field."""

    def __init__(
        self,
        title: str,
        *,
        required: bool = False,
        most: int = 2000,
        lines: int = 3,
        hint: str = "",
    ) -> None:
        """`lines` is how many are in view."""
        super().__init__(title, required=required, hint=hint)
        self._most = most
        self._edit = TextArea()
        self._edit.refused.connect(self.refuse)
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * lines + 22)
        self._edit.textChanged.connect(self.changed)
        self.place(self._edit)
        self.settle()

    def value(self) -> str:
        """The text; too long and (when required) empty are refused, never cut."""
        text = clean_text(self._edit.toPlainText())
        if self.required and not text:
            msg = f"请填写{self.title}"
            raise ValueError(msg)
        if len(text) > self._most:
            msg = f"{self.title}最多 {self._most} 个字，现在有 {len(text)} 个"
            raise ValueError(msg)
        return text

    def set_value(self, value: str) -> None:
        """Show a text."""
        self._edit.setPlainText(value)
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self._edit.toPlainText()


class NumberField(Field["Decimal | None"]):
    """An exact number. In a field with the unit %, 95 and 95% are both ninety-five.

    A `share` of one reads in percent beside the field: 0.04 即 4%.
    """

    def __init__(
        self,
        title: str,
        *,
        unit: str = "",
        required: bool = False,
        least: Decimal | None = None,
        most: Decimal | None = None,
        places: int | None = None,
        share: bool = False,
        hint: str = "",
    ) -> None:
        """`least` and `most` are allowed themselves; `places` limits the decimals."""
        super().__init__(title, required=required, hint=hint)
        self._unit, self._least, self._most, self._places = unit, least, most, places
        self._line = QLineEdit()
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.textChanged.connect(self.changed)
        shown = QWidget()
        layout = QHBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line, 1)
        self._said = label(unit, "muted")
        self._said.setVisible(bool(unit))
        self._put_unit_in()
        if share:
            self._reading = label("", "muted")
            layout.addWidget(self._reading)
            self._line.textChanged.connect(self._read_out)
        self.place(self._line, shown)
        self.settle()

    def _put_unit_in(self) -> None:
        """The unit stands inside the line, so that fields below each other end alike."""
        self._said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self._line)
        inside.setContentsMargins(0, 0, _UNIT_GAP, 0)
        inside.addStretch(1)
        inside.addWidget(self._said)
        self._make_room()

    def _make_room(self) -> None:
        wide = self._said.sizeHint().width() + _UNIT_GAP // 2 if self._unit else 0
        self._line.setTextMargins(0, 0, wide, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room for the unit."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def value(self) -> Decimal | None:
        """The number; None when the field may be empty and is."""
        text = self._line.text().strip()
        if not text:
            if self.required:
                msg = f"请填写{self.title}"
                raise ValueError(msg)
            return None
        if self._unit == "%":
            text = text.rstrip("%％")
        number = parse_decimal(text)
        if self._least is not None and number < self._least:
            msg = f"{self.title}不能小于 {number_text(self._least)}{self._unit}"
            raise ValueError(msg)
        if self._most is not None and number > self._most:
            msg = f"{self.title}不能大于 {number_text(self._most)}{self._unit}"
            raise ValueError(msg)
        if self._places is not None and round(number, self._places) != number:
            msg = f"{self.title}最多 {self._places} 位小数"
            raise ValueError(msg)
        return number

    def set_value(self, value: Decimal | None) -> None:
        """Show a number."""
        self._line.setText("" if value is None else number_text(value))
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self._line.text()

    def _read_out(self, typed: str) -> None:
        """Say what is typed in percent; nothing while it is no number."""
        try:
            percent = parse_decimal(typed) * HUNDRED
        except ValueError:
            self._reading.setText("")
        else:
            self._reading.setText(f"即 {number_text(percent)}%")
