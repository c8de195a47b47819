"""来历: who entered a figure, when and from what, and what stood there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from kpidesk.ui.pages.actuals.words import period_title, standing_text, value_text
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.widgets import Card, column, label, push_button, row, scrolled, tool_button
from kpidesk.ui.words import day_text
from kpidesk.usecases import actuals
from kpidesk.usecases.actuals import OnSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Actual, Book, History, Step

_WIDTH = 280


class OriginPanel(Card):
    """Tells of one figure at a time; `closed` when the officer has seen enough."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_actual`."""
        super().__init__()
        self._desk = desk
        self._actual: Actual | None = None
        self.setFixedWidth(round(_WIDTH * desk.look.scale))
        self._title = label("", "heading", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._steps = Holder(right=0, spacing=10)
        self._sheet = push_button(desk.look, "打开评分表", self._open_sheet, kind="link")
        head = row(spacing=4)
        head.addLayout(column(label("来历", "muted"), self._title, spacing=2), 1)
        close = tool_button(desk.look, "close", "关闭（F4）", self.closed.emit)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._about)
        self.body.addWidget(scrolled(self._steps), 1)
        self._steps.setAutoFillBackground(False)  # the area has set it
        self.body.addWidget(self._sheet)

    def show_actual(self, book: Book, actual: Actual | None) -> None:
        """Tell of a figure; None where the cursor is on none."""
        self._actual = actual
        self._sheet.setVisible(actual is not None and actual.on_sheet)
        if actual is None:
            self._title.setText("请选一格")
            self._about.setText("")
            self._steps.put()
            return
        who, item = book.someone(actual.person), book.item(actual.item)
        name = who.name if who else ""
        what = item.label if item else ""
        self._title.setText(f"{name}　{period_title(actual.days, book.ref.year)}　{what}")
        self._about.setText(standing_text(actual, self._desk.today))
        self._desk.ask(
            lambda company: actuals.load_history(company, actual),
            lambda history: self._show(actual, history),
            owner=self,
        )

    def _show(self, actual: Actual, history: History) -> None:
        if self._actual is not actual:
            return
        parts: list[QWidget] = [
            _told(one, is_last=n == 0) for n, one in enumerate(history.steps)
        ] or [label("还没有人填过。", "muted", wrap=True)]
        if history.scans:
            said = "、".join(history.scans)
            parts.append(label(f"这张评分表的扫描件：{said}（打开评分表可以对着看）", wrap=True))
        self._steps.put(*parts, spring=True)

    def _open_sheet(self) -> None:
        home = self._actual.home if self._actual is not None else None
        if isinstance(home, OnSheet):
            self._desk.go("scoring", home.appraisal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _told(step: Step, *, is_last: bool) -> QWidget:
    """One time that a figure was entered: the value, then who, when, from what and why."""
    made = Card()
    made.layout().setContentsMargins(10, 8, 10, 8)  # type: ignore[union-attr] # Card has one
    said = value_text(step.value) or "清空"
    shown = label(said if is_last else f"以前：{said}", "" if is_last else "muted", wrap=True)
    font = shown.font()
    font.setBold(is_last)
    shown.setFont(font)
    made.body.setSpacing(2)
    made.body.addWidget(shown)
    made.body.addWidget(label(f"{step.by}　{day_text(step.on)}", "muted", wrap=True))
    made.body.addWidget(label(f"依据：{step.source or '手工录入'}", "muted", wrap=True))
    if step.reason:
        made.body.addWidget(label(f"更正理由：{step.reason}", wrap=True))
    return made
