"""The button 附件: the files of what is chosen, opened or saved."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.text import menu_text
from kpidesk.ui.widgets import push_button
from kpidesk.usecases import incidents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.incident import Attached
    from kpidesk.ui.desk import Desk

_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".txt"})
"""What the system may be asked to show; a program, or a document with macros, is only saved."""


class FilesButton:
    """A menu with a line for each file; disabled while there is none."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Dialogs stand over `parent`."""
        self._desk, self._parent = desk, parent
        self._menu = QMenu(parent)
        self._opened: list[TemporaryDirectory[str]] = []
        self.button = push_button(desk.look, "附件", lambda: None, icon="folder-open", kind="menu")
        self.button.setMenu(self._menu)

    def offer(self, files: Sequence[Attached]) -> None:
        """Offer these files."""
        self.button.setEnabled(bool(files))
        self._menu.clear()
        for file in files:
            each = self._menu.addMenu(menu_text(file.name))
            if _is_shown(file.name):
                each.addAction("打开").triggered.connect(
                    lambda _=False, file=file: self.open_file(file)
                )
            each.addAction("另存为…").triggered.connect(
                lambda _=False, file=file: self._save_file(file)
            )

    def open_file(self, file: Attached) -> None:
        """Show a file: a PDF here, a picture by the program that the system has for it."""
        if file.name.lower().endswith(".pdf"):
            DocumentDialog(
                self._desk,
                self._parent,
                file.name,
                lambda company: incidents.attachment(company, file.id),
            ).open()
            return

        def write(content: bytes) -> None:
            # Gone with the page: what an encrypted file holds must not stay behind in the open.
            folder = TemporaryDirectory(prefix="kpidesk-", ignore_cleanup_errors=True)
            self._opened.append(folder)
            path = Path(folder.name) / _safe(file.name)
            path.write_bytes(content)
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._desk.ask(
            lambda company: incidents.attachment(company, file.id), write, owner=self._parent
        )

    def _save_file(self, file: Attached) -> None:
        suffix = Path(file.name).suffix
        start = self._desk.documents / _safe(file.name)
        kinds = f"原来的格式 (*{suffix})" if suffix[1:].isalnum() else "所有文件 (*)"
        choose_file(
            self._parent,
            "附件另存为",
            start,
            kinds,
            lambda path: self.save_to(file, path),
            to_save=True,
        )

    def save_to(self, file: Attached, path: Path) -> None:
        """Write a file out, as it was kept."""
        desk = self._desk
        desk.ask(
            lambda company: write_whole(path, incidents.attachment(company, file.id)),
            lambda _: desk.tell(f"已保存到 {path}"),
            owner=self._parent,
        )


def _is_shown(name: str) -> bool:
    suffix = Path(name).suffix.lower()
    return suffix == ".pdf" or suffix in _SHOWN


def _safe(name: str) -> str:
    """A name that every system takes, its ending kept."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not ending.isalnum():
        return file_name(name)
    return f"{file_name(stem)}{dot}{file_name(ending)}"
