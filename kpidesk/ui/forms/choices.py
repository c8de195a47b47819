"""Fields to choose in: one of several, yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter

from kpidesk.ui.forms.field import Field, T
from kpidesk.ui.text import menu_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QLineEdit

_HEIGHT = 34  # as high as a line to type in


class ChoiceField(Field["T | None"], Generic[T]):
    """One of several values; a long list can be searched by typing a part of a text."""

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[T, str]],
        *,
        required: bool = False,
        searchable: bool = False,
        none: str = "",
        hint: str = "",
    ) -> None:
        """`none` is the text of choosing nothing; without it the first option is chosen."""
        super().__init__(title, required=required, hint=hint)
        self._none = none
        self._options: list[tuple[T | None, str]] = []
        self._box = _Box()
        self._box.setMaxVisibleItems(16)
        self._box.setMinimumHeight(_HEIGHT)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        if searchable:
            self._box.setEditable(True)
            # A line that we made ourselves would be drawn with the frame of one that stands alone.
            line = cast("QLineEdit", self._box.lineEdit())
            line.editingFinished.connect(self._complete)
            self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(self._box.model(), self._box)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            self._box.setCompleter(completer)
            self._box.currentTextChanged.connect(self.changed)
        self._box.currentIndexChanged.connect(self.changed)
        self.place(self._box)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[T, str]]) -> None:
        """Offer other values; the chosen one stays when it is still among them."""
        index = self._box.currentIndex()
        chosen = self._options[index][0] if 0 <= index < len(self._options) else None
        self._options = [(None, self._none)] if self._none else []
        self._options += options
        self._box.blockSignals(True)
        self._box.clear()
        self._box.addItems([text for _, text in self._options])
        self._box.blockSignals(False)
        self._pick(chosen)
        self.settle()

    def value(self) -> T | None:
        """The chosen value; None for nothing. Text that matches no option is refused."""
        text = self._box.currentText().strip()
        index = self._box.currentIndex()
        if self._box.isEditable() and (index < 0 or self._options[index][1] != text):
            index = self._meant(text)
            if index < 0 and text:
                msg = f"{self.title}中没有“{text}”，请从列表中选择"
                raise ValueError(msg)
        chosen = self._options[index][0] if index >= 0 else None
        if chosen is None and self.required:
            msg = f"请选择{self.title}"
            raise ValueError(msg)
        return chosen

    def chosen(self) -> T:
        """The value of a required field that has passed `check`."""
        value = self.value()
        if value is None:
            msg = f"请选择{self.title}"
            raise ValueError(msg)
        return value

    def set_value(self, value: T | None) -> None:
        """Choose a value."""
        self._pick(value)
        self.settle()

    def raw(self) -> object:
        """What is shown as chosen."""
        return self._box.currentText()

    def _complete(self) -> None:
        """Show whole what was typed in part."""
        index = self._meant(self._box.currentText().strip())
        if index >= 0:
            self._box.setCurrentIndex(index)

    def _meant(self, text: str) -> int:
        """The option that was typed, whole or a part that only it has; -1 for none."""
        known = [option for _, option in self._options]
        if text in known:
            return known.index(text)
        holding = [number for number, option in enumerate(known) if text and text in option]
        return holding[0] if len(holding) == 1 else -1

    def _pick(self, value: T | None) -> None:
        places = (n for n, (known, _) in enumerate(self._options) if known == value)
        default = 0 if self._options and (self._none or not self.required) else -1
        self._box.setCurrentIndex(next(places, default))


class _Box(QComboBox):
    """Turning the wheel scrolls the page below: it must not choose something unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class CheckField(Field[bool]):
    """Yes or no: the words stand beside the box."""

    def __init__(self, title: str, *, hint: str = "") -> None:
        """Unticked."""
        super().__init__("", hint=hint)
        self._name.hide()
        self.title = title
        self._box = QCheckBox(menu_text(title))
        self._box.toggled.connect(self.changed)
        self.place(self._box)
        self.settle()

    def value(self) -> bool:
        """True when ticked."""
        return self._box.isChecked()

    def set_value(self, value: bool) -> None:
        """Tick or untick."""
        self._box.setChecked(value)
        self.settle()

    def raw(self) -> object:
        """The tick."""
        return self._box.isChecked()
