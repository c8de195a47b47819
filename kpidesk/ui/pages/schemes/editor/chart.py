"""A small picture of a rule: points over what is measured, or a bar for each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpidesk.core.explain import show
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from kpidesk.core.editing.curve import Curve
    from kpidesk.ui.look import Look

_HEIGHT = 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 14, 20, 34
_HEADROOM = 1.08


class RuleChart(QWidget):
    """Follows the draft as it is edited; a point is told while the mouse is over it."""

    def __init__(self, look: Look) -> None:
        """Without a curve."""
        super().__init__()
        self._look = look
        self._curve: Curve | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("得分曲线")
        look.changed.connect(self.update)

    @property
    def curve(self) -> Curve | None:
        """What is shown."""
        return self._curve

    def show_curve(self, curve: Curve | None) -> None:
        """Show another curve; none hides the picture."""
        self._curve = curve
        self.setVisible(curve is not None)
        if curve is not None:
            first, last = curve.points[0], curve.points[-1]
            self.setAccessibleDescription(
                f"{curve.across} 从 {show(first[0])} 到 {show(last[0])}，"
                f"得分从 {show(first[1])} 到 {show(last[1])}，满分 {show(curve.full)}"
            )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axes with their ends, the full points as a dashed line, the curve or the bars."""
        curve = self._curve
        if curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._look.tokens
        area = self._area()
        painter.setPen(QColor(tokens.border))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.bottomLeft())
        full = self._place(float(curve.points[0][0]), float(curve.full)).y()
        painter.setPen(QPen(QColor(tokens.faint), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), full), QPointF(area.right(), full))
        painter.setPen(QColor(tokens.muted))
        self._say(painter, QRectF(0, full - 9, _LEFT - 6, 18), show(curve.full), right=True)
        self._say(painter, QRectF(0, area.bottom() - 9, _LEFT - 6, 18), "0", right=True)
        self._say(painter, QRectF(_LEFT, 0, area.width(), _TOP - 2), "得分", right=False)
        accent = QColor(tokens.tint(Tone.ACCENT).ink)
        if curve.texts:
            self._paint_bars(painter, curve, accent)
        else:
            self._paint_line(painter, curve, accent)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the nearest point."""
        if self._curve is None:
            return
        near = min(
            self._curve.points,
            key=lambda one: abs(self._place(float(one[0]), 0).x() - event.position().x()),
        )
        number = self._curve.points.index(near)
        name = self._curve.texts[number] if self._curve.texts else show(near[0])
        unit = "" if self._curve.texts else f"{self._curve.across} "
        self.setToolTip(plain_tip(f"{unit}{name} → {show(near[1])} 分"))

    def _paint_line(self, painter: QPainter, curve: Curve, ink: QColor) -> None:
        points = [self._place(float(x), float(y)) for x, y in curve.points]
        painter.setPen(QPen(ink, 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QColor(self._look.tokens.muted))
        area = self._area()
        below = QRectF(area.left(), area.bottom() + 3, area.width(), 16)
        self._say(painter, below, show(curve.points[0][0]), right=False)
        self._say(painter, below, show(curve.points[-1][0]), right=True)
        below.translate(0, 14)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, curve.across)

    def _paint_bars(self, painter: QPainter, curve: Curve, ink: QColor) -> None:
        area = self._area()
        width = area.width() / len(curve.points)
        for number, (_, y) in enumerate(curve.points):
            left = area.left() + number * width
            top = self._place(0, float(y)).y()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRect(QRectF(left + width * 0.2, top, width * 0.6, area.bottom() - top))
            painter.setPen(QColor(self._look.tokens.muted))
            box = QRectF(left + 2, area.bottom() + 3, width - 4, 18)
            text = painter.fontMetrics().elidedText(
                f"{show(y)} 分", Qt.TextElideMode.ElideRight, int(box.width())
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def _say(self, painter: QPainter, box: QRectF, text: str, *, right: bool) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _place(self, x: float, y: float) -> QPointF:
        """Where a point is painted."""
        area, curve = self._area(), self._curve
        if curve is None:
            return area.bottomLeft()
        across = [float(one) for one, _ in curve.points]
        span = (across[-1] - across[0]) or 1
        top = max(float(curve.full), *(float(one) for _, one in curve.points)) * _HEADROOM or 1
        return QPointF(
            area.left() + (x - across[0]) / span * area.width(),
            area.bottom() - max(y, 0) / top * area.height(),
        )
