"""What was done last, each leading to its contract or sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.period import Period
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.home.todos import clear
from kpidesk.ui.widgets import Badge, Card, label, push_button, row
from kpidesk.ui.words import cycle_text, day_text
from kpidesk.usecases.home import Event, Recent

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk


class RecentCard(Card):
    """最近: printed, signed, scored, interviewed, approved."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_recent`."""
        super().__init__("最近完成")
        self._desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_recent(self, done: tuple[Recent, ...]) -> None:
        """These instead of the ones before."""
        clear(self._lines)
        for one in done:
            self._lines.addWidget(self._line(one))
        if not done:
            hint = "打印、签署、定分和面谈会按日期列在这里。"
            self._lines.addWidget(label(hint, "muted", wrap=True))

    def _line(self, one: Recent) -> QWidget:
        word, tone, page = _words(one.event)
        about = cycle_text(one.about) if isinstance(one.about, Period) else one.about
        text = f"{one.person_name}  {about}"
        link = push_button(self._desk.look, text, lambda: self._desk.go(page, one.id), kind="link")
        day = label(day_text(one.day), "muted")
        made = QWidget()
        made.setLayout(row(Badge(self._desk.look, word, tone), link, None, day))
        return made


def _words(event: Event) -> tuple[str, Tone, str]:
    """The badge, its tone, and the page that shows it."""
    match event:
        case Event.PRINTED:
            return "打印", Tone.NEUTRAL, "contracts"
        case Event.SIGNED:
            return "签署", Tone.ACCENT, "contracts"
        case Event.SCORED:
            return "定分", Tone.GOOD, "results"
        case Event.INTERVIEWED:
            return "面谈", Tone.GOOD, "results"
        case Event.APPROVED:
            return "批准", Tone.GOOD, "results"
        case _:
            assert_never(event)
