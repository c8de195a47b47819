"""The line above the grid: which scheme, which indicator, which months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kpidesk.ui.widgets import label, row
from kpidesk.ui.words import cycle_text
from kpidesk.usecases.targets import PlanKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.period import Period
    from kpidesk.usecases.targets import PlanScheme

_HEIGHT = 34
_SCHEME, _INDICATOR, _PERIOD = 300, 190, 130
_SHORTEST = 8


class PlanChoice(QWidget):
    """Three lists; `chosen` when another plan is meant."""

    chosen = Signal()

    def __init__(self) -> None:
        """Empty until `show_schemes`."""
        super().__init__()
        self._schemes: tuple[PlanScheme, ...] = ()
        self.schemes = _box("考核方案", _SCHEME)
        self.indicators = _box("指标", _INDICATOR)
        self.periods = _box("期间", _PERIOD)
        line = row(
            label("方案"),
            self.schemes,
            label("指标"),
            self.indicators,
            label("期间"),
            self.periods,
        )
        line.setStretch(1, 1)
        self.setLayout(line)
        self.schemes.currentIndexChanged.connect(self._follow_scheme)
        for box in (self.indicators, self.periods):
            box.currentIndexChanged.connect(lambda _: self.chosen.emit())

    def show_schemes(self, schemes: Sequence[PlanScheme], wanted: PlanKey | None) -> None:
        """Offer these; `wanted` is chosen where it is among them, without telling."""
        self._schemes = tuple(schemes)
        _offer(self.schemes, [one.title for one in schemes])
        pairs = [(one.scheme, one.indicator_scheme) for one in schemes]
        pair = (wanted.scheme, wanted.indicator_scheme) if wanted else ("", "")
        with QSignalBlocker(self.schemes):
            self.schemes.setCurrentIndex(pairs.index(pair) if pair in pairs else 0)
        self._fill(wanted)

    @property
    def key(self) -> PlanKey | None:
        """The plan that is chosen; None while there is nothing to choose from."""
        scheme = self.scheme
        if scheme is None:
            return None
        indicator = scheme.indicators[max(self.indicators.currentIndex(), 0)]
        period = scheme.periods[max(self.periods.currentIndex(), 0)]
        return PlanKey(scheme.scheme, scheme.indicator_scheme, indicator.fact, period)

    @property
    def scheme(self) -> PlanScheme | None:
        """The scheme that is chosen."""
        place = self.schemes.currentIndex()
        return self._schemes[place] if 0 <= place < len(self._schemes) else None

    def _follow_scheme(self, _: int) -> None:
        self._fill(self.key)
        self.chosen.emit()

    def _fill(self, wanted: PlanKey | None) -> None:
        scheme = self.scheme
        if scheme is None:
            return
        texts = [
            f"{one.label}（{one.unit}）" if one.unit else one.label for one in scheme.indicators
        ]
        facts = [one.fact for one in scheme.indicators]
        fact = wanted.fact if wanted else ""
        _offer(self.indicators, texts, facts.index(fact) if fact in facts else 0)
        period: Period = wanted.period if wanted else scheme.usual
        if period not in scheme.periods:
            period = scheme.usual
        place = scheme.periods.index(period)
        _offer(self.periods, [cycle_text(one) for one in scheme.periods], place)


def _box(name: str, width: int) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumHeight(_HEIGHT)
    box.setMinimumWidth(width)
    box.setMinimumContentsLength(_SHORTEST)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaxVisibleItems(16)
    return box


def _offer(box: QComboBox, texts: Sequence[str], place: int = 0) -> None:
    """Offer texts and choose one, without telling anybody."""
    with QSignalBlocker(box):
        box.clear()
        box.addItems(list(texts))
        if texts:
            box.setCurrentIndex(place)


def known_plan(schemes: Sequence[PlanScheme], wanted: PlanKey | None) -> PlanKey | None:
    """The plan that is wanted, where it can be; else the usual one."""
    for one in schemes:
        if wanted and (one.scheme, one.indicator_scheme) == (
            wanted.scheme,
            wanted.indicator_scheme,
        ):
            facts = [each.fact for each in one.indicators]
            fact = wanted.fact if wanted.fact in facts else facts[0]
            period = wanted.period if wanted.period in one.periods else one.usual
            return PlanKey(one.scheme, one.indicator_scheme, fact, period)
    if not schemes:
        return None
    first = schemes[0]
    return PlanKey(first.scheme, first.indicator_scheme, first.indicators[0].fact, first.usual)
