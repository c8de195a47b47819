"""Notices above the pages: what the officer should know of the file, until settled or waved off.

The window makes the board before it is shown; what the notices look like is loaded with the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from kpidesk.ui.look.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.widgets.notice_bar import NoticeBar


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said; a later one with the same key takes its place, an empty text takes it away."""

    key: str
    text: str
    tone: Tone = Tone.WARN
    action: str = ""
    """A button with this text, which does `do`."""
    do: Callable[[], object] | None = None
    stays: bool = False
    """Whether it cannot be waved off."""
    waved: Callable[[], object] | None = None
    """Told when it is waved off, so that it need not be said again."""
    of_company: bool = True
    """Whether it ends when another company is opened."""


class NoticeBoard(QObject):
    """Shows what the desk notices at the top of a layout."""

    def __init__(self, desk: Desk, above: QVBoxLayout) -> None:
        """Nothing to say yet."""
        super().__init__(desk)
        self._look, self._above = desk.look, above
        self._shown: dict[str, Notice] = {}
        self._bar: NoticeBar | None = None
        desk.noticed.connect(self.put)
        desk.company_changed.connect(self.clear)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is being said."""
        return tuple(one.text for one in self._shown.values())

    @Slot(object)
    def put(self, notice: Notice) -> None:
        """Say it, or say it no more."""
        had = self._shown.pop(notice.key, None)
        if notice.text:
            self._shown[notice.key] = notice
        if notice.text or had is not None:
            self._show()

    @Slot()
    def clear(self) -> None:
        """Another company is open, or none."""
        self._shown = {key: one for key, one in self._shown.items() if not one.of_company}
        if self._bar is not None:
            self._show()

    def _wave(self, key: str) -> None:
        notice = self._shown.pop(key, None)
        if notice is not None and notice.waved is not None:
            notice.waved()
        self._show()

    def _show(self) -> None:
        if self._bar is None:
            from kpidesk.ui.widgets.notice_bar import NoticeBar

            self._bar = NoticeBar(self._look, self._wave)
            self._above.insertWidget(0, self._bar)
        self._bar.show_notices(tuple(self._shown.values()))
