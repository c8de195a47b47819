"""What somebody's role does not allow is not shown, whatever a page does with it later."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

KEPT_HIDDEN = "kept_hidden"
"""The property of what is not there for anybody, neither to be seen nor pressed by name."""


def keep_hidden(*things: QWidget | QAction) -> None:
    """Hide buttons, fields or commands for good; no key or double click presses them either."""
    for one in things:
        one.setProperty(KEPT_HIDDEN, True)
        one.setVisible(False)
        if isinstance(one, QAction):
            one.visibleChanged.connect(lambda one=one: one.setVisible(False))
        else:
            one.setEnabled(False)
            one.installEventFilter(_Curtain(one))


class _Curtain(QObject):
    """Hides a widget as soon as something shows it, and lets nobody press it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.ShowToParent:
            self._widget.setVisible(False)
        if watched is self._widget and event.type() == QEvent.Type.EnabledChange:
            self._widget.setEnabled(False)
        return False
