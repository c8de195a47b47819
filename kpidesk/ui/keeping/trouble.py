"""A company file that did not open: say why, and offer what can be done about it."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from kpidesk.ui.dialogs import confirm, show_message
from kpidesk.ui.errors import message_of
from kpidesk.ui.keeping.backup_clock import places
from kpidesk.ui.keeping.recovery import RecoveryDialog
from kpidesk.ui.locking.open_dialog import OpenDialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.usecases.company import officer_of, open_company
from kpidesk.usecases.keeping.listing import backups_of
from kpidesk.usecases.keeping.restoring import note_recovery
from kpidesk.usecases.opening import Trouble, open_for_reading, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.keeping.listing import BackupRow
    from kpidesk.usecases.locking import Unlock

    Opened = Callable[[Company, str], object]


_log = logging.getLogger(__name__)


def tell_trouble(
    desk: Desk,
    parent: QWidget,
    path: Path,
    problem: Exception,
    opened: Opened,
    *,
    unlock: Unlock | None = None,
) -> None:
    """`opened` gets the company, and its officer, when there is a way in after all.

    `unlock` is what was typed for an encrypted file.
    """
    _log.warning("a company file did not open: %s", type(problem).__name__)
    match trouble_of(problem):
        case Trouble.DAMAGED:
            _recover(desk, parent, path, opened, unlock)
        case Trouble.MISSING if backups_of(path, places(desk)):
            _recover(desk, parent, path, opened, unlock)
        case Trouble.TAKEN:
            confirm(
                desk,
                parent,
                title=f"“{path.name}”现在不能编辑",
                text=f"{message_of(problem)}\n\n也可以只看不改：打开的是它此刻的内容。",
                action="只读打开",
                then=partial(look_at, desk, parent, path, opened, unlock),
            )
        case _:
            title = f"无法打开“{path.name}”"
            show_message(desk, parent, title, message_of(problem), Tone.WARN)


def look_at(
    desk: Desk, parent: QWidget, path: Path, opened: Opened, unlock: Unlock | None = None
) -> None:
    """只读打开: what the file holds this moment."""

    def work() -> tuple[Company, str]:
        company = open_for_reading(path, unlock)
        return company, officer_of(company)

    def failed(problem: Exception) -> None:
        title = f"无法打开“{path.name}”"
        show_message(desk, parent, title, message_of(problem), Tone.WARN)

    desk.tasks.run(work, lambda found: opened(*found), failed)


def _recover(
    desk: Desk, parent: QWidget, path: Path, opened: Opened, unlock: Unlock | None
) -> None:
    def recovered(backup: BackupRow, damaged: Path | None) -> None:
        def work() -> tuple[Company, str]:
            company = open_company(path, unlock)
            return company, officer_of(company)

        def note(company: Company, officer: str, _: str = "") -> None:
            def line() -> None:
                who = officer or "经办人"
                note_recovery(company, backup, damaged, actor=who, today=desk.today)

            desk.tasks.run(line, lambda _: opened(company, officer), failed)

        def failed(problem: Exception, _: object = None) -> None:
            title = f"无法打开“{path.name}”"
            show_message(desk, parent, title, message_of(problem), Tone.WARN)

        def ask(problem: Exception) -> None:
            """The backup may be encrypted, or by another password than the file was."""
            if backup.is_encrypted:
                OpenDialog(desk, parent, path, note, failed).open()
            else:
                failed(problem)

        desk.tasks.run(work, lambda found: note(*found), ask)

    RecoveryDialog(desk, parent, path, recovered).open()
