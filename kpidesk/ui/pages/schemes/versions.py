"""改动: what a version of the company's own changes in the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.schemes.drafting import differences_grid
from kpidesk.ui.widgets import Card, column, label
from kpidesk.usecases import editing
from kpidesk.usecases.schemes import edition_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.lint.edits import Edit
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk


class VersionChanges(QWidget):
    """Asked for on the worker."""

    def __init__(self, desk: Desk, scheme: Scheme) -> None:
        """A built-in scheme has no version before it."""
        super().__init__()
        self._desk = desk
        self._holder = Holder(right=0)
        self.setLayout(column(self._holder))
        if not edition_text(scheme):
            words = label("这是内置的方案，不会改动；修改后发布，就成为本公司的版本。", "muted")
            self._holder.put(Card("改动", words))
            return
        desk.ask(
            lambda company: editing.version_changes(company, scheme.id), self._show, owner=self
        )

    def _show(self, found: Sequence[Edit]) -> None:
        self._holder.put(Card("与上一版相比", differences_grid(self._desk.look, found)))
