"""The dialog that asks for what opens an encrypted file: a password, or the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import Form, TextField
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.locking.waiting import Countdown
from kpidesk.ui.widgets import label, push_button
from kpidesk.usecases.locking import Unlock, asks_name

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_LONGEST_CODE = 120
LAST = "users/last"  # as the dialog to sign in remembers it


class UnlockDialog(SavingDialog):
    """Asks until it opens, or is cancelled; what is done with it is the concern of `start`."""

    chapter = "加密与密码"

    def __init__(
        self, desk: Desk, parent: QWidget, path: Path, *, title: str, about: str, save: str
    ) -> None:
        """`about` says what the password is for, `save` is the word on the button."""
        form = Form(desk.look)
        for number, line in enumerate(about.splitlines()):
            form.add_widget(label(line, "muted" if number else "heading", wrap=True))
        self._asks_name = asks_name(path)
        self._name = form.add(TextField("姓名", hint="用公司密码打开的，空着不填"))
        self._name.setVisible(self._asks_name)
        self._name.set_value(desk.settings.text(LAST) if self._asks_name else "")
        self._password = form.add(PasswordField("密码", look=desk.look))
        self._code = form.add(
            TextField(
                "恢复码",
                required=True,
                most=_LONGEST_CODE,
                hint="恢复单上的八组字符，中间有没有空格都可以",
            )
        )
        self._switch = push_button(desk.look, "", self._turn, kind="link")
        form.add_widget(self._switch)
        self._code.hide()
        super().__init__(desk, parent, title, form, save=save, width=460)
        self._by_code = True
        self._wait = Countdown(self, form.refuse, self.accept_button.setEnabled)
        self._turn()

    def unlock(self) -> Unlock:
        """What was typed."""
        if self._by_code:
            return Unlock(code=self._code.value())
        return Unlock(self._password.value(), self._name.value() if self._asks_name else "")

    @property
    def is_dirty(self) -> bool:
        """A password is no work that could be lost."""
        return False

    def accept(self) -> None:
        """Nothing is tried while one has to wait."""
        if self._wait.left <= 0 or self._by_code:
            super().accept()

    def _fail(self, problem: Exception) -> None:
        self._set_saving(saving=False)
        if not self._wait.begin(problem):
            self.form.refuse(message_of(problem))
        self._password.line.selectAll()
        self.fit()

    def _turn(self) -> None:
        """From the password to the code and back."""
        self._by_code = not self._by_code
        for field, wanted in (
            (self._code, self._by_code),
            (self._name, not self._by_code and self._asks_name),
            (self._password, not self._by_code),
        ):
            field.setVisible(wanted)
            field.setEnabled(wanted)
        self.accept_button.setEnabled(self._by_code or self._wait.left <= 0)
        self._switch.setText("用密码打开" if self._by_code else "忘记密码，用恢复码打开")
        (self._code if self._by_code else self._password).setFocus()
        self.fit()
