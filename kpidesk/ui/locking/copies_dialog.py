"""Earlier backups that everybody can still read: encrypt them, delete them, or leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from kpidesk.ui.dialogs import Dialog, confirm, show_message
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import label, push_button, row
from kpidesk.usecases import locking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.locking import PlainCopy

_TALL = 180
_ABOUT = (
    "下面这些备份是加密之前做的，没有加密：谁拿到都能打开。"
    "建议加密，以后用现在的密码或恢复码打开；也可以删除。"
    "复制到别处（U 盘、邮件、同步盘）的，程序找不到，请自己处理。"
)


class CopiesDialog(Dialog):
    """What was found, and what shall become of it."""

    chapter = "加密与密码"

    def __init__(self, desk: Desk, parent: QWidget, copies: Sequence[PlainCopy]) -> None:
        """`copies` is not empty."""
        super().__init__(parent, "加密之前的备份", width=620)
        self._desk, self._parent = desk, parent
        self._paths = [one.path for one in copies]
        self.body.addWidget(label(f"找到 {len(copies)} 份没有加密的备份", "heading"))
        self.body.addWidget(label(_ABOUT, wrap=True))
        self.shown = QPlainTextEdit(
            "\n".join(f"{one.written:%Y-%m-%d %H:%M}　{one.path}" for one in copies)
        )
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName("没有加密的备份")
        self.shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.shown.setMinimumHeight(_TALL)
        self.body.addWidget(self.shown, 1)
        self.delete_button = push_button(desk.look, "删除这些备份…", self._ask_delete)
        self.delete_button.setAutoDefault(False)
        self.body.addLayout(row(self.delete_button, None))
        self.add_buttons("加密这些备份", reject="保留原样")

    def accept(self) -> None:
        """Encrypt them on the worker."""
        paths = self._paths

        def work(company: Company, progress: Progress) -> dict[Path, str]:
            return locking.encrypt_copies(company, paths, progress=progress)

        super().accept()
        self._desk.act_long("正在加密旧备份", work, lambda failed: self._tell(failed, "加密"))

    def _ask_delete(self) -> None:
        confirm(
            self._desk,
            self,
            title=f"删除 {len(self._paths)} 份备份？",
            text="删除后不能恢复。公司文件本身不受影响；之后请马上做一次新备份。",
            action="删除",
            danger=True,
            then=self._delete,
        )

    def _delete(self) -> None:
        paths = self._paths
        self.reject()
        self._desk.ask(
            lambda _: locking.delete_copies(paths), lambda failed: self._tell(failed, "删除")
        )

    def _tell(self, failed: dict[Path, str], what: str) -> None:
        done = len(self._paths) - len(failed)
        if not failed:
            self._desk.tell(f"已{what} {done} 份旧备份")
            return
        said = "\n".join(f"{path.name}：{why}" for path, why in failed.items())
        text = f"{what}了 {done} 份，以下 {len(failed)} 份没有成功：\n{said}"
        show_message(self._desk, self._parent, f"有的备份没有{what}", text, Tone.WARN)


def look_for_copies(desk: Desk, parent: QWidget, *, say_none: bool = False) -> None:
    """Look for them, and ask when there are any."""

    def show(found: Sequence[PlainCopy]) -> None:
        if found:
            CopiesDialog(desk, parent, found).open()
        elif say_none:
            desk.tell("没有找到未加密的备份")

    desk.ask(locking.plain_copies, show, owner=parent)
