"""The levers of 测算: a slider with a number field each, so that keys and mouse both move them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget

from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.widgets import column, label, row
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.payroll.what_if import Lever

_MOST, _STEP, _PAGE = 200, 1, 10
_FIELD = 74
_START = Decimal(100)


class PercentLever(QWidget):
    """A percentage from 0 to 200 on the slider; the field takes any that is not negative."""

    moved = Signal()

    def __init__(self, title: str, value: Decimal = _START) -> None:
        """Both show the same."""
        super().__init__()
        self._value = value
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _MOST)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(_PAGE)
        self.slider.setAccessibleName(title)
        self.field = _number_field(f"{title}（%）")
        self.slider.valueChanged.connect(self._slide)
        self.field.textEdited.connect(self._type)
        head = row(label(title, wrap=True), spacing=6)
        head.setStretch(0, 1)
        self.setLayout(column(head, row(self.slider, self.field, label("%", "muted"), spacing=6)))
        self.set_value(value)

    def value(self) -> Decimal:
        """The percentage; the last one that was a number."""
        return self._value

    def set_value(self, value: Decimal) -> None:
        """Show a percentage, without telling."""
        self._value = value
        self._show(number_text(value))

    def _show(self, text: str) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(min(int(self._value), _MOST))
        if self.field.text() != text:
            self.field.setText(text)

    def _slide(self, value: int) -> None:
        self._value = Decimal(value)
        self._show(number_text(self._value))
        self.moved.emit()

    def _type(self, text: str) -> None:
        value = _read(text.rstrip("%％"))
        _mark(self.field, wrong=value is None)
        if value is not None:
            self._value = value
            self._show(text)
            self.moved.emit()


class ValueLever(QWidget):
    """A figure for everybody; left empty, each goes on with their last one."""

    moved = Signal()

    def __init__(self, lever: Lever) -> None:
        """Empty."""
        super().__init__()
        self.field = _number_field(lever.label)
        self.field.setPlaceholderText("沿用")
        self.field.textEdited.connect(self._type)
        head = row(label(lever.label, wrap=True), self.field, label(lever.unit, "muted"), spacing=6)
        head.setStretch(0, 1)
        self.setLayout(head)
        self._value: Decimal | None = None

    def value(self) -> Decimal | None:
        """The figure; None for going on as before."""
        return self._value

    def _type(self, text: str) -> None:
        value = _read(text) if text.strip() else None
        wrong = value is None and bool(text.strip())
        _mark(self.field, wrong=wrong)
        if not wrong:
            self._value = value
            self.moved.emit()


class LeversPanel(QWidget):
    """One lever for all percentages, then each; then the other figures."""

    moved = Signal()

    def __init__(self, levers: Sequence[Lever], between: QWidget) -> None:
        """Everything at 100 %; `between` stands before the other figures."""
        super().__init__()
        percent = [one for one in levers if one.in_percent]
        self.overall = PercentLever("总体完成率")
        self.percent = {one.name: PercentLever(_title(one)) for one in percent}
        self.values = {one.name: ValueLever(one) for one in levers if not one.in_percent}
        self.overall.moved.connect(self._move_all)
        for lever in self.percent.values():
            lever.moved.connect(self.moved)
        for value in self.values.values():
            value.moved.connect(self.moved)
        single = [] if len(percent) < 2 else list(self.percent.values())  # noqa: PLR2004 - one is the overall
        parts: list[QWidget] = [self.overall] if percent else []
        parts += [*single, between]
        if self.values:
            parts.append(label("其他数据（空着就沿用各人最近一期的）", "muted", wrap=True))
        parts += self.values.values()
        self.setLayout(column(*parts, None, spacing=12))

    def chosen(self) -> dict[str, Decimal]:
        """What is assumed, by the lever's name."""
        found = {name: one.value() for name, one in self.percent.items()}
        for name, one in self.values.items():
            if (value := one.value()) is not None:
                found[name] = value
        return found

    def _move_all(self) -> None:
        for one in self.percent.values():
            one.set_value(self.overall.value())
        self.moved.emit()


def _title(lever: Lever) -> str:
    return f"{lever.label}：得满分的" if lever.full is not None else f"{lever.label}：完成目标的"


def _number_field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setFixedWidth(_FIELD)
    made.setAccessibleName(name)
    return made


def _read(text: str) -> Decimal | None:
    """A number that is not negative; None for anything else."""
    try:
        value = parse_decimal(text)
    except ValueError:
        return None
    return value if value >= 0 else None


def _mark(field: QLineEdit, *, wrong: bool) -> None:
    """Say at a field that what is typed is no number."""
    field.setToolTip("请填写不小于零的数字" if wrong else "")
    field.setProperty("wrong", wrong)
    field.style().unpolish(field)
    field.style().polish(field)
