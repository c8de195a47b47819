"""检查更新: takes a newer installer from a file or a shared folder; nothing is fetched."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from kpidesk import __version__
from kpidesk.ui.basic import label, row
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.files import choose_file, choose_folder

if TYPE_CHECKING:
    from kpidesk.ui.window import MainWindow

_NAME = re.compile(r"KpiDesk-(?:Setup-)?(\d+(?:\.\d+){1,3})[-.\w]*\.(?:exe|tar\.gz)", re.ASCII)
_KINDS = "绩效考核台安装程序 (KpiDesk-*)"
_FOLDER = "update/folder"

Version = tuple[int, ...]
_OURS: Version = tuple(int(part) for part in __version__.split("."))


def version_of(name: str) -> Version | None:
    """The version in the name of an installer; None for any other file."""
    found = _NAME.fullmatch(name)
    return tuple(map(int, found[1].split("."))) if found else None


def newest_in(folder: Path) -> Path | None:
    """The installer of the newest version in a folder."""
    suffix = ".exe" if sys.platform == "win32" else ".gz"
    try:
        found = [
            (version, one)
            for one in folder.iterdir()
            if one.suffix == suffix and (version := version_of(one.name))
        ]
    except OSError:
        return None
    return max(found)[1] if found else None


class UpdateDialog(Dialog):
    """Says what stands in the folder that was chosen last, and starts the installer."""

    chapter = "安装、更新与卸载"

    def __init__(self, window: MainWindow) -> None:
        """The folder is remembered, as on a network drive that the office shares."""
        super().__init__(window, "检查更新", width=520)
        self._window, self._found = window, Path()
        self.body.addWidget(label(f"现在的版本：{__version__}", "heading"))
        self.body.addWidget(
            label(
                "本程序不联网。把新版本的安装程序放在一个文件夹里（U 盘或公司共享的文件夹都可以），"
                "在这里选它；以后打开这个窗口就会自动去看。",
                "muted",
                wrap=True,
            )
        )
        folder, file = QPushButton("选择文件夹…"), QPushButton("选择安装程序…")
        folder.clicked.connect(self._choose_folder)
        file.clicked.connect(self._choose_file)
        for one in (folder, file):
            one.setAutoDefault(False)
        self.body.addLayout(row(folder, file, None))
        self._answer = label("", wrap=True)
        self.body.addWidget(self._answer)
        installs = sys.platform == "win32"
        self.add_buttons("关闭程序并安装" if installs else "打开所在的文件夹", reject="以后再说")
        self._look_in(Path(window.desk.settings.text(_FOLDER)))

    def accept(self) -> None:
        """Close the window, which saves everything, then start the installer."""
        if sys.platform != "win32":
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._found.parent)))
            super().accept()
            return
        super().accept()
        if self._window.close():
            QProcess.startDetached(str(self._found))

    def _choose_folder(self) -> None:
        start = Path(self._window.desk.settings.text(_FOLDER) or Path.home())
        choose_folder(self, "新版本所在的文件夹", start, self._remember)

    def _remember(self, folder: Path) -> None:
        self._window.desk.settings.put_text(_FOLDER, str(folder))
        self._look_in(folder)

    def _choose_file(self) -> None:
        start = Path.home() / "x"
        choose_file(self, "新版本的安装程序", start, _KINDS, self._offer, to_save=False)

    def _look_in(self, folder: Path) -> None:
        if folder == Path():
            self._refuse("还没有选过文件夹。")
        elif not folder.is_dir():
            self._refuse(f"文件夹“{folder}”现在打不开：网络没有连上，或 U 盘没有插好。")
        elif (found := newest_in(folder)) is None:
            self._refuse(f"“{folder}”里没有绩效考核台的安装程序（KpiDesk-Setup-版本号.exe）。")
        else:
            self._offer(found)

    def _offer(self, file: Path) -> None:
        version = version_of(file.name)
        if version is None:
            self._refuse(f"“{file.name}”不是绩效考核台的安装程序（KpiDesk-Setup-版本号.exe）。")
            return
        shown = ".".join(map(str, version))
        if version <= _OURS:
            self._refuse(f"已经是最新的：那里的是 {shown}，现在用的是 {__version__}。")
            return
        self._found = file
        self._answer.setText(
            f"有新版本 {shown}：{file}\n"
            "安装前会先关闭本程序；公司文件和设置都保留，旧版本的公司文件第一次打开时先自动备份再升级。"
        )
        self._told(is_newer=True)

    def _refuse(self, why: str) -> None:
        self._answer.setText(why)
        self._told(is_newer=False)

    def _told(self, *, is_newer: bool) -> None:
        self.accept_button.setEnabled(is_newer)
        if self.isVisible():
            self.fit()
