"""One of a few, side by side: sections of a page, states to filter by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from kpidesk.ui.text import menu_text


class ChoiceBar(QWidget):
    """Exactly one is chosen; `chosen` carries its number from 0 when another one is."""

    chosen = Signal(int)

    def __init__(self, *names: str) -> None:
        """The first is chosen."""
        super().__init__()
        self._texts: list[str] = []
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._tell)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addStretch(1)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """One more at the end."""
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("kind", "nav")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        number = len(self._texts)
        self._texts.append(name)
        self._group.addButton(button, number)
        self._layout.insertWidget(number, button)
        self.rename(number, name)
        button.setChecked(number == 0)

    def rename(self, number: int, name: str) -> None:
        """Another name for one of them."""
        self._texts[number] = name
        button = self._group.button(number)
        button.setText(menu_text(name))
        button.setAccessibleName(name)

    def choose(self, number: int) -> None:
        """Choose one by its number."""
        self._group.button(number).setChecked(True)

    @property
    def current(self) -> int:
        """The number of the chosen one."""
        return self._group.checkedId()

    @property
    def texts(self) -> tuple[str, ...]:
        """All names, in order."""
        return tuple(self._texts)

    def _tell(self, number: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(number)
