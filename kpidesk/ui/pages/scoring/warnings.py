"""What the reader of a sheet must know about its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.widgets import column, label, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.findings import Finding

_WIDTH, _HEIGHT = 600, 460
_SIDES, _AROUND = 56, 140  # what stands beside the messages, and above and below them


class WarningsDialog(Dialog):
    """All warnings, one below the other, in an area that scrolls."""

    def __init__(
        self,
        parent: QWidget,
        findings: Sequence[Finding],
        title: str = "这些得分有需要留意的地方",
    ) -> None:
        """Shows the messages of `findings`."""
        super().__init__(parent, "请留意", width=_WIDTH)
        listed = QWidget()
        messages = [label(f"{n}. {one.message}", wrap=True) for n, one in enumerate(findings, 1)]
        for message in messages:
            message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        listed.setLayout(column(*messages, None, spacing=12))
        self.body.addWidget(label(title, "heading"))
        self.body.addWidget(scrolled(listed), 1)
        self.add_buttons("知道了", reject="")
        wanted = listed.heightForWidth(_WIDTH - _SIDES) + _AROUND
        self.resize(_WIDTH, min(wanted, _HEIGHT))
