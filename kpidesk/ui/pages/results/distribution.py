"""How grades are spread over the people in view: one small bar."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from kpidesk.core.review.guideline import Departure, Guide, departures
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
        self.departures: tuple[Departure, ...] = ()
        self._guides: dict[str, Guide] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_grades(
        self, grades: Sequence[str], order: Sequence[str], guides: Sequence[Guide] = ()
    ) -> None:
        """`grades` of those in view (empty: none in the scheme), `order` from the best down.

        Those without a grade are the last part: shares are of everybody in view. A grade with a
        guideline is told with it, in red where it departs from it.
        """
        self._guides = {one.grade: one for one in guides}
        graded = Counter(one for one in grades if one)
        self.departures = departures(graded, tuple(guides))
        counts = Counter(one for one in grades if one)
        known = [one for one in order if counts[one]]
        known += sorted(one for one in counts if one not in order)
        self.parts = [
            (grade, counts[grade], _tone(order.index(grade) if grade in order else place, order))
            for place, grade in enumerate(known)
        ]
        if self.parts and (ungraded := sum(1 for one in grades if not one)):
            self.parts.append((_UNGRADED, ungraded, None))
        told = (*self.words(), *(one.text for one in self.departures))
        self.setAccessibleName("，".join(told))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """优秀 3 份 25%, …: what the bar says."""
        total = sum(count for _, count, _ in self.parts)
        told = []
        for name, count, _ in self.parts:
            guide = self._guides.get(name)
            limit = f"（{guide.text}）" if guide and guide.text else ""
            told.append(f"{name} {count} 份 {_percent(count, total)}{limit}")
        return told

    def sizeHint(self) -> QSize:
        """The bar and its words, in as many lines as they need."""
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As high as it wants."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Words that do not fit beside each other go on below."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The bar and the lines of words at a width."""
        lines = 1 + max((line for line, _, _ in self._places(width)), default=0)
        return _BAR + _GAP + lines * (self.fontMetrics().height() + 4) - 2

    def _places(self, room: int) -> list[tuple[int, int, str]]:
        """Where each part's words stand: in which line, how far from the left."""
        metrics = self.fontMetrics()
        found, line, here = [], 0, 0
        for words in self.words():
            width = _SQUARE + 6 + metrics.horizontalAdvance(words)
            if here and here + width > room:
                line, here = line + 1, 0
            found.append((line, here, words))
            here += width + _BETWEEN
        return found

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
        metrics = self.fontMetrics()
        apart = {one.guide.grade for one in self.departures}
        for (name, _, tone), place in zip(self.parts, self._places(self.width()), strict=True):
            line, here, words = place
            top = _BAR + _GAP + line * (metrics.height() + 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(tone))
            middle = top + (metrics.height() - _SQUARE) / 2
            painter.drawRoundedRect(QRectF(here, middle, _SQUARE, _SQUARE), 2, 2)
            plain = self._look.tokens.muted
            painter.setPen(QColor(self._look.tokens.bad.ink if name in apart else plain))
            size = QSize(metrics.horizontalAdvance(words) + 2, metrics.height())
            rect = QRect(QPoint(here + _SQUARE + 6, top), size)
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, words)

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
