"""条款 beside the draft: what is being edited as the contract will print it, and its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.pages.schemes.editor.chart import RuleChart
from kpidesk.ui.widgets import Card, column, label, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.editing.curve import Curve
    from kpidesk.ui.look import Look

_NOTHING = "这里编辑的内容不直接印在责任书里。"


class PrintedPanel(QWidget):
    """Follows what is typed."""

    def __init__(self, look: Look) -> None:
        """Nothing yet."""
        super().__init__()
        self.words = label("", wrap=True)
        self.words.setAccessibleName("责任书里的条款")
        self.chart = RuleChart(look)
        self._picture = Card("得分曲线", self.chart)
        holder = QWidget()
        holder.setLayout(
            column(Card("责任书里这样写", self.words), self._picture, None, spacing=12)
        )
        self.setLayout(column(scrolled(holder)))

    @property
    def text(self) -> str:
        """What is printed."""
        return self.words.text()

    def show_printed(self, sentences: Sequence[str], curve: Curve | None) -> None:
        """Show other sentences, and another picture or none."""
        self.words.setText("\n".join(sentences) or _NOTHING)
        self.chart.show_curve(curve)
        self._picture.setVisible(curve is not None)
