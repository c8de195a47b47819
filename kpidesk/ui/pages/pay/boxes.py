"""The boxes above the page of pay: cycle and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 34
_SHORTEST = 12


def choice_box(name: str) -> QComboBox:
    """A box to choose in, no wider than it is given."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumHeight(_HEIGHT)
    box.setMinimumContentsLength(_SHORTEST)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaxVisibleItems(16)
    return box


def offer_choices(box: QComboBox, texts: Sequence[str], place: int) -> None:
    """Offer texts and choose one, without telling anybody."""
    with QSignalBlocker(box):
        if [box.itemText(number) for number in range(box.count())] != list(texts):
            box.clear()
            box.addItems(list(texts))
        if texts:
            box.setCurrentIndex(place)
