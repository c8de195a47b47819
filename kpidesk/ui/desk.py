"""The desk: what every page is given, and the only way from a page to the company file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup

from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.ui.gate import keep_hidden
from kpidesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.look import Look
    from kpidesk.ui.notices import Notice
    from kpidesk.ui.settings_store import SettingsStore
    from kpidesk.ui.tasks import Progress, Task
    from kpidesk.usecases.company import Company

P = ParamSpec("P")
T = TypeVar("T")
BACKUP_PROBLEM = "backup/problem"
"""Where the settings say why the backup on closing failed."""


def close_company(company: Company) -> None:
    """On the worker: a backup if something was changed, then let the file go."""
    from kpidesk.usecases.keeping.making import close_company as close

    close(company)


def _carefully(work: Callable[Concatenate[Company, P], T], company: Company) -> Callable[P, T]:
    """The work; what it stumbles over in a damaged file is told as that, not as our fault."""

    def done(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return work(company, *arguments, **named)
        except (KpiDeskError, OSError):
            raise
        except Exception as problem:
            from kpidesk.usecases.damage import damage_behind

            if (damage := damage_behind(problem, company)) is not None:
                raise damage from problem
            raise

    return done


class Desk(QObject):
    """The open company, the worker, the look, the settings, and the signals between pages.

    `ask` reads and `act` writes: both run on the worker with the open company as the argument,
    and answer on the window's thread. After an `act`, `changed` carries its Changes.
    """

    changed = Signal(object)
    """What an action changed (Changes): pages that show it reload."""
    company_changed = Signal()
    """A company file was opened or closed: see `company`."""
    closing = Signal()
    """The program ends: let go of what is held, while the worker still takes tasks."""
    going = Signal(str, object)
    """Somebody asked for a page by its key, with something to show there (or None)."""
    told = Signal(str)
    """A sentence for the status bar: what was just done."""
    noticed = Signal(object)
    """A Notice above the pages, until it is settled or waved off."""

    def __init__(
        self,
        look: Look,
        settings: SettingsStore,
        today: Callable[[], date],
        documents: Path,
    ) -> None:
        """`today` is asked for each action; `documents` is where files are offered to be saved."""
        super().__init__()
        self.look = look
        self.settings = settings
        self.tasks = Tasks(self)
        self.undo = QUndoGroup(self)
        self.documents = documents
        self.company: Company | None = None
        self.officer = ""
        """Who acts: who is signed in, or the officer of the company file; goes into the log."""
        self._today = today

    @property
    def today(self) -> date:
        """The day on which an action happens."""
        return self._today()

    def ask(
        self,
        work: Callable[[Company], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task[T]:
        """Read from the company file: `done(work(company))`."""
        company = self._open_company()
        return self.tasks.run(_carefully(work, company), done, failed, owner=owner)

    def act(
        self,
        work: Callable[[Company], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task[T]:
        """Write: `work` returns Changes, or something with `.changes`; pages then reload."""
        company = self._open_company()

        def finish(outcome: T) -> None:
            self._announce(outcome)
            if done is not None:
                done(outcome)

        return self.tasks.run(_carefully(work, company), finish, failed, owner=owner)

    def act_long(
        self,
        title: str,
        work: Callable[[Company, Progress], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task[T]:
        """As `act` (or `ask`), with a progress panel that names the work and can cancel it."""
        company = self._open_company()

        def finish(outcome: T) -> None:
            self._announce(outcome)
            if done is not None:
                done(outcome)

        return self.tasks.run_long(title, _carefully(work, company), finish, failed, owner=owner)

    def may(self, case: str) -> bool:
        """Whether a use case is for the role in which one works; what is not is not shown."""
        return self.company is not None and self.company.may(case)

    def only_if(self, case: str, *things: QWidget | QAction) -> None:
        """Show buttons and commands only to those whom their use case is for."""
        if not self.may(case):
            keep_hidden(*things)

    def next_step(
        self, case: str, text: str, do: Callable[[], object]
    ) -> tuple[str, Callable[[], object] | None]:
        """What an empty page offers to do, to those whom its use case is for."""
        return (text, do) if self.may(case) else ("", None)

    def go(self, page: str, what: object = None) -> None:
        """Show another page, and there `what` (a contract id, say)."""
        self.going.emit(page, what)

    def tell(self, text: str) -> None:
        """Say in the status bar what was done."""
        self.told.emit(text)

    def notice(self, notice: Notice) -> None:
        """Say above the pages what the officer should know of the file."""
        self.noticed.emit(notice)

    def set_company(self, company: Company | None, officer: str = "") -> None:
        """Another company file is open, or none."""
        self.company, self.officer = company, officer
        self.company_changed.emit()

    def close(self) -> None:
        """Close the company file, once what was asked is done, and stop the worker."""
        self.closing.emit()
        company, self.company = self.company, None
        if company is not None:
            self.tasks.run(partial(close_company, company))
        self.tasks.close()
        if company is not None and company.keeper is not None:
            # Nobody is there to be told: the next start does.
            self.settings.put_text(BACKUP_PROBLEM, company.keeper.problem)

    def _announce(self, outcome: object) -> None:
        changes = getattr(outcome, "changes", outcome)
        if changes:
            self.changed.emit(changes)

    def _open_company(self) -> Company:
        if self.company is None:
            msg = "没有打开公司文件，请先新建或打开一个公司文件"
            raise NotAllowedError(msg)
        return self.company
