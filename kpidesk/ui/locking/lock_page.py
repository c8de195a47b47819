"""What stands in the window while it is locked: the program's name and a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from kpidesk.ui.errors import message_of
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.locking.waiting import Countdown
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Banner, Card, column, label, push_button, row
from kpidesk.usecases import users

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk

_BUSY = "还有工作没有做完，做完马上核对密码；请稍候。"
_WIDTH = 400
_PICTURE = 36


class LockPage(QWidget):
    """Nothing on it tells what is behind."""

    def __init__(
        self, desk: Desk, unlocked: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        """`unlocked` is called after the right password, `leave` ends the program."""
        super().__init__()
        self._desk, self._unlocked = desk, unlocked
        look = desk.look
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        picture.setPixmap(look.picture("lock", Tone.ACCENT, _PICTURE, ratio))
        self.banner = Banner(look)
        user = desk.company.user if desk.company is not None else None
        whose = "公司密码" if user is None else f"{user.name}的密码"
        self.password = PasswordField(whose, look=look)
        self.password.line.returnPressed.connect(self.try_it)
        self.button = push_button(look, "解锁", self.try_it, kind="primary")
        self._wait = Countdown(self, self._say, self.button.setEnabled)
        card = Card(
            "",
            row(picture, label("已锁定", "heading"), None, spacing=12),
            label("没填完的内容都在，解锁后接着做。", "muted", wrap=True),
            self.banner,
            self.password,
            row(push_button(look, "退出程序", leave, kind="link"), None, self.button),
        )
        card.setFixedWidth(_WIDTH)
        self.setLayout(column(None, row(None, card, None), None))

    def begin(self) -> None:
        """The cursor goes into the field."""
        self.password.setFocus()

    def refuse_to_leave(self) -> None:
        """Something typed would be lost."""
        self._say("还有没保存的内容，请先解锁，保存或放弃以后再退出。")

    def try_it(self) -> None:
        """Ask the worker, which has the file."""
        if self._wait.left > 0 or not self.button.isEnabled() or not self.password.check():
            return
        typed = self.password.value()
        self.button.setEnabled(False)
        self.banner.say(_BUSY if self._desk.tasks.pending else "", Tone.ACCENT)
        self._desk.ask(
            lambda company: users.unlock(company, password=typed),
            lambda _: self._unlocked(),
            self._doubt,
            owner=self,
        )

    def _doubt(self, problem: Exception) -> None:
        self.button.setEnabled(True)
        self.password.line.selectAll()
        if not self._wait.begin(problem):
            self._say(message_of(problem))

    def _say(self, text: str) -> None:
        self.banner.say(text, Tone.WARN)
