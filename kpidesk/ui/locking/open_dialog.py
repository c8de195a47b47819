"""The dialog that opens an encrypted company file: by its password, or by the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import Form, TextField
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.locking.waiting import Countdown
from kpidesk.ui.widgets import label, push_button
from kpidesk.usecases import company as company_cases
from kpidesk.usecases import users
from kpidesk.usecases.locking import Unlock, asks_name
from kpidesk.usecases.opening import Trouble, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company

_LONGEST_CODE = 120
_LAST = "users/last"  # as the dialog to sign in remembers it


class OpenDialog(SavingDialog):
    """Asks until it opens, or is cancelled."""

    chapter = "加密与密码"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        path: Path,
        opened: Callable[[Company, str, str], object],
        failed: Callable[[Exception, Unlock], object],
    ) -> None:
        """`opened` gets the company, the officer, and the recovery code where that opened it.

        `failed` gets what stands in the way although the password is right, and the password.
        """
        form = Form(desk.look)
        form.add_widget(label(f"“{path.stem}”已加密。", "heading", wrap=True))
        self._asks_name = asks_name(path)
        self._name = form.add(TextField("姓名", hint="用公司密码打开的，空着不填"))
        self._name.setVisible(self._asks_name)
        self._name.set_value(desk.settings.text(_LAST) if self._asks_name else "")
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
        super().__init__(desk, parent, "打开加密的公司文件", form, save="打开", width=460)
        self._path, self._opened, self._failed = path, opened, failed
        self._by_code = True
        self._wait = Countdown(self, form.refuse, self.accept_button.setEnabled)
        self._turn()

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Try on the worker: a password takes a moment on purpose."""
        path, unlock = self._path, self._unlock()

        def work() -> tuple[Company, str]:
            company = company_cases.open_company(path, unlock)
            if unlock.name and company.has_users:
                users.sign_in_by_name(company, unlock.name, password=unlock.password)
            user = company.user
            return company, user.name if user is not None else company_cases.officer_of(company)

        self.desk.tasks.run(work, done, failed, owner=self)

    def _unlock(self) -> Unlock:
        if self._by_code:
            return Unlock(code=self._code.value())
        return Unlock(self._password.value(), self._name.value() if self._asks_name else "")

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - the pair that `start` made
        """Show the company."""
        if self._asks_name and not self._by_code:
            self.desk.settings.put_text(_LAST, self._name.value())
        company, officer = outcome
        self._opened(company, officer, self._code.value() if self._by_code else "")

    @property
    def is_dirty(self) -> bool:
        """A password is no work that could be lost."""
        return False

    def _fail(self, problem: Exception) -> None:
        self._set_saving(saving=False)
        if trouble_of(problem) is not Trouble.OTHER:  # opened, but for another reason it cannot be
            self.reject()
            self._failed(problem, self._unlock())
            return
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
        self._switch.setText("用密码打开" if self._by_code else "忘记密码，用恢复码打开")
        (self._code if self._by_code else self._password).setFocus()
        self.fit()

    def accept(self) -> None:
        """Nothing is tried while one has to wait."""
        if self._wait.left <= 0 or self._by_code:
            super().accept()
