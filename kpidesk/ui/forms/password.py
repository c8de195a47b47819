"""A field for a password: dots, and an eye that shows them for as long as it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from kpidesk.ui.forms.field import Field

if TYPE_CHECKING:
    from kpidesk.ui.look import Look

_MOST = 128


class PasswordField(Field[str]):
    """Blanks count, pasting is allowed, nothing is remembered."""

    def __init__(self, look: Look, title: str, *, required: bool = True, hint: str = "") -> None:
        """Empty."""
        super().__init__(title, required=required, hint=hint)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(_MOST)
        eye = self.line.addAction(look.icon("preview"), QLineEdit.ActionPosition.TrailingPosition)
        eye.setCheckable(True)
        eye.setToolTip("显示密码")
        eye.toggled.connect(self._show)
        self.line.textChanged.connect(self.changed)
        self.place(self.line)
        self.settle()

    def value(self) -> str:
        """What was typed."""
        if self.required and not self.line.text():
            msg = f"请输入{self.title}"
            raise ValueError(msg)
        return self.line.text()

    def set_value(self, value: str) -> None:
        """Clear it, mostly."""
        self.line.setText(value)
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self.line.text()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if shown else mode.Password)
