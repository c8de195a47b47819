"""The traffic light of pay and of wording: a word with its colour, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kpidesk.core.wording import Light
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.look import Tone
from kpidesk.ui.widgets import Badge, Card, column, label, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.wording import Wording
    from kpidesk.ui.desk import Desk

LIGHT_TONES = {Light.GREEN: Tone.GOOD, Light.YELLOW: Tone.WARN, Light.RED: Tone.BAD}
NO_ADVICE = (
    "仅供参考，不是法律意见。当地标准由您在“设置 → 法定参数”里录入并注明来源；"
    "有疑问请咨询劳动法律师。"
)
_PROCEDURE = (
    "方案涉及劳动报酬：请保存民主程序（讨论记录）和公示、告知的凭据。"
    "以上仅供参考，不是法律意见，也不会印在给员工的文件上。"
)
_WIDTH, _HEIGHT, _BADGE = 640, 460, 84


class LightsDialog(Dialog):
    """Notes below each other, each with its light in a word."""

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, notes: Sequence[tuple[Light, str]]
    ) -> None:
        """`notes` are lights with what they say, the worst first."""
        super().__init__(parent, "合规提示", width=_WIDTH)
        listed = QWidget()
        listed.setLayout(column(*(note_line(desk, *one) for one in notes), None, spacing=12))
        self.body.addWidget(label(title, "heading", wrap=True))
        self.body.addWidget(scrolled(listed), 1)
        self.body.addWidget(label(NO_ADVICE, "muted", wrap=True))
        self.add_buttons("知道了", reject="")
        self.resize(_WIDTH, _HEIGHT)


class WordingCard(Card):
    """What the law may ask of the words of a scheme or contract, each phrase quoted."""

    def __init__(self, desk: Desk, found: Sequence[Wording]) -> None:
        """`found` as it was found, the worst first."""
        super().__init__("用语与法律风险")
        for one in found:
            text = f"{one.message}\n{one.clause} 原文：“{one.phrase}”"
            self.body.addWidget(note_line(desk, one.light, text))
        if not found:
            self.body.addWidget(label("没有发现需要留意的用语。", "muted"))
        self.body.addWidget(label(_PROCEDURE, "muted", wrap=True))


def note_line(desk: Desk, light: Light, text: str) -> QWidget:
    """A light in a word, and what it says."""
    badge = Badge(desk.look, str(light), LIGHT_TONES[light])
    holder = QWidget()
    holder.setFixedWidth(round(_BADGE * desk.look.scale))
    holder.setLayout(column(row(badge, None, spacing=0), None, spacing=0))
    words = label(text, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line = row(holder, spacing=8)
    line.addWidget(words, 1)
    made = QWidget()
    made.setLayout(line)
    return made
