"""The dialog for a fault of the program: what is safe, and a report that tells nobody's data."""

from __future__ import annotations

import platform
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from kpidesk import __version__
from kpidesk.ui.basic import push_button, row
from kpidesk.ui.dialogs.messages import Message
from kpidesk.ui.files import choose_file, write_whole
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.trouble_log import discreet

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_HEIGHT = 140
_LAST = 60
"""Lines of the log that go into a report."""
_TEXT = (
    "公司文件是安全的：以前点过“确定”的操作都已保存。\n"
    "刚才这一步没有完成，正在填写的内容可能没有保存，请核对后再试。\n"
    "如果再次出现，请把错误报告交给技术支持。"
)


class BugDialog(Message):
    """Says that the step was not done, and offers a report to read, to copy, to save."""

    def __init__(self, desk: Desk, parent: QWidget, problem: BaseException, log_file: Path) -> None:
        """`log_file` is where the same was written."""
        super().__init__(desk, parent, "程序遇到了问题", _TEXT, Tone.WARN)
        self._desk, self._problem, self._log = desk, problem, log_file
        self.shown = QPlainTextEdit()
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName("错误报告")
        self.shown.setFixedHeight(_HEIGHT)
        self.whole = QCheckBox("附上错误的原文（可能含有姓名和数字）")
        self.whole.toggled.connect(self._fill)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.whole)
        copy = push_button(desk.look, "复制", self._copy, icon="copy")
        save = push_button(desk.look, "保存错误报告…", self._save, icon="save")
        for button in (copy, save):
            button.setAutoDefault(False)
        self.body.addLayout(row(copy, save, None))
        self.add_buttons("知道了", reject="")
        self.accept_button.setFocus()
        self._fill()

    @property
    def report(self) -> str:
        """What is shown, copied and saved: no personal data unless these were asked for."""
        words = "".join(traceback.format_exception(self._problem))
        return "\n".join(
            (
                f"绩效考核台 {__version__}，Python {platform.python_version()}，Qt {qVersion()}",
                f"{platform.system()} {platform.release()} {platform.machine()}",
                "",
                words if self.whole.isChecked() else discreet(self._problem),
                "",
                *self._last_lines(),
            )
        )

    def _last_lines(self) -> list[str]:
        """What the log says before; it holds nobody's data."""
        try:
            text = self._log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return text.splitlines()[-_LAST:]

    def _fill(self) -> None:
        self.shown.setPlainText(self.report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)

    def _save(self) -> None:
        text = self.report
        start = self._desk.documents / f"错误报告 {self._desk.today}.txt"

        def write(path: Path) -> None:
            write_whole(path, text.encode("utf-8-sig"))
            self._desk.tell(f"错误报告已保存到 {path}")

        choose_file(self, "保存错误报告", start, "文本文件 (*.txt)", write, to_save=True)
