"""About the program: version, licences of what it is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion

from kpidesk import __version__
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AboutDialog(Dialog):
    """Name, version, what it stands on."""

    chapter = "第一个小时"

    def __init__(self, parent: QWidget) -> None:
        """Plain text only."""
        super().__init__(parent, "关于绩效考核台")
        self.body.addWidget(label("绩效考核台", "figure"))
        self.body.addWidget(label(f"版本 {__version__}", "muted"))
        self.body.addWidget(
            label("中小企业人事专员的绩效考核工具：数据在本机一个文件里，不需要联网。", wrap=True)
        )
        self.body.addWidget(
            label(
                f"使用 Qt {qVersion()}（LGPL）、思源黑体与思源宋体（OFL）等开源组件，"
                "各自的许可证随程序一起提供。",
                "muted",
                wrap=True,
            )
        )
        self.add_buttons("知道了", reject="")
