"""A field of several of a few: a box to tick for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from kpidesk.ui.forms import Field
from kpidesk.ui.text import menu_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACROSS = 2


class ManyField(Field[tuple[str, ...]]):
    """The ticked ones, in the order in which they are offered."""

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, str]],
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        """`options`: value and text of each."""
        super().__init__(title, required=required, hint=hint)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[str, QCheckBox] = {}
        for number, (value, text) in enumerate(options):
            box = QCheckBox(menu_text(text))
            box.setAccessibleName(f"{title}：{text}")
            box.toggled.connect(self.changed)
            self._boxes[value] = box
            grid.addWidget(box, number // _ACROSS, number % _ACROSS)
        self.place(holder)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))
        self.settle()

    def value(self) -> tuple[str, ...]:
        """The ticked values; refused when one is required and none is."""
        chosen = tuple(value for value, box in self._boxes.items() if box.isChecked())
        if self.required and not chosen:
            msg = f"{self.title}至少选一项"
            raise ValueError(msg)
        return chosen

    def set_value(self, value: tuple[str, ...]) -> None:
        """Tick these."""
        for name, box in self._boxes.items():
            box.setChecked(name in value)
        self.settle()

    def raw(self) -> object:
        """What is ticked."""
        return tuple(box.isChecked() for box in self._boxes.values())
