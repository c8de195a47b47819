"""设置 → 加密与密码: whether the file is encrypted, and everything about its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.locking import passwords
from kpidesk.ui.locking.code_dialog import CodeDialog
from kpidesk.ui.locking.copies_dialog import look_for_copies
from kpidesk.ui.locking.screen import IDLE_MINUTES, idle_minutes, put_idle_minutes
from kpidesk.ui.widgets import Card, column, label, push_button, row
from kpidesk.usecases import locking

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk

_PLAIN = (
    "没有加密：谁拿到公司文件或备份，都能打开它。笔记本电脑、U 盘、多人共用的电脑上，建议加密。"
)
_LOCKED = "已加密：打开公司文件和它的备份都要输入密码。忘记密码时，用恢复单上的恢复码打开。"


class LockCard(Card):
    """Offers what there is to do in the state that the file is in."""

    def __init__(self, desk: Desk) -> None:
        """Call `refresh` when the page is shown."""
        super().__init__("加密与密码")
        self._desk = desk
        look = desk.look
        self.state = label("", wrap=True)
        self.encrypt_button = push_button(look, "加密公司文件…", self._encrypt, icon="lock")
        self.change_button = push_button(look, "修改公司密码…", self._change)
        self.sheet_button = push_button(look, "打印恢复单…", self._print, icon="print")
        self.renew_button = push_button(look, "更换恢复码…", self._renew)
        self.copies_button = push_button(look, "加密之前的备份…", self._copies)
        self.decrypt_button = push_button(look, "取消加密…", self._decrypt)
        self.idle = ChoiceField(
            "离开后自动锁定",
            [(one, f"{one} 分钟没有操作" if one else "不自动锁定") for one in IDLE_MINUTES],
            required=True,
            hint="锁定后窗口里什么都看不到，输入密码才能继续；没填完的内容都在。Ctrl+L 马上锁定",
        )
        self.idle.changed.connect(lambda: put_idle_minutes(desk.settings, self.idle.chosen()))
        self._plain = QWidget()
        self._plain.setLayout(row(self.encrypt_button, None))
        self._locked = QWidget()
        self._locked.setLayout(
            column(
                row(self.change_button, self.sheet_button, self.renew_button, None),
                row(self.copies_button, self.decrypt_button, None),
                spacing=10,
            )
        )
        for part in (self.state, self._plain, self._locked, self.idle):
            self.body.addWidget(part)
        desk.only_if(
            "locking.changing.encrypt",
            self.encrypt_button,
            self.change_button,
            self.sheet_button,
            self.renew_button,
            self.copies_button,
            self.decrypt_button,
        )

    def refresh(self) -> None:
        """Show the state of the file that is open."""
        company = self._desk.company
        if company is None:
            return
        is_encrypted = locking.how_locked(company).is_encrypted
        self.state.setText(_LOCKED if is_encrypted else _PLAIN)
        self._plain.setVisible(not is_encrypted)
        self._locked.setVisible(is_encrypted)
        self.idle.setVisible(is_encrypted or company.has_users)
        self.idle.set_value(idle_minutes(self._desk.settings))

    def _encrypt(self) -> None:
        CodeDialog(self._desk, self.window(), self._encrypted).open()

    def _encrypted(self) -> None:
        self.refresh()
        look_for_copies(self._desk, self.window())

    def _change(self) -> None:
        passwords.change_password(self._desk, self.window())

    def _print(self) -> None:
        passwords.print_sheet(self._desk, self.window())

    def _renew(self) -> None:
        CodeDialog(self._desk, self.window(), self.refresh, renew=True).open()

    def _copies(self) -> None:
        look_for_copies(self._desk, self.window(), say_none=True)

    def _decrypt(self) -> None:
        passwords.decrypt(self._desk, self.window(), self.refresh)
