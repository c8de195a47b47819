"""What the window remembers between starts: an .ini file in the user's configuration folder."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QByteArray, QSettings

from kpidesk.ui.look.tokens import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

RECENT_KEPT = 8
PRINT_OFFSET_MOST = Decimal(10)
"""More than this (in mm) would push text out of the paper."""
_NUMBER = re.compile(r"-?\d{1,2}(\.\d{1,2})?", re.ASCII)
TEXT_SCALES = {"标准": 1.0, "较大": 1.15, "大": 1.3, "特大": 1.5}


class SettingsStore:
    """Typed access to the file; a value that makes no sense is taken as absent."""

    def __init__(self, path: Path) -> None:
        """The file is made on the first write."""
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        """A remembered text."""
        value = self._file.value(key, default)
        return value if isinstance(value, str) else default

    def put_text(self, key: str, value: str) -> None:
        """Remember a text."""
        self._file.setValue(key, value)

    def state(self, key: str) -> QByteArray:
        """A remembered Qt state; empty when there is none."""
        value = self._file.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put_state(self, key: str, value: QByteArray) -> None:
        """Remember a Qt state."""
        self._file.setValue(key, value)

    def sync(self) -> None:
        """Write what is not yet on the disk."""
        self._file.sync()

    @property
    def theme(self) -> Theme:
        """The chosen colours."""
        value = self.text("look/theme")
        return Theme(value) if value in set(Theme) else Theme.LIGHT

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self.put_text("look/theme", theme.value)

    @property
    def text_scale(self) -> float:
        """The chosen text size: 1.0 is normal."""
        return TEXT_SCALES.get(self.text("look/text"), 1.0)

    @text_scale.setter
    def text_scale(self, scale: float) -> None:
        name = next(name for name, known in TEXT_SCALES.items() if known == scale)
        self.put_text("look/text", name)

    @property
    def print_offset(self) -> tuple[Decimal, Decimal]:
        """How far to the right and down this computer prints, in mm."""
        return self._millimetres("print/right"), self._millimetres("print/down")

    @print_offset.setter
    def print_offset(self, offset: tuple[Decimal, Decimal]) -> None:
        for key, value in zip(("print/right", "print/down"), offset, strict=True):
            self.put_text(key, str(value))

    def _millimetres(self, key: str) -> Decimal:
        text = self.text(key)
        value = Decimal(text) if _NUMBER.fullmatch(text) else Decimal(0)
        return value if abs(value) <= PRINT_OFFSET_MOST else Decimal(0)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Company files opened lately, newest first."""
        return tuple(Path(line) for line in self.text("files/recent").split("\n") if line)

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the list."""
        others = [known for known in self.recent if known != path]
        self._put_recent([path, *others][:RECENT_KEPT])

    def forget_recent(self, path: Path) -> None:
        """Take a file off the list."""
        self._put_recent([known for known in self.recent if known != path])

    def _put_recent(self, paths: list[Path]) -> None:
        self.put_text("files/recent", "\n".join(map(str, paths)))

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was; False on the first start."""
        return window.restoreGeometry(self.state("window/geometry"))

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self.put_state("window/geometry", window.saveGeometry())

    def follow_splitter(self, name: str, splitter: QSplitter) -> None:
        """Restore a splitter now, and remember it whenever it is moved."""
        key = f"splitters/{name}"
        splitter.restoreState(self.state(key))
        splitter.splitterMoved.connect(lambda: self.put_state(key, splitter.saveState()))

    def header_key(self, name: str, columns: Sequence[str]) -> str:
        """Where a table's state lives: other columns than last time start afresh."""
        return f"tables/{name}-{crc32(' '.join(columns).encode()):08x}"

    def restore_header(self, key: str, header: QHeaderView) -> bool:
        """Column widths, order, hidden columns and sort order; False when none is known."""
        return header.restoreState(self.state(key))
