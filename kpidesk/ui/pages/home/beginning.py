"""What an empty company file says: three steps to the first signed contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Badge, Card, column, label, push_button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk

_WIDTH = 900


class Beginning(QWidget):
    """录入人员 → 拟定责任书 → 打印签署; only the first can be done in an empty company."""

    def __init__(self, desk: Desk) -> None:
        """Three cards side by side."""
        super().__init__()
        look = desk.look
        self.people = push_button(
            look, "录入人员", lambda: desk.go("people", "add"), icon="person-add", kind="primary"
        )
        self.schemes = push_button(
            look, "先看看考核方案", lambda: desk.go("schemes"), icon="scheme"
        )
        self.company = push_button(
            look, "核对公司信息", lambda: desk.go("settings"), icon="company"
        )
        card = _cards(desk)
        steps = row(
            card("1", "录入人员", "先建部门，再录入姓名、工号和岗位。", self.people),
            card("2", "拟定责任书", "选人、选方案、填目标，每人一份。", self.schemes),
            card("3", "打印签署", "一式两份打印、盖章签字，登记签署日期。", self.company),
            spacing=16,
        )
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(
            column(
                label("三步开始一年的考核", "heading"),
                label("签署之后，到期的评分表会自动出现在这里。", "muted"),
                steps,
                spacing=10,
            )
        )
        line = row(None, spacing=0)
        line.insertWidget(1, middle, 12)
        line.addStretch(1)
        self.setLayout(column(None, line, None, None))


def _cards(desk: Desk) -> Callable[[str, str, str, QPushButton], Card]:
    def card(number: str, title: str, text: str, button: QPushButton) -> Card:
        head = row(Badge(desk.look, number, Tone.ACCENT), label(title, "heading"), None)
        made = Card("", head, label(text, "muted", wrap=True), None, button)
        made.setMinimumHeight(180)
        return made

    return card
