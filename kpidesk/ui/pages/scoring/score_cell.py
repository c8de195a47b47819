"""The score of a row: a number to ask 为什么 of, and the way to write another in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kpidesk.ui.look import Tone
from kpidesk.ui.widgets import Badge, column, label, push_button, row, tool_button

if TYPE_CHECKING:
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.look import Look

NO_SCORE = "—"


class ScoreCell(QWidget):
    """The number is a button; 改 stands beside one that was written by hand."""

    why_asked = Signal()
    override_asked = Signal()
    restore_asked = Signal()

    def __init__(self, look: Look) -> None:
        """Shows nothing yet."""
        super().__init__()
        self.number = push_button(look, NO_SCORE, self.why_asked.emit, kind="link")
        self.number.setToolTip("为什么是这个得分？")
        self.number.setAutoDefault(False)
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        font = self.number.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.number.setFont(font)
        self._none = label(NO_SCORE, "muted")
        self._mark = Badge(look, "改", Tone.WARN)
        self.override = tool_button(look, "edit", "改写得分…", self.override_asked.emit)
        self.restore = tool_button(look, "undo", "恢复按标准计分", self.restore_asked.emit)
        for button in (self.override, self.restore):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = Qt.AlignmentFlag.AlignRight
        layout = column(spacing=2)
        layout.addWidget(self.number, 0, right)
        layout.addWidget(self._none, 0, right)
        layout.addLayout(row(None, self._mark, self.override, self.restore, spacing=4))
        layout.addStretch(1)
        self.setLayout(layout)

    def show_row(self, shown: SheetRow, *, is_open: bool, is_stage: bool) -> None:
        """Show the score in the cycle or stage that is shown; not every stage has one."""
        score = shown.score
        has_score = score is not None
        self.number.setText(score.text if score else "")
        self.number.setVisible(has_score)
        self._none.setVisible(not has_score and not is_stage)
        is_mended = shown.override is not None
        self._mark.setVisible(is_mended)
        self.override.setVisible(is_open and shown.measured and not is_stage)
        self.restore.setVisible(is_open and is_mended)
