"""The company's own weights: typed for the indicators, summed for the dimensions as one types."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.weight_figures import counting
from kpidesk.ui.forms import NumberField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Badge, label, row
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpidesk.core.indicator import Indicator
    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import SettingValue
    from kpidesk.ui.look import Look

_PLACES = 2


class WeightsPanel(QWidget):
    """A field for each indicator under its dimension, with live sums and 100 % as the goal."""

    changed = Signal()

    def __init__(self, look: Look, scheme: Scheme) -> None:
        """Filled with the printed weights; empty where the source has none."""
        super().__init__()
        self._scheme = scheme
        self.fields: dict[str, NumberField] = {}
        self._sums: dict[str, QLabel] = {}
        self._total = Badge(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(label("指标权重（%）", "heading"), self._total, None))
        blank = any(one.worth is None for one in self._typed())
        hint = (
            "原文没有规定权重，由公司填写，合计 100%。"
            if blank
            else "默认是方案印制的权重；改动后，责任书和考核表都按公司自定的权重。"
        )
        layout.addWidget(label(hint, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._line, self._side = 0, 0
        for root in counting(scheme.indicators):
            self._add(grid, root)
        layout.addLayout(grid)
        self._show_sums()

    def show_settings(self, settings: Mapping[str, SettingValue]) -> None:
        """Show the weights in force with these parameters."""
        for one in self._typed():
            own = settings.get(f"weight.{one.name}", one.worth)
            self.fields[one.name].set_value(own if isinstance(own, Decimal) else one.worth)
        self._show_sums()

    def settings(self) -> dict[str, SettingValue]:
        """The weights that differ from the printed ones; ValueError when one makes no sense."""
        found: dict[str, SettingValue] = {}
        for root in counting(self._scheme.indicators):
            self._collect(root, found)
        return found

    def sound(self) -> bool:
        """Check the fields; each says what is wrong with it."""
        wrong = [field for field in self.fields.values() if not field.check()]
        return not wrong

    def _typed(self) -> tuple[Indicator, ...]:
        """Those whose weight is typed; it is summed for the dimensions."""
        return tuple(
            one for one in self._scheme.walk() if self._scheme.may_weigh(one) and _is_typed(one)
        )

    def _collect(self, indicator: Indicator, found: dict[str, SettingValue]) -> Decimal:
        if not _is_typed(indicator):
            below = (self._collect(one, found) for one in counting(indicator.children))
            weight = sum(below, ZERO)
        else:
            weight = self.fields[indicator.name].value() or ZERO
        if weight != indicator.worth and self._scheme.may_weigh(indicator):
            found[f"weight.{indicator.name}"] = weight
        return weight

    def _add(self, grid: QGridLayout, indicator: Indicator) -> None:
        if not _is_typed(indicator):
            self._line += 1 + self._side
            self._side = 0
            self._sums[indicator.name] = label("", "muted")
            name = label(indicator.name)
            grid.addLayout(row(name, self._sums[indicator.name], None), self._line, 0, 1, 2)
            self._line += 1
            for child in counting(indicator.children):
                self._add(grid, child)
            return
        field = NumberField(
            indicator.name, unit="%", required=True, least=ZERO, most=HUNDRED, places=_PLACES
        )
        field.set_value(indicator.worth)
        field.changed.connect(self._show_sums)
        field.changed.connect(self.changed)
        self.fields[indicator.name] = field
        grid.addWidget(field, self._line, self._side)
        self._line, self._side = self._line + self._side, 1 - self._side

    def _show_sums(self) -> None:
        try:
            total = sum((self._sum(root) for root in counting(self._scheme.indicators)), ZERO)
        except ValueError:
            self._total.say("合计 —", Tone.NEUTRAL)
            return
        tone = Tone.GOOD if total == HUNDRED else Tone.BAD
        self._total.say(f"合计 {number_text(total)}%", tone)

    def _sum(self, indicator: Indicator) -> Decimal:
        if _is_typed(indicator):
            return self.fields[indicator.name].value() or ZERO
        total = sum((self._sum(one) for one in counting(indicator.children)), ZERO)
        self._sums[indicator.name].setText(f"合计 {number_text(total)}%")
        return total


def _is_typed(indicator: Indicator) -> bool:
    """Whether a weight is typed here: of a leaf, or of a dimension that its children share."""
    return not indicator.children or indicator.is_divided
