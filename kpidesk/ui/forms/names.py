"""Names of several people in one line: each found by a part of it, others may be typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from kpidesk.core.typed import clean_text
from kpidesk.ui.forms.field import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_BETWEEN = re.compile(r"[、,，;；]+")
_MARK: Final = "、"
_SHOWN: Final = 12
_WORDS: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class NameChoice:
    """A name to choose: how the list shows it, and the words that only it is found by."""

    name: str
    shown: str
    words: str


class NamesField(Field[tuple[str, ...]]):
    """Typing offers who is meant, Enter takes the marked one, ↓ opens the whole list."""

    def __init__(
        self,
        title: str,
        *,
        required: bool = False,
        most: int = 200,
        hint: str = "",
        example: str = "",
    ) -> None:
        """`most`: how many characters all names together take."""
        super().__init__(title, required=required, hint=hint)
        self._most = most
        self._named: dict[str, str] = {}
        self._line = _Line()
        self._line.setPlaceholderText(example)
        self._line.textChanged.connect(self.changed)
        self._line.textEdited.connect(lambda _: self._offer(self._part()))
        self._line.all_asked.connect(lambda: self._offer("", even_all=True))
        # The completer of a line of its own would put in what is only marked in the list.
        self._completer = QCompleter(self)
        self._completer.setWidget(self._line)
        self._completer.setCompletionRole(_WORDS)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated.connect(self._take)
        self.place(self._line)
        self.settle()

    def offer(self, choices: Sequence[NameChoice]) -> None:
        """The names to choose from, in the order of the list."""
        self._named = {one.words: one.name for one in choices}
        model = QStandardItemModel(len(choices), 1, self._completer)
        for number, one in enumerate(choices):
            item = QStandardItem(one.shown)
            item.setData(one.words, _WORDS)
            model.setItem(number, item)
        self._completer.setModel(model)

    def value(self) -> tuple[str, ...]:
        """The names; one that is written twice, too long and (when required) none are refused."""
        names = self._names()
        if self.required and not names:
            msg = f"请填写{self.title}"
            raise ValueError(msg)
        if twice := [one for one in names if names.count(one) > 1]:
            msg = f"“{twice[0]}”写了两次，请去掉一个"
            raise ValueError(msg)
        if (length := len(_MARK.join(names))) > self._most:
            msg = f"{self.title}最多 {self._most} 个字，现在有 {length} 个"
            raise ValueError(msg)
        return names

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not self._names()

    def set_value(self, value: Sequence[str]) -> None:
        """Show these names."""
        self._line.setText(_MARK.join(value))
        self.settle()

    def write(self, names: Sequence[str]) -> None:
        """Put other names in, as if they were typed."""
        self._line.setText(_MARK.join(names))

    def raw(self) -> object:
        """The names as typed."""
        return self._names()

    def _names(self) -> tuple[str, ...]:
        parts = (clean_text(one) for one in _BETWEEN.split(self._line.text()))
        return tuple(one for one in parts if one)

    def _part(self) -> str:
        """What is typed of the name at the cursor."""
        return _BETWEEN.split(self._line.text()[: self._line.cursorPosition()])[-1].strip()

    def _offer(self, part: str, *, even_all: bool = False) -> None:
        completer = self._completer
        completer.setCompletionPrefix(part)
        if not (part or even_all) or not completer.completionCount():
            completer.popup().hide()
            return
        completer.complete()
        found = completer.completionModel()
        places = [found.index(row, 0) for row in range(completer.completionCount())]
        best = next((one for one in places if self._named[one.data(_WORDS)] == part), places[0])
        completer.popup().setCurrentIndex(best)

    def _take(self, words: str) -> None:
        """The chosen name in place of what was typed of it; the next may be typed."""
        text, place = self._line.text(), self._line.cursorPosition()
        before, after = text[:place], text[place:].lstrip(_MARK)
        part = _BETWEEN.split(before)[-1]
        kept = before[: len(before) - len(part)]
        name = self._named[words]
        self._line.setText(f"{kept}{name}{_MARK}{after}")
        self._line.setCursorPosition(len(kept) + len(name) + 1)


class _Line(QLineEdit):
    """↓ asks for the whole list."""

    all_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a line be opened as a list is."""
        if event.key() == Qt.Key.Key_Down:
            self.all_asked.emit()
        else:
            super().keyPressEvent(event)
