"""A field for a day: typed in any usual way, or chosen in a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout

from kpidesk.core.typed import parse_typed_day
from kpidesk.ui.forms.field import Field

if TYPE_CHECKING:
    from kpidesk.ui.look import Look


class DateField(Field["date | None"]):
    """A day, or none. An impossible one (30 February) is refused with the reason."""

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        required: bool = False,
        least: date | None = None,
        most: date | None = None,
        hint: str = "",
    ) -> None:
        """`least` and `most` are allowed themselves."""
        super().__init__(title, required=required, hint=hint)
        self._least, self._most = least, most
        self._line = QLineEdit()
        self._line.setPlaceholderText("2026-03-01")
        self._line.textChanged.connect(self.changed)
        self._line.editingFinished.connect(self._tidy)
        self._calendar: QCalendarWidget | None = None
        self._popup: QFrame | None = None
        calendar = QAction("打开日历（Alt+↓）", self._line)
        look.dress(calendar, "calendar")
        calendar.triggered.connect(self.open_calendar)
        # Inside the line: days are typed, field after field, and fields end alike.
        self._line.addAction(calendar, QLineEdit.ActionPosition.TrailingPosition)
        keys = QShortcut(QKeySequence("Alt+Down"), self._line)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.open_calendar)
        self.place(self._line)
        self.settle()

    def value(self) -> date | None:
        """The day; None when the field may be empty and is."""
        text = self._line.text().strip()
        if not text:
            if self.required:
                msg = f"请填写{self.title}，例如 2026-03-01"
                raise ValueError(msg)
            return None
        day = parse_typed_day(text)
        if self._least is not None and day < self._least:
            msg = f"{self.title}不能早于 {self._least}"
            raise ValueError(msg)
        if self._most is not None and day > self._most:
            msg = f"{self.title}不能晚于 {self._most}"
            raise ValueError(msg)
        return day

    def set_value(self, value: date | None) -> None:
        """Show a day."""
        self._line.setText("" if value is None else value.isoformat())
        self.settle()

    def raw(self) -> object:
        """What is typed."""
        return self._line.text()

    def open_calendar(self) -> None:
        """Offer a month to choose from, at the day that is typed."""
        if self._popup is None:
            self._popup = QFrame(self, Qt.WindowType.Popup)
            self._popup.setFrameShape(QFrame.Shape.StyledPanel)
            self._calendar = QCalendarWidget()
            self._calendar.setLocale(QLocale("zh_CN"))
            self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            self._calendar.setVerticalHeaderFormat(
                QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
            )
            self._calendar.clicked.connect(self._choose)
            self._calendar.activated.connect(self._choose)
            layout = QVBoxLayout(self._popup)
            layout.setContentsMargins(4, 4, 4, 4)
            layout.addWidget(self._calendar)
        if self._calendar is not None:
            try:
                day = self.value()
            except ValueError:
                day = None
            if day is not None:
                self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._popup.move(self._line.mapToGlobal(QPoint(0, self._line.height() + 2)))
        self._popup.show()

    def _choose(self, day: QDate) -> None:
        self._line.setText(date(day.year(), day.month(), day.day()).isoformat())
        if self._popup is not None:
            self._popup.hide()
        self._line.setFocus()

    def _tidy(self) -> None:
        """2026年3月1日 becomes 2026-03-01; what makes no sense stays as it was typed."""
        text = self._line.text().strip()
        if not text:
            return
        try:
            day = parse_typed_day(text)
        except ValueError as problem:
            self.refuse(str(problem))
            return
        if text != day.isoformat():
            self._line.setText(day.isoformat())
