"""The lines of the notices: words on a colour, a button that settles it, one that waves it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.ui.basic import push_button, row, tool_button
from kpidesk.ui.widgets.parts import Banner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.ui.look import Look
    from kpidesk.ui.notices import Notice

_MARGIN = 26


class NoticeBar(QWidget):
    """Takes no room when there is nothing to say."""

    def __init__(self, look: Look, wave: Callable[[str], object]) -> None:
        """`wave` is told the key of a notice that the officer does not want to see any more."""
        super().__init__()
        self._look, self._wave = look, wave
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(_MARGIN, 10, _MARGIN, 0)
        self._lines.setSpacing(6)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """These, and no others."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for notice in notices:
            self._lines.addWidget(self._line(notice))
        self.setVisible(bool(notices))

    def _line(self, notice: Notice) -> QWidget:
        banner = Banner(self._look)
        line = QWidget()
        layout = row(spacing=8)
        layout.addWidget(banner, 1)
        banner.say(notice.text, notice.tone)
        if notice.action and notice.do is not None:
            layout.addWidget(push_button(self._look, notice.action, notice.do))
        if not notice.stays:
            tip = "知道了，不再显示"
            layout.addWidget(tool_button(self._look, "close", tip, lambda: self._wave(notice.key)))
        line.setLayout(layout)
        return line
