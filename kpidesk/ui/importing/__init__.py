"""导入…: one wizard for people, targets, actuals, dated lines and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.importing.dialog import ImportDialog
from kpidesk.usecases.importing import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.targets import PlanKey

__all__ = ["ImportDialog", "import_for"]

_KINDS = {
    "targets": Kind.TARGETS,
    "contracts": Kind.TARGETS,
    "actuals": Kind.ACTUALS,
    "scoring": Kind.SCORES,
    "pay": Kind.ACTUALS,
}


def import_for(
    desk: Desk,
    parent: QWidget,
    page: str,
    path: Path | None = None,
    *,
    plan: PlanKey | None = None,
) -> ImportDialog:
    """Open the wizard with what a page is about chosen already; `plan` is the one in view."""
    dialog = ImportDialog(desk, parent, _KINDS.get(page, Kind.PEOPLE), path, plan)
    dialog.open()
    return dialog
