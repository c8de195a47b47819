"""The rows of a sheet in columns, as on paper, with hair lines between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from kpidesk.core.names import known_facts
from kpidesk.ui.pages.scoring.line import AgreedField
from kpidesk.ui.pages.scoring.sheet_row import RowView, shape
from kpidesk.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from kpidesk.core.scheme import Scheme
    from kpidesk.core.sheet import Sheet
    from kpidesk.ui.look import Look
    from kpidesk.ui.pages.scoring.field import EntryField

_TITLES = ("维度", "指标", "分值", "评分标准", "填写", "得分")
_WIDTHS = (56, 0, 40, 0, 232, 72)
_LEAST = (0, 96, 0, 120, 0, 0)
"""Words wrap: their columns do not grow with the text, so that large text fits too."""
_STRETCH = (0, 2, 0, 6, 2, 0)
_RECORDED = "QLineEdit:read-only { background:transparent; border-color:transparent; }"
"""Recorded figures are plain numbers, not fields."""
_DIMENSION, _NAME, _WORTH, _STANDARD, _ENTRY, _SCORE = range(6)
_TOP = Qt.AlignmentFlag.AlignTop


class SheetGrid(QFrame):
    """Builds the rows anew for another sheet; else shows new values in the same widgets."""

    why_asked = Signal(object)
    stage_why_asked = Signal(object)
    override_asked = Signal(object)
    restore_asked = Signal(object)
    exempt_asked = Signal(object)
    appraise_asked = Signal(object)

    def __init__(self, look: Look, sheet: Sheet, scheme: Scheme) -> None:
        """The rows of one sheet."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setStyleSheet(_RECORDED)
        self._look = look
        self.shape = shape(sheet.rows)
        known = known_facts(scheme)
        self.rows = [RowView(look, one, known) for one in sheet.rows]
        self.fields: list[EntryField] = [
            field for one in self.rows for field in one.fields if not isinstance(field, AgreedField)
        ]
        """Those that ask for something, in printed order."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(18, 8, 14, 10)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._lines: list[tuple[int, bool]] = []
        self._build(scheme)
        look.changed.connect(self.update)

    def show_sheet(self, sheet: Sheet, *, is_open: bool, is_stage: bool) -> None:
        """Show what is stored now; the sheet has the same shape."""
        for view, shown in zip(self.rows, sheet.rows, strict=True):
            view.show_row(shown, is_open=is_open, is_stage=is_stage)

    def set_compact(self, *, is_compact: bool) -> None:
        """Without the standards, and what indicators mean, while the paper lies beside it."""
        for widget in (self._standard_title, *(one.standard for one in self.rows)):
            if widget is not None:
                widget.setVisible(not is_compact)
        for one in self.rows:
            for part in one.explained:
                part.setVisible(not is_compact)
        least = 0 if is_compact else _LEAST[_STANDARD]
        self._grid.setColumnMinimumWidth(_STANDARD, least)
        self._grid.setColumnStretch(_STANDARD, 0 if is_compact else _STRETCH[_STANDARD])

    def _build(self, scheme: Scheme) -> None:
        grid, scale = self._grid, self._look.scale
        for place, (title, width, stretch) in enumerate(
            zip(_TITLES, _WIDTHS, _STRETCH, strict=True)
        ):
            if place == _DIMENSION and not any(view.row.path for view in self.rows):
                continue
            is_weight = place == _WORTH and scheme.is_weighted
            heading = label("权重" if is_weight else title, "muted")
            if place == _STANDARD:
                self._standard_title = heading
            heading.setContentsMargins(0, 6, 0, 8)
            side = Qt.AlignmentFlag.AlignRight if place == _SCORE else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(heading, 0, place, side)
            grid.setColumnMinimumWidth(place, round(width * scale) or _LEAST[place])
            grid.setColumnStretch(place, stretch)
        dimension = ""
        for line, view in enumerate(self.rows, start=1):
            here = view.row.path[0] if view.row.path else ""
            is_new = line == 1 or here != dimension
            dimension = here
            self._lines.append((line, is_new))
            if is_new and here:
                self._put(label(here, "", wrap=True), line, _DIMENSION)
            self._put_row(view, line)
        grid.setRowStretch(len(self.rows) + 1, 1)

    def _put_row(self, view: RowView, line: int) -> None:
        self._put(view.name, line, _NAME)
        self._put(view.worth, line, _WORTH)
        if view.standard is None:
            self._put(view.entry, line, _STANDARD, span=2)
        else:
            self._put(view.standard, line, _STANDARD)
            self._put(view.entry, line, _ENTRY)
        self._put(view.score, line, _SCORE)
        view.why_asked.connect(self.why_asked)
        view.stages.why_asked.connect(self.stage_why_asked)
        view.override_asked.connect(self.override_asked)
        view.restore_asked.connect(self.restore_asked)
        view.exempt_asked.connect(self.exempt_asked)
        view.appraise_asked.connect(self.appraise_asked)

    def _put(self, widget: QWidget, line: int, place: int, *, span: int = 1) -> None:
        margins = widget.contentsMargins()
        widget.setContentsMargins(margins.left(), 12, margins.right(), 12)
        self._grid.addWidget(widget, line, place, 1, span, _TOP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line above each row; above a new dimension it runs through."""
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = self._look.tokens
        right = self.width() - 1
        for line, is_new in self._lines:
            place = self.rows[line - 1].name.geometry()
            top, left = place.top(), 1 if is_new else place.left()
            painter.setPen(QColor(tokens.border if is_new else tokens.line))
            painter.drawLine(left, top, right, top)
