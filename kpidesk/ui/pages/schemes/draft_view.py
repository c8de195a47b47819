"""A draft in the list: whose it is, what it changes, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.schemes import drafting
from kpidesk.ui.widgets import Badge, Card, column, label, push_button, row, scrolled
from kpidesk.ui.words import day_text
from kpidesk.usecases import editing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.lint.edits import Edit
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.editing import DraftRow


class DraftView(QWidget):
    """Nothing is edited here: that has its own view."""

    def __init__(self, desk: Desk, edit: Callable[[int], object]) -> None:
        """`edit` opens the editor of a draft."""
        super().__init__()
        self._desk, self._edit = desk, edit
        self._draft: DraftRow | None = None
        self._title = label("", "heading", wrap=True)
        self._about = label("", "muted")
        badge = Badge(desk.look, "草稿", Tone.WARN)
        self.open_button = push_button(
            desk.look, "继续修改", self._open, icon="edit", kind="primary"
        )
        self.discard_button = push_button(desk.look, "放弃草稿…", self._discard)
        desk.only_if("editing.save", self.open_button, self.discard_button)
        words = column(self._title, row(badge, self._about, None, spacing=10), spacing=6)
        head = row(words, self.discard_button, self.open_button, spacing=12)
        head.setStretch(0, 1)
        self._holder = Holder(right=0)
        layout = column(head, scrolled(self._holder), spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_draft(self, draft: DraftRow) -> None:
        """Show a draft of the list."""
        self._draft = draft
        self._title.setText(draft.title)
        self._about.setText(f"{draft.saved_by} {day_text(draft.saved_on)} 保存")
        self._holder.put()

        def show(found: Sequence[Edit]) -> None:
            if self._draft is draft:
                grid = drafting.differences_grid(self._desk.look, found)
                self._holder.put(Card("与原方案的差别", grid), spring=True)

        self._desk.ask(lambda company: editing.differences(company, draft.id), show, owner=self)

    def _open(self) -> None:
        if self._draft is not None:
            self._edit(self._draft.id)

    def _discard(self) -> None:
        if self._draft is not None:
            drafting.discard(self._desk, self.window(), self._draft, lambda: None)
