"""Three steps to a recovery code: a password, the code on paper, two groups of it typed again.

For a file that is encrypted now, and for one that gets another code.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QFrame, QGridLayout, QStackedWidget, QWidget

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.recovery_code import check_group, clean_group
from kpidesk.core.users import check_password
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import Form, TextField
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.locking.passwords import NewPassword
from kpidesk.ui.locking.waiting import Countdown
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import column, label, push_button, row
from kpidesk.usecases import locking

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.look import Look
    from kpidesk.usecases.company import Company

_IN_A_ROW: Final = 4
_ASKED: Final = 2
_ROOM: Final = 60
_ABOUT: Final = (
    "加密以后，没有密码就打不开公司文件，备份也一样；丢了电脑、U 盘，别人也看不到薪酬和评分。"
    "密码请不要写在电脑旁边。程序里没有后门：密码和恢复单都没有了，谁也打不开。"
)
_RENEW: Final = (
    "恢复单丢了、被人看过或拍过，就换一个恢复码：整个文件用新的密钥重新加密，旧恢复单从此打不开它。"
    "以前的备份仍用旧恢复单打开。有自己密码的用户，之后要请人事专员重设一次密码。"
)
_KEEP: Final = (
    "请打印恢复单（建议两份），核对清楚后封好，锁进保险柜，不要和电脑放在一起。"
    "忘记密码时只有它能打开文件。"
)
_SURE: Final = "请看着打印出来的恢复单，输入下面两组，确认已经打印好、看得清。"


class CodeDialog(Dialog):
    """加密公司文件, or 更换恢复码."""

    chapter = "加密与密码"

    def __init__(
        self, desk: Desk, parent: QWidget, done: Callable[[], object], *, renew: bool = False
    ) -> None:
        """`done` is called when the file is encrypted by the code."""
        title = "更换恢复码" if renew else "加密公司文件"
        super().__init__(parent, title, width=560)
        self._parent = parent
        self._desk, self._done, self._renew = desk, done, renew
        self.code = locking.new_code()
        self.asked = sorted(secrets.SystemRandom().sample(range(len(self.code)), _ASKED))
        self._steps = QStackedWidget()
        self._first = Form(desk.look)
        self._first.add_widget(label(_RENEW if renew else _ABOUT, wrap=True))
        if renew:
            self.password = self._first.add(PasswordField("公司密码", look=desk.look))
        else:
            self.new = NewPassword(desk.look, self._first, "公司密码")
            self.password = self.new.first
        self._last = Form(desk.look)
        self._last.add_widget(label(_SURE, wrap=True))
        self.groups = [
            self._last.add(TextField(f"第 {place + 1} 组", required=True, most=12), half=True)
            for place in self.asked
        ]
        self._last.add_widget(
            push_button(desk.look, "再看一遍恢复码", lambda: self._go(1), kind="link")
        )
        self._where = label("", "muted")
        for step in (self._first, self._show_code(desk.look), self._last):
            self._steps.addWidget(step)
        self.body.addWidget(self._where)
        self.body.addWidget(self._steps, 1)
        self.add_buttons("下一步")
        self._wait = Countdown(self, self._first.refuse, self.accept_button.setEnabled)
        self._go(0)

    def accept(self) -> None:
        """On to the next step; at the last one, encrypt."""
        if not self.accept_button.isEnabled():
            return
        step = self._steps.currentIndex()
        if step == 0:
            self._leave_first()
        elif step == 1:
            self._go(2)
        elif self._is_copied():
            self._encrypt()

    def print_sheet(self) -> DocumentDialog:
        """The sheet, to be looked at and printed."""
        code, today = self.code, self._desk.today
        dialog = DocumentDialog(
            self._desk,
            self,
            "恢复单",
            lambda company: locking.sheet_of_code(company, code, today=today),
        )
        room = self._parent.window().size()
        dialog.resize(dialog.width(), max(dialog.height(), room.height() - _ROOM))
        dialog.open()
        return dialog

    def _show_code(self, look: Look) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        for place, group in enumerate(self.code):
            text = label(group, "heading")
            text.setAccessibleName(f"恢复码第 {place + 1} 组")
            part = column(label(f"第 {place + 1} 组", "muted"), text, spacing=2)
            grid.addLayout(part, place // _IN_A_ROW, place % _IN_A_ROW)
        frame = QFrame()
        frame.setProperty("kind", "card")
        frame.setLayout(grid)
        grid.setContentsMargins(18, 14, 18, 14)
        self.print_button = button = push_button(
            look, "打印恢复单…", self.print_sheet, icon="print"
        )
        shown = QWidget()
        shown.setLayout(column(label(_KEEP, wrap=True), frame, row(button, None), None, spacing=12))
        return shown

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self._where.setText(f"第 {step + 1} 步，共 {self._steps.count()} 步")
        last = "更换恢复码" if self._renew else "加密"
        self.accept_button.setText(last if step == self._steps.count() - 1 else "下一步")
        (self.password, self.print_button, self.groups[0])[step].setFocus()

    def _leave_first(self) -> None:
        if not self._first.check():
            return
        typed = self.password.value()
        if not self._renew:
            company = self._desk.company
            try:
                check_password(typed, "" if company is None else company.name)
            except InvalidValueError as problem:
                self.password.refuse(str(problem))
                self.password.setFocus()
                return
            if self.new.agree():
                self._go(1)
            return
        self._wait_for(working=True)
        self._desk.ask(
            lambda company: locking.check_secret(company, typed),
            lambda _: self._believe(),
            self._doubt,
            owner=self,
        )

    def _believe(self) -> None:
        self._wait_for(working=False)
        self._go(1)

    def _doubt(self, problem: Exception) -> None:
        self._wait_for(working=False)
        if not self._wait.begin(problem):
            self._first.refuse(message_of(problem))

    def _is_copied(self) -> bool:
        """Whether both groups are those on the paper."""
        if not self._last.check():
            return False
        for place, field in zip(self.asked, self.groups, strict=True):
            typed = clean_group(field.value())
            try:
                check_group(typed, place)
            except InvalidValueError as problem:
                field.refuse(str(problem))
                field.setFocus()
                return False
            if typed != self.code[place]:
                field.refuse("这一组与恢复单上的不一样")
                field.setFocus()
                return False
        return True

    def _encrypt(self) -> None:
        password, code = self.password.value(), self.code
        actor, today, renew = self._desk.officer, self._desk.today, self._renew

        def work(company: Company) -> Any:  # noqa: ANN401 - Changes, which the desk announces
            case = locking.renew_code if renew else locking.encrypt
            return case(company, password=password, code=code, actor=actor, today=today)

        self._wait_for(working=True)
        self._where.setText("正在加密整个文件，请稍候，不要关闭电脑…")
        self._desk.act(work, self._succeed, self._fail, owner=self)

    def _succeed(self, _: object) -> None:
        super().accept()
        self._desk.tell("恢复码已更换" if self._renew else "公司文件已加密")
        self._done()

    def _fail(self, problem: Exception) -> None:
        self._wait_for(working=False)
        self._go(2)
        self._last.refuse(message_of(problem))

    def _wait_for(self, *, working: bool) -> None:
        self.accept_button.setEnabled(not working)
        if self.reject_button is not None:
            self.reject_button.setEnabled(not working)

    def reject(self) -> None:
        """Not while it is being encrypted: closing the dialog would not stop that."""
        if self.reject_button is None or self.reject_button.isEnabled():
            super().reject()
