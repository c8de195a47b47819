"""A page in sections, one of them in view."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kpidesk.ui.pages.choice_bar import ChoiceBar


class Tabs(QWidget):
    """A bar of names above the section that is chosen."""

    def __init__(self) -> None:
        """Without sections."""
        super().__init__()
        self.bar = ChoiceBar()
        self._stack = QStackedWidget()
        self.bar.chosen.connect(self._stack.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)

    def add(self, title: str, section: QWidget) -> None:
        """One more section."""
        self._stack.addWidget(section)
        self.bar.add(title)

    def show_section(self, number: int) -> None:
        """Bring a section into view."""
        self.bar.choose(number)
