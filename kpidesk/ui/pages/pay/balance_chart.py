"""补基数台账 as a small chart: what is short, and what is carried on, at the end of each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpidesk.ui.look import Tone
from kpidesk.ui.text import plain_tip
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from PySide6.QtGui import QPaintEvent

    from kpidesk.ui.look import Look

_BARS, _GAP, _SLOT, _BAR = 62, 5, 92, 20


class BalanceChart(QWidget):
    """Two bars a period: amber is still to be made up, green is carried on. It says so in words."""

    def __init__(self, look: Look) -> None:
        """Empty until `show_balances`."""
        super().__init__()
        self._look = look
        self._slots: tuple[tuple[str, Decimal, Decimal], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_balances(self, slots: Sequence[tuple[str, Decimal, Decimal]]) -> None:
        """Periods with what is short and what is carried at their end."""
        self._slots = tuple(slots)
        said = (
            f"{name} 未补足 {number_text(short, 2)} 元，超额 {number_text(excess, 2)} 元"
            for name, short, excess in slots
        )
        self.setAccessibleName("各期末的台账余额：" + "；".join(said))
        self.setToolTip(plain_tip(self.accessibleName().replace("；", "\n")))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for every period, two lines of words below the bars."""
        lines = 2 * self.fontMetrics().height()
        return QSize(max(len(self._slots), 1) * self._slot(), _BARS + _GAP + lines + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants."""
        return QSize(self._slot(), self.sizeHint().height())

    def _slot(self) -> int:
        return round(_SLOT * self._look.scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars upon a line, the period and the larger figure below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, metrics = self._look.tokens, self.fontMetrics()
        most = max((max(short, excess) for _, short, excess in self._slots), default=None)
        room = min(self._slot(), self.width() // max(len(self._slots), 1))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, _BARS, room * len(self._slots), _BARS)
        for place, (name, short, excess) in enumerate(self._slots):
            middle = room * place + room / 2
            for left, value, tone in ((-_BAR - 1, short, Tone.WARN), (1, excess, Tone.GOOD)):
                if not value or not most:
                    continue
                height = max(float(value / most) * (_BARS - 4), 2)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.tint(tone).ink))
                painter.drawRoundedRect(QRectF(middle + left, _BARS - height, _BAR, height), 2, 2)
            words = number_text(max(short, excess), 0) if short or excess else "0"
            for line, (text, ink) in enumerate(((name, tokens.muted), (words, tokens.ink))):
                top = _BARS + _GAP + line * metrics.height()
                painter.setPen(QColor(ink))
                place_ = QRectF(room * place, top, room, metrics.height())
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 4)
                painter.drawText(place_, Qt.AlignmentFlag.AlignHCenter, shown)
