"""体检 beside the draft: what is wrong with it as it is now, and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from kpidesk.core.lint.check_up import CheckUp, check_up
from kpidesk.core.lint.edits import edits
from kpidesk.core.lint.fixes import mended
from kpidesk.core.lint.flaw import Flaw, Severity
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.widgets import Badge, Card, column, label, push_button, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.lint.fixes import Fix
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk

_WORDS = {
    Severity.ERROR: ("错误", Tone.BAD),
    Severity.WARNING: ("警告", Tone.WARN),
    Severity.HINT: ("提示", Tone.NEUTRAL),
}
_REST_MS = 350
_MOST = 40


class FlawsPanel(QWidget):
    """`edited` carries a label and a scheme; `counted` how many errors and warnings there are."""

    edited = Signal(str, object)
    counted = Signal(int, int)

    def __init__(self, desk: Desk, scheme: Callable[[], Scheme]) -> None:
        """Looks when the draft has rested for a moment."""
        super().__init__()
        self._desk, self._scheme = desk, scheme
        self._looked_at: Scheme | None = None
        self._texts: tuple[str, ...] = ()
        self._holder = Holder(spacing=10)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        self.setLayout(column(scrolled(self._holder)))

    @property
    def is_current(self) -> bool:
        """Whether the draft has been looked at as it is."""
        return self._looked_at is self._scheme()

    @property
    def texts(self) -> tuple[str, ...]:
        """What was found."""
        return self._texts

    def show_draft(self) -> None:
        """Look at the draft soon."""
        if self._scheme() is not self._looked_at:
            self._rest.start()

    def stop(self) -> None:
        """Look no more."""
        self._rest.stop()

    def _look(self) -> None:
        scheme = self._scheme()
        self._looked_at = scheme
        self._desk.tasks.run(
            lambda: check_up(scheme), lambda found: self._show(scheme, found), owner=self
        )

    def _show(self, scheme: Scheme, found: CheckUp) -> None:
        if scheme is not self._looked_at:
            return
        errors, warnings = len(found.of(Severity.ERROR)), len(found.of(Severity.WARNING))
        self._texts = tuple(one.message for one in found.flaws)
        self.counted.emit(errors, warnings)
        if not found.flaws:
            self._holder.put(label("没有发现矛盾、缺漏或错误。", "muted", wrap=True), spring=True)
            return
        self._holder.put(*(self._card(scheme, one) for one in found.flaws[:_MOST]), spring=True)

    def _card(self, scheme: Scheme, flaw: Flaw) -> QWidget:
        word, tone = _WORDS[flaw.severity]
        told = label(flaw.message, wrap=True)
        parts: list[QWidget] = [told]
        if flaw.fix is not None:
            parts += [label(one.text, "muted", wrap=True) for one in edits(scheme, flaw.fix)]
        head = row(Badge(self._desk.look, word, tone), label(flaw.title, "muted"), None)
        card = Card("", head, *parts)
        if (fix := flaw.fix) is not None:
            button = push_button(self._desk.look, "采用", lambda: self._adopt(fix), icon="check")
            card.body.addLayout(row(button, None))
        return card

    def _adopt(self, fix: Fix) -> None:
        self.edited.emit("采用体检的建议", mended(self._scheme(), fix))
