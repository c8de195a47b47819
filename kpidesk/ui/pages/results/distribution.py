"""How grades are spread over the people in view: one small bar."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpidesk.ui.look import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from kpidesk.ui.look import Look

_BAR, _GAP, _SQUARE = 8, 8, 9
_BETWEEN = 18
_UNGRADED = "无等级"
_BEST_FIRST = (Tone.GOOD, Tone.ACCENT, Tone.NEUTRAL, Tone.WARN, Tone.BAD)


class GradeBar(QWidget):
    """A bar in the colours of the grades, best first, with counts and shares below."""

    def __init__(self, look: Look) -> None:
        """Empty until `show_grades`."""
        super().__init__()
        self._look = look
        self.parts: list[tuple[str, int, Tone | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_grades(self, grades: Sequence[str], order: Sequence[str]) -> None:
        """`grades` of those in view (empty: none in the scheme), `order` from the best down.

        Those without a grade are the last part: shares are of everybody in view.
        """
        counts = Counter(one for one in grades if one)
        known = [one for one in order if counts[one]]
        known += sorted(one for one in counts if one not in order)
        self.parts = [
            (grade, counts[grade], _tone(order.index(grade) if grade in order else place, order))
            for place, grade in enumerate(known)
        ]
        if self.parts and (ungraded := sum(1 for one in grades if not one)):
            self.parts.append((_UNGRADED, ungraded, None))
        self.setAccessibleName("，".join(self.words()))
        self.update()

    def words(self) -> list[str]:
        """优秀 3 份 25%, …: what the bar says."""
        total = sum(count for _, count, _ in self.parts)
        return [f"{name} {count} 份 {_percent(count, total)}" for name, count, _ in self.parts]

    def sizeHint(self) -> QSize:
        """The bar and a line of words."""
        return QSize(200, _BAR + _GAP + self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Segments as wide as their share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._look.tokens
        whole = QRectF(0, 0, self.width(), _BAR)
        clip = QPainterPath()
        clip.addRoundedRect(whole, _BAR / 2, _BAR / 2)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(whole, QColor(tokens.line))
        total = sum(count for _, count, _ in self.parts)
        left = 0.0
        for _, count, tone in self.parts:
            width = self.width() * count / total
            painter.fillRect(QRectF(left, 0, width - 1, _BAR), self._colour(tone))
            left += width
        painter.restore()
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        metrics, here = self.fontMetrics(), 0
        top = _BAR + _GAP
        for (_, _, tone), words in zip(self.parts, self.words(), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(tone))
            middle = top + (metrics.height() - _SQUARE) / 2
            painter.drawRoundedRect(QRectF(here, middle, _SQUARE, _SQUARE), 2, 2)
            painter.setPen(QColor(self._look.tokens.muted))
            width = metrics.horizontalAdvance(words)
            place = QRect(QPoint(here + _SQUARE + 6, top), QSize(width + 2, metrics.height()))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
            here += _SQUARE + 6 + width + _BETWEEN

    def _colour(self, tone: Tone | None) -> QColor:
        if tone is None:
            return QColor(self._look.tokens.line)
        return QColor(self._look.tokens.tint(tone).ink)


def _tone(place: int, order: Sequence[str]) -> Tone:
    """The best grade is green, the last red, whatever their number."""
    last = max(len(order) - 1, 1)
    return _BEST_FIRST[min(round(place * (len(_BEST_FIRST) - 1) / last), len(_BEST_FIRST) - 1)]


def _percent(count: int, total: int) -> str:
    return f"{round(100 * count / total)}%"
