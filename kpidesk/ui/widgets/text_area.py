"""Lines of text to type in; what is pasted is taken whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

LONGEST: Final = 20_000
"""Characters: no field takes as many, and millions of them would hold up the window."""


class TextArea(QPlainTextEdit):
    """Tab goes on to the next field; `refused` says why a paste was not taken."""

    refused = Signal(str)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setTabChangesFocus(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only the plain text, when it is not far too long."""
        count = len(source.text())
        if count > LONGEST:
            self.refused.emit(f"剪贴板里有 {count:,} 个字，太长了，没有粘贴")
        else:
            super().insertFromMimeData(source)
