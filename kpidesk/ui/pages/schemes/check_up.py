"""体检: what is wrong with a scheme, in whose words, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.lint.edits import edits
from kpidesk.core.lint.flaw import Flaw, Severity
from kpidesk.core.wording import scheme_wordings
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.lights import WordingCard
from kpidesk.ui.pages.schemes.lined import LinedGrid
from kpidesk.ui.widgets import Badge, Card, column, label, push_button, row
from kpidesk.usecases import mending

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.lint.check_up import CheckUp
    from kpidesk.core.lint.fixes import Fix
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.mending import FixAdopted

_WORDS = {
    Severity.ERROR: ("错误", Tone.BAD),
    Severity.WARNING: ("警告", Tone.WARN),
    Severity.HINT: ("提示", Tone.NEUTRAL),
}
_MEANING = "错误须在签署前改正；警告不影响计算，但可能有争议；提示供参考。"
_KEPT = "采用后另存为本公司的新版本；这里的方案不会改动，仍在列表中，随时可以改用回来。"


class CheckUpSection(QWidget):
    """Checks on the worker; a fix is adopted by one click and becomes a version of its own."""

    def __init__(self, desk: Desk, scheme: Scheme, adopted: Callable[[FixAdopted], object]) -> None:
        """`adopted` gets the new version."""
        super().__init__()
        self._desk, self._scheme, self._adopted = desk, scheme, adopted
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._waiting = label("正在检查…", "muted")
        self._layout.addWidget(self._waiting)
        self._layout.setSpacing(16)
        desk.ask(
            lambda company: mending.check_up_of(company, scheme.id),
            lambda found: self._show(found[1]),
            owner=self,
        )

    def _show(self, found: CheckUp) -> None:
        self._waiting.hide()
        card = Card("体检")
        self._layout.addWidget(card)
        self._layout.addWidget(WordingCard(self._desk, scheme_wordings(self._scheme)))
        if not found.flaws:
            card.body.addWidget(label("没有发现矛盾、缺漏或错误。", "muted"))
            return
        counts = [
            Badge(self._desk.look, f"{word} {len(flaws)}", tone)
            for severity, (word, tone) in _WORDS.items()
            if (flaws := found.of(severity))
        ]
        card.body.addLayout(row(*counts, None))
        card.body.addWidget(label(_MEANING, "muted", wrap=True))
        if any(one.fix for one in found.flaws):
            card.body.addWidget(label(_KEPT, "muted", wrap=True))
        grid = LinedGrid(self._desk.look, [("", 52, 0), ("发现", 300, 1), ("条款", 44, 0)])
        for one in found.flaws:
            word, tone = _WORDS[one.severity]
            badge = QWidget()
            badge.setLayout(row(Badge(self._desk.look, word, tone), None))
            grid.add([badge, self._words(one), label(one.clause, "muted")])
        card.body.addWidget(grid)

    def _words(self, flaw: Flaw) -> QWidget:
        """What is wrong, the words of the source, and the fix with its button."""
        told = label(f"{flaw.title}：{flaw.message}", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts: list[QWidget] = [told]
        if flaw.phrase:
            parts.append(label(f"原文：“{flaw.phrase}”", "muted", wrap=True))
        if flaw.fix is not None:
            parts.append(self._offer(flaw.fix))
        holder = QWidget()
        holder.setLayout(column(*parts, spacing=4))
        return holder

    def _offer(self, fix: Fix) -> QWidget:
        """What will change, before and after, and the button that does it."""
        changes = (label(one.text, wrap=True) for one in edits(self._scheme, fix))
        button = push_button(self._desk.look, "采用", lambda: self._adopt(fix), icon="check")
        self._desk.only_if("mending.adopt_fix", button)
        button.setToolTip(_KEPT)
        offer = row(column(label("可以这样改", "muted"), *changes, spacing=2), button, spacing=12)
        offer.setStretch(0, 1)
        offer.setAlignment(button, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(offer)
        return holder

    def _adopt(self, fix: Fix) -> None:
        self.setEnabled(False)  # one click, one version
        scheme, actor, today = self._scheme.id, self._desk.officer, self._desk.today

        def failed(problem: Exception) -> None:
            self.setEnabled(True)
            self._desk.tasks.unhandled.emit(problem)

        self._desk.act(
            lambda company: mending.adopt_fix(
                company, scheme=scheme, fix=fix, actor=actor, today=today
            ),
            self._adopted,
            failed,
            owner=self,
        )
