"""A box that narrows a list to one value, or shows all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QSizePolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
_HEIGHT = 32
_SHORTEST = 4
CYCLE_LETTERS = 10
"""As wide as 2025年12月."""


class FilterBox(QComboBox, Generic[T]):
    """Its first line shows everything; what is chosen stays when the offers change."""

    def __init__(
        self, everything: str, changed: Callable[[], object], *, letters: int = _SHORTEST
    ) -> None:
        """`everything` is the text of the first line; room for so many `letters` always."""
        super().__init__()
        self._values: list[T | None] = [None]
        self._everything = everything
        self.addItem(everything)
        self.setMinimumHeight(_HEIGHT)
        self.setMinimumContentsLength(letters)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(everything)
        self.currentIndexChanged.connect(lambda _: changed())

    @property
    def value(self) -> T | None:
        """What is chosen; None for everything."""
        return self._values[max(self.currentIndex(), 0)]

    def offer(self, options: Sequence[tuple[T, str]]) -> None:
        """Offer these values with their texts."""
        values = [None, *(value for value, _ in options)]
        if values == self._values:
            return
        chosen = self.value
        with QSignalBlocker(self):
            self._values = values
            self.clear()
            self.addItems([self._everything, *(text for _, text in options)])
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)

    def choose(self, value: T | None) -> None:
        """Choose a value without telling anybody."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else 0)
