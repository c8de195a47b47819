"""Commands of a menu that cannot be given now: grey, with the reason in their tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

REASON = "reason"
"""The property of a command that holds why it cannot be given; empty when it can."""


def grey_while(menu: QMenu, action: QAction, why_not: Callable[[], str]) -> None:
    """Look each time the menu opens; `why_not` is empty when the command can be given.

    Closed again, the command works by its keys, and says the same by itself.
    """

    def look() -> None:
        reason = why_not()
        action.setEnabled(not reason)
        action.setToolTip(plain_tip(reason) if reason else "")
        action.setProperty(REASON, reason)

    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(look)
    menu.aboutToHide.connect(lambda: action.setEnabled(True))
