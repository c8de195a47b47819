"""A field for a formula: names are offered as one types, mistakes are marked at their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCompleter, QTextEdit

from kpidesk.core.editing.formulas import formula_at, names_for, problems_at
from kpidesk.core.formula.words import quoted
from kpidesk.core.typed import clean_text
from kpidesk.ui.forms import Field
from kpidesk.ui.widgets import TextArea

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from kpidesk.core.editing.places import Path
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look

_WORD = re.compile(r"[^\s+\-−*×/÷%()（）,，;；<>＜＞=≥≤≠“”\"'。]+$")
_LINES = 3
_POPUP_WIDTH = 260
_HINT = "名称打几个字就有提示；可用 + − × ÷、如果(…)、最大(…)、最小(…)、四舍五入(…)"


class FormulaEdit(TextArea):
    """Offers the names that the formula may use."""

    def __init__(self) -> None:
        """Without names."""
        super().__init__()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 22)
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer.activated.connect(self._insert)

    def set_names(self, names: tuple[str, ...]) -> None:
        """The names to offer."""
        if list(names) != self._names.stringList():
            self._names.setStringList(names)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list of names takes Enter, Esc and Tab while it is open."""
        if self.completer.popup().isVisible() and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
        ):  # fmt: skip
            event.ignore()
            return
        super().keyPressEvent(event)

    def offer(self) -> None:
        """Show the names that hold what stands before the cursor."""
        word = self._word()
        if not word or not self.hasFocus():
            self.completer.popup().hide()
            return
        self.completer.setCompletionPrefix(word)
        found = self.completer.completionCount()
        if not found or (found == 1 and self.completer.currentCompletion() == word):
            self.completer.popup().hide()
            return
        place = self.cursorRect()
        place.setWidth(_POPUP_WIDTH)
        self.completer.complete(place)

    def _word(self) -> str:
        cursor = self.textCursor()
        found = _WORD.search(cursor.block().text()[: cursor.positionInBlock()])
        return found[0] if found else ""

    def _insert(self, name: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._word())
        )
        cursor.insertText(quoted(name))
        self.setTextCursor(cursor)


class FormulaField(Field[str]):
    """The text is kept even while it is wrong: the check-up says so, and it cannot be published."""

    def __init__(self, look: Look, title: str, scheme: Callable[[], Scheme], path: Path) -> None:
        """`scheme` gives the draft in which the formula stands at `path`."""
        super().__init__(title, required=True, hint=_HINT)
        self._look, self._scheme, self._path = look, scheme, path
        self.edit = FormulaEdit()
        self.edit.refused.connect(self.refuse)
        self.edit.textChanged.connect(self._typed)
        self.place(self.edit)
        self.settle()

    def value(self) -> str:
        """The formula in one line; refused when it is empty."""
        text = " ".join(clean_text(self.edit.toPlainText()).split())
        if not text:
            msg = f"请填写{self.title}"
            raise ValueError(msg)
        return text

    def set_value(self, value: str) -> None:
        """Show a formula."""
        self.edit.setPlainText(value)
        self.settle()
        self.look()

    def raw(self) -> object:
        """What is typed."""
        return self.edit.toPlainText()

    def look(self) -> None:
        """Say what is wrong, and mark where."""
        scheme = self._scheme()
        place = formula_at(scheme, self._path)
        self.edit.set_names(names_for(place))
        text = self.edit.toPlainText()
        problems = problems_at(scheme, place, text) if text.strip() else ()
        self.edit.setExtraSelections([self._mark(one.at) for one in problems])
        if problems:
            self.refuse(str(problems[0]))

    def _typed(self) -> None:
        self.changed.emit()
        self.look()
        self.edit.offer()

    def _mark(self, at: int) -> QTextEdit.ExtraSelection:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self._look.tokens.bad.ink)
        cursor = QTextCursor(self.edit.document())
        cursor.setPosition(min(at, max(0, len(self.edit.toPlainText()) - 1)))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, wave  # type: ignore[attr-defined]  # not in the stubs
        return mark
