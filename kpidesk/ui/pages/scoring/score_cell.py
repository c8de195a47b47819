"""The score of a row: a number to ask 为什么 of, and the way to write another in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from kpidesk.core.figure import Figure
from kpidesk.ui.look import Tone
from kpidesk.ui.widgets import Badge, column, label, push_button, row, tool_button

if TYPE_CHECKING:
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.look import Look

NO_SCORE, ZERO_SCORE = "未评", "零分"
"""Not rated, and nothing earned: neither is the other, nor exempt, and each says which it is."""


class ScoreCell(QWidget):
    """The number is a button; 改 stands beside one that was written by hand."""

    why_asked = Signal()
    override_asked = Signal()
    restore_asked = Signal()
    exempt_asked = Signal()
    appraise_asked = Signal()

    def __init__(self, look: Look) -> None:
        """Shows nothing yet."""
        super().__init__()
        self.number = push_button(look, NO_SCORE, self.why_asked.emit, kind="link")
        self.number.setToolTip("为什么是这个得分？（F2）")
        self.number.setAutoDefault(False)
        font = self.number.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.number.setFont(font)
        self._none = label(NO_SCORE, "muted")
        self._mark = Badge(look, "改", Tone.WARN)
        self._exempt = Badge(look, "免考核", Tone.ACCENT)
        self.override = tool_button(look, "edit", "改写得分…（F3）", self.override_asked.emit)
        self.restore = tool_button(look, "undo", "恢复按标准计分（F4）", self.restore_asked.emit)
        self.exempt = push_button(look, "免", self.exempt_asked.emit, kind="link")
        self.exempt.setToolTip("免考核…（F6）")
        self.exempt.setAccessibleName("免考核…")
        self.appraise = tool_button(look, "undo", "取消免考核（F7）", self.appraise_asked.emit)
        buttons = (self.override, self.restore, self.exempt, self.appraise)
        right = Qt.AlignmentFlag.AlignRight
        layout = column(spacing=2)
        layout.addWidget(self.number, 0, right)
        layout.addWidget(self._none, 0, right)
        layout.addWidget(self._exempt, 0, right)
        layout.addWidget(self._mark, 0, right)  # a line of its own: the column stays narrow
        layout.addLayout(row(None, *buttons, spacing=2))
        layout.addStretch(1)
        self.setLayout(layout)

    @property
    def keys(self) -> tuple[tuple[str, QAbstractButton], ...]:
        """What is pressed while the cursor is in a field of the row."""
        buttons = (self.number, self.override, self.restore, self.exempt, self.appraise)
        return tuple(zip(("F2", "F3", "F4", "F6", "F7"), buttons, strict=True))

    def show_row(self, shown: SheetRow, *, is_open: bool, is_stage: bool) -> None:
        """Show the score in the cycle or stage that is shown; not every stage has one."""
        score = shown.score
        has_score = score is not None
        # While one types, Tab goes from field to field, and F2 asks why.
        policy = Qt.FocusPolicy
        for _, button in self.keys:
            button.setFocusPolicy(policy.NoFocus if is_open else policy.TabFocus)
        self.number.setText(score.text if score else "")
        self.number.setVisible(has_score)
        is_exempt = shown.exemption is not None
        self._exempt.setVisible(is_exempt)
        is_zero = score is not None and isinstance(score.value, Figure) and not score.value.value
        self._none.setText(ZERO_SCORE if is_zero else NO_SCORE)
        self._none.setVisible(is_zero or (not has_score and not is_stage and not is_exempt))
        is_mended = shown.override is not None
        self._mark.setVisible(is_mended)
        self.override.setVisible(is_open and shown.measured and not is_stage)
        self.restore.setVisible(is_open and is_mended)
        is_whole = is_open and not is_stage
        self.exempt.setVisible(is_whole and not is_exempt and not is_mended)
        self.appraise.setVisible(is_whole and is_exempt)
