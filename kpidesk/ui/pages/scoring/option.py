"""One printed level or statement that can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from kpidesk.ui.look import Look

_MARK = 16
_LEFT, _GAP = 10, 12
_TICK = ((3.5, 8.2), (6.8, 11.4), (12.5, 4.8))


class Option(QWidget):
    """A round mark (or a box to tick), the digit that chooses it, and the printed words."""

    clicked = Signal()

    def __init__(self, look: Look, digit: str, text: str, *, is_box: bool) -> None:
        """`is_box` where several may be ticked."""
        super().__init__()
        self._look, self._is_box = look, is_box
        self.digit = digit
        self.is_chosen = False
        self._is_pointed = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_LEFT + _MARK + _GAP, 5, 10, 6)
        layout.setSpacing(8)
        number = label(digit, "muted")
        number.setFixedWidth(number.fontMetrics().horizontalAdvance("0") + 4)
        layout.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label(text, wrap=True), 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mark(self, *, is_chosen: bool) -> None:
        """Whether it is chosen."""
        if is_chosen != self.is_chosen:
            self.is_chosen = is_chosen
            self.update()

    def point(self, *, is_pointed: bool) -> None:
        """Whether the keyboard's cursor is on it."""
        if is_pointed != self._is_pointed:
            self._is_pointed = is_pointed
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of a chosen or pointed one, and the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._look.tokens
        if self.is_chosen or self._is_pointed:
            ground = tokens.accent.soft if self.is_chosen else tokens.raised
            painter.setBrush(QColor(ground))
            edge = QPen(QColor(tokens.accent.ink if self._is_pointed else ground))
            painter.setPen(edge)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_mark(painter)

    def _paint_mark(self, painter: QPainter) -> None:
        tokens = self._look.tokens
        ink = QColor(tokens.accent_fill if self.isEnabled() else tokens.faint)
        line = self.fontMetrics().height()
        square = QRectF(_LEFT, 5 + (line - _MARK) / 2, _MARK, _MARK)
        radius = 4.0 if self._is_box else _MARK / 2
        painter.setPen(QPen(ink if self.is_chosen else QColor(tokens.faint), 1.4))
        painter.setBrush(ink if self.is_chosen else QColor(tokens.surface))
        painter.drawRoundedRect(square, radius, radius)
        if not self.is_chosen:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.on_accent), 2))
        corner = square.topLeft()
        painter.drawPolyline(QPolygonF([corner + QPointF(x, y) for x, y in _TICK]))
