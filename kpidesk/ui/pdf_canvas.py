"""The strip of a preview: a document's pages below each other, drawn when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from kpidesk.ui.pdf_pages import Pages, page_image

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QWheelEvent

    from kpidesk.ui.desk import Desk

_GAP = 16
STEP = 1.25
_LEAST, _MOST = 0.25, 5.0
_SCREEN = 96 / 72  # pixels per point at 100 %
_KEPT = 12


class Fit(Enum):
    """How the zoom follows the size of the view."""

    WIDTH = auto()
    PAGE = auto()
    FREE = auto()


class PdfCanvas(QAbstractScrollArea):
    """Paints pages; asks the worker for the ones in view, at the sharpness of the screen."""

    moved = Signal()
    """Another page is at the top, or the zoom changed."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_pages`."""
        super().__init__()
        self.setAccessibleName("文件预览")
        self._desk = desk
        self._pages: Pages | None = None
        self._sizes: list[tuple[float, float]] = []
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self._generation = 0
        self._fit, self._zoom = Fit.WIDTH, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(48)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())
        desk.closing.connect(self._close)

    def show_pages(self, pages: Pages | None) -> None:
        """Show another document from its first page; the one before it is closed."""
        self._generation += 1
        if self._pages is not None:
            self._desk.tasks.run(self._pages.close)
        generation, self._pages, self._sizes = self._generation, None, []
        self._images.clear()
        self._asked.clear()
        self._lay_out()
        self._pages = pages
        if pages is None:
            return

        def sizes() -> list[tuple[float, float]]:
            return [pages.page_size(number) for number in range(pages.page_count)]

        def ready(found: list[tuple[float, float]]) -> None:
            if generation == self._generation:
                self._sizes = found
                self._lay_out()
                self.go_to(0)

        self._desk.tasks.run(sizes, ready, owner=self)

    @Slot()
    def _close(self) -> None:
        self.show_pages(None)

    # --- places

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page (from 0) in the upper half of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        numbers = [n for n in range(self.page_count) if self._rect(n).top() <= middle]
        return max(numbers, default=0)

    @property
    def zoom(self) -> float:
        """1.0 is the size of the paper."""
        return self._zoom

    def go_to(self, number: int) -> None:
        """Bring a page to the top."""
        if self._sizes:
            number = min(max(number, 0), self.page_count - 1)
            self.verticalScrollBar().setValue(self._rect(number).top() - _GAP)
        self.moved.emit()

    def set_zoom(self, zoom: float) -> None:
        """A fixed zoom."""
        self._fit = Fit.FREE
        self._apply_zoom(zoom)

    def set_fit(self, fit: Fit) -> None:
        """A zoom that follows the view."""
        self._fit = fit
        self._lay_out()

    def _apply_zoom(self, zoom: float) -> None:
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, self._height())
        self._zoom = min(max(zoom, _LEAST), _MOST)
        self._set_ranges()
        bar.setValue(round(place * self._height()))
        self.viewport().update()
        self.moved.emit()

    def _lay_out(self) -> None:
        if self._sizes and self._fit is not Fit.FREE:
            room = self.viewport().size() - QSize(2 * _GAP, 2 * _GAP)
            widest = max(width for width, _ in self._sizes) * _SCREEN
            zoom = room.width() / widest
            if self._fit is Fit.PAGE:
                zoom = min(zoom, room.height() / (max(h for _, h in self._sizes) * _SCREEN))
            self._apply_zoom(zoom)
        else:
            self._set_ranges()
            self.viewport().update()
            self.moved.emit()

    def _pixels(self, points: float) -> int:
        return round(points * _SCREEN * self._zoom)

    def _height(self) -> int:
        return _GAP + sum(self._pixels(height) + _GAP for _, height in self._sizes)

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        wide = max((self._pixels(width) for width, _ in self._sizes), default=0) + 2 * _GAP
        self.verticalScrollBar().setRange(0, max(0, self._height() - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.horizontalScrollBar().setRange(0, max(0, wide - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())

    def _rect(self, number: int) -> QRect:
        """Where a page lies on the whole strip."""
        top = _GAP + sum(self._pixels(height) + _GAP for _, height in self._sizes[:number])
        size = QSize(*(self._pixels(points) for points in self._sizes[number]))
        room = max(self.viewport().width(), size.width() + 2 * _GAP)
        return QRect(QPoint((room - size.width()) // 2, top), size)

    # --- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pages in view: their picture, or white paper while it is being drawn."""
        painter = QPainter(self.viewport())
        tokens = self._desk.look.tokens
        painter.fillRect(self.viewport().rect(), QColor(tokens.line))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        scale = _SCREEN * self._zoom * self.devicePixelRatioF()
        for number in range(self.page_count):
            place = self._rect(number).translated(-shift)
            if not place.intersects(self.viewport().rect()):
                continue
            painter.setPen(QColor(tokens.border))
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            if (image := self._image(number, scale)) is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(place), image)
        painter.end()

    def _image(self, number: int, scale: float) -> QImage | None:
        """The picture at this scale; until it is there, one of another scale if we have it."""
        if (key := (number, round(scale, 3))) in self._images:
            self._images.move_to_end(key)
            return self._images[key]
        self._request(*key)
        other = (image for (page, _), image in reversed(self._images.items()) if page == number)
        return next(other, None)

    def _request(self, number: int, scale: float) -> None:
        pages, generation = self._pages, self._generation
        if pages is None or (number, scale) in self._asked:
            return
        self._asked.add((number, scale))

        def ready(image: QImage) -> None:
            if generation == self._generation:
                self._asked.discard((number, scale))
                self._images[number, scale] = image
                while len(self._images) > _KEPT:
                    self._images.popitem(last=False)
                self.viewport().update()

        self._desk.tasks.run(lambda: page_image(pages, number, scale), ready, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages; Ctrl and + - 0 zoom."""
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.set_zoom(self._zoom * STEP)
            return
        if event.matches(QKeySequence.StandardKey.ZoomOut):
            self.set_zoom(self._zoom / STEP)
            return
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to(self.page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self.page - 1)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(self.page_count - 1)
            case Qt.Key.Key_0 if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.set_fit(Fit.WIDTH)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            up = event.angleDelta().y() > 0
            self.set_zoom(self._zoom * STEP if up else self._zoom / STEP)
            event.accept()
        else:
            super().wheelEvent(event)
