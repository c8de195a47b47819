"""A place whose content is replaced as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

_BAR = 8  # between the content and a scroll bar


class Holder(QWidget):
    """Holds parts below each other until others are put in."""

    def __init__(self, *, right: int = _BAR, spacing: int = 14) -> None:
        """`right` is the margin that a scroll bar needs."""
        super().__init__()
        self._parts: tuple[QWidget, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, right, 0)
        self._layout.setSpacing(spacing)

    def put(self, *parts: QWidget, spring: bool = False) -> None:
        """Show these parts instead; with `spring` they stay together at the top."""
        for old in self._parts:
            old.hide()
            old.deleteLater()
        while self._layout.count():
            self._layout.takeAt(0)
        self._parts = parts
        for part in parts:
            self._layout.addWidget(part)
        if spring:
            self._layout.addStretch(1)

    def content(self) -> QWidget | None:
        """The first part, if there is one."""
        return self._parts[0] if self._parts else None
