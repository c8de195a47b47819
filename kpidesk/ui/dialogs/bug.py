"""The dialog for a fault of the program."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from kpidesk.ui.dialogs.messages import Message
from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk

_HEIGHT = 140


class BugDialog(Message):
    """Says that the step was not done, and has the details to copy."""

    def __init__(self, desk: Desk, parent: QWidget, problem: BaseException, log_file: Path) -> None:
        """`log_file` is where the details were written too."""
        text = (
            "刚才的操作没有完成，正在填写的内容没有保存，请核对后再试。\n"
            f"如果再次出现，请把下面的错误信息交给技术支持。日志文件：{log_file}"
        )
        super().__init__(desk, parent, "程序出错了", text, Tone.BAD)
        details = "".join(traceback.format_exception(problem))
        shown = QPlainTextEdit(details)
        shown.setReadOnly(True)
        shown.setFixedHeight(_HEIGHT)
        copy = QPushButton("复制错误信息")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        self.body.addWidget(shown)
        self.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_buttons("知道了", reject="")
        self.accept_button.setFocus()
