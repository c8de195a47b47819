"""A field for a password: dots, no history, and nothing of it in what was typed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from kpidesk.ui.forms.field import Field

if TYPE_CHECKING:
    from kpidesk.ui.look import Look


class PasswordField(Field[str]):
    """What is typed counts letter by letter, blanks too; pasting works."""

    def __init__(self, title: str, *, hint: str = "", look: Look | None = None) -> None:
        """Always to be filled in; with a `look` there is an eye that shows what was typed."""
        super().__init__(title, required=True, hint=hint)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        if look is not None:
            eye = self.line.addAction(
                look.icon("preview"), QLineEdit.ActionPosition.TrailingPosition
            )
            eye.setCheckable(True)
            eye.setToolTip("显示密码")
            eye.toggled.connect(self._show)
        self.line.textChanged.connect(self.changed)
        self.place(self.line)
        self.settle()

    def value(self) -> str:
        """The password; whether it is good enough, the use case says."""
        text = self.line.text()
        if not text:
            msg = f"请填写{self.title}"
            raise ValueError(msg)
        return text

    def set_value(self, value: str) -> None:
        """Show a password, as dots."""
        self.line.setText(value)
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self.line.text()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.line.setEchoMode(mode.Normal if shown else mode.Password)
