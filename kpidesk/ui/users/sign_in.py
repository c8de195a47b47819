"""The dialog before a company file with users: who sits here, and their password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Banner, label
from kpidesk.usecases import users

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.users import User, UserId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.users import Candidate

_LAST = "users/last"
_WIDTH = 420


class SignInDialog(Dialog):
    """Asks until the password is right, or until it is left; wrong ones make one wait."""

    chapter = "用户与权限"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        signed_in: Callable[[Company, User], object],
        *,
        leave: str,
    ) -> None:
        """`signed_in` gets who it is; `leave` is the word on the button that goes back."""
        super().__init__(parent, "登录", width=_WIDTH)
        self.desk, self._signed_in = desk, signed_in
        self.banner = Banner(desk.look)
        self.who: ChoiceField[UserId] = ChoiceField("用户", (), required=True)
        self.password = PasswordField("密码")
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._count)
        if desk.company is not None:
            self.body.addWidget(label(desk.company.name, "heading", wrap=True))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.who)
        self.body.addWidget(self.password)
        self.add_buttons("登录", reject=leave)
        self.who.changed.connect(self._other)
        desk.ask(users.who_may_sign_in, self._offer, owner=self)

    def _offer(self, known: Sequence[Candidate]) -> None:
        self.who.set_options([(one.id, f"{one.name}（{one.role.text}）") for one in known])
        last = self.desk.settings.text(_LAST)
        self.who.set_value(next((one.id for one in known if one.name == last), known[0].id))
        self.password.setFocus()

    def _other(self) -> None:
        """Everybody waits for their own mistakes only."""
        self._seconds = 0
        self._count()
        self.password.set_value("")

    def accept(self) -> None:
        """Try the password."""
        if not self.accept_button.isEnabled() or not self.password.check():
            return
        self.accept_button.setEnabled(False)
        user, password = self.who.chosen(), self.password.value()
        self.desk.ask(
            lambda company: (company, users.sign_in(company, user, password=password)),
            lambda found: self._succeed(*found),
            self._fail,
            owner=self,
        )

    def _succeed(self, company: Company, user: User) -> None:
        self.desk.settings.put_text(_LAST, user.name)
        super().accept()
        self._signed_in(company, user)

    def _fail(self, problem: Exception) -> None:
        self.password.set_value("")
        self._seconds = problem.wait if isinstance(problem, users.WrongPasswordError) else 0
        self.banner.say(message_of(problem), Tone.WARN)
        self.accept_button.setEnabled(self._seconds == 0)
        if self._seconds:
            self._clock.start()
        self.password.setFocus()

    @Slot()
    def _count(self) -> None:
        """A second is over; the last one makes way for another try."""
        self._seconds = max(self._seconds - 1, 0)
        self.accept_button.setEnabled(self._seconds == 0)
        if self._seconds:
            self.banner.say(f"密码不对，请 {self._seconds} 秒后再试", Tone.WARN)
        else:
            self._clock.stop()
            self.banner.say("")


def ask_who(
    desk: Desk, window: QWidget, *, left: Callable[[], object] | None = None
) -> SignInDialog:
    """Let somebody sign in: the pages are theirs then. `left`: nobody did."""

    def signed_in(company: Company, user: User) -> None:
        desk.set_company(company, user.name)
        desk.tell(f"{user.name}（{user.role.text}）已登录")

    dialog = SignInDialog(desk, window, signed_in, leave="取消" if left is None else "关闭文件")
    if left is not None:
        dialog.rejected.connect(left)
    dialog.open()
    return dialog
