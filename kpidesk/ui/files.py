"""Files that the officer saves: asked for by a dialog, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kpidesk.core.file_name import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company


def file_name(text: str) -> str:
    """`text` as a name that every system takes."""
    name = safe_name(text)
    return name if name.strip("_") else "未命名"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole, or stays as it was."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def choose_file(
    parent: QWidget,
    title: str,
    start: Path,
    kinds: str,
    then: Callable[[Path], object],
    *,
    to_save: bool,
) -> QFileDialog:
    """Ask for a file; `kinds` as Qt writes them: 'PDF 文件 (*.pdf)'."""
    dialog = _dialog(parent, title, start, then)
    dialog.setNameFilter(kinds)
    if to_save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(start.suffix.lstrip("."))
        dialog.selectFile(start.name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_files(
    parent: QWidget, title: str, start: Path, kinds: str, then: Callable[[list[Path]], object]
) -> QFileDialog:
    """Ask for one or several files."""
    dialog = QFileDialog(parent, title, str(start))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    dialog.filesSelected.connect(lambda chosen: then([Path(one) for one in chosen]))
    dialog.open()
    return dialog


def choose_folder(
    parent: QWidget, title: str, start: Path, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for a folder."""
    dialog = _dialog(parent, title, start / "x", then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def _dialog(
    parent: QWidget, title: str, start: Path, then: Callable[[Path], object]
) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start.parent))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog


def save_pdf(
    desk: Desk,
    parent: QWidget,
    name: str,
    work: Callable[[Company], bytes],
    *,
    done: Callable[[Path], object] | None = None,
) -> None:
    """另存为 PDF: ask where, make the document on the worker, write it whole."""

    def write(path: Path) -> None:
        def saved(_: object) -> None:
            desk.tell(f"已保存到 {path}")
            if done is not None:
                done(path)

        desk.ask(lambda company: write_whole(path, work(company)), saved)

    start = desk.documents / f"{file_name(name)}.pdf"
    choose_file(parent, "另存为 PDF", start, "PDF 文件 (*.pdf)", write, to_save=True)
