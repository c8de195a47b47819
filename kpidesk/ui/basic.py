"""Labels, buttons, cards and layouts in the house style.

Nothing here reaches for the namespace `Qt`: making its enumerations costs a sixth of the time to
the first window, so properties are set by the names of their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.text import menu_text, plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.look import Look

_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text; kinds: title, heading, figure, muted, wrong."""
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def push_button(
    look: Look,
    text: str,
    do: Callable[[], object],
    *,
    icon: str = "",
    kind: str = "",
) -> QPushButton:
    """A button; kinds: primary (one of a page), danger, link, menu (opens one).

    Its text may name people and departments: an & in it marks no key.
    """
    made = QPushButton(menu_text(text))
    if kind:
        made.setProperty("kind", kind)
    if icon and kind in ("primary", "danger"):
        made.setIcon(look.light_icon(icon))
    elif icon:
        look.dress(made, icon, Tone.ACCENT if kind == "link" else None)
    made.clicked.connect(lambda _=False: do())
    return made


def tool_button(look: Look, icon: str, tip: str, do: Callable[[], object]) -> QToolButton:
    """A small button that shows only an icon; `tip` says what it does."""
    made = QToolButton()
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(tip)
    look.dress(made, icon)
    made.clicked.connect(lambda _=False: do())
    return made


def row(*parts: QWidget | QLayout | None, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side; None is a spring."""
    return _fill(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | QLayout | None, spacing: int = 8) -> QVBoxLayout:
    """Parts below each other; None is a spring."""
    return _fill(QVBoxLayout(), parts, spacing)


def _fill(layout: _Box, parts: tuple[QWidget | QLayout | None, ...], spacing: int) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


class Card(QFrame):
    """A white panel with round corners; put things into `body`."""

    def __init__(self, title: str = "", *parts: QWidget | QLayout | None) -> None:
        """An optional heading, then the parts below each other."""
        super().__init__()
        self.setProperty("kind", "card")
        self.body = column(*parts, spacing=10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 16, 18, 16)
        outer.setSpacing(12)
        if title:
            outer.addWidget(label(title, "heading"))
        outer.addLayout(self.body, 1)
