"""Company files: made, opened, closed; always on the worker, where the database lives.

Use cases are imported inside the work: they bring SQLAlchemy, which the window does not wait for.
Nor does it wait for the dialogs: they are imported when the first is wanted.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kpidesk.ui.desk import close_company

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.locking import Unlock

KINDS = "公司文件 (*.kpidesk)"
_LAST = "files/last"


class CompanyFiles(QObject):
    """What the file menu and the welcome page do."""

    recent_changed = Signal()
    opening = Signal(str)
    """The name of the file that is being opened; empty when that has ended without a company."""

    def __init__(self, desk: Desk, sample: Path) -> None:
        """`sample` is where the sample company is made."""
        super().__init__(desk)
        self._desk = desk
        self._sample = sample
        self._being_opened: Path | None = None

    def preload(self) -> None:
        """Import what opening needs, on the worker, after the window is shown."""

        def work() -> None:
            import kpidesk.usecases.company  # noqa: F401 - SQLAlchemy is heavy

        self._desk.tasks.run(work)

    def last(self) -> Path | None:
        """The file that was open when the program ended, if it is still there."""
        text = self._desk.settings.text(_LAST)
        return Path(text) if text and Path(text).is_file() else None

    def create(self, parent: QWidget) -> None:
        """Ask for the company's name and make its file."""
        from kpidesk.ui.new_company import NewCompanyDialog

        NewCompanyDialog(self._desk, parent, self._opened).open()

    def choose(self, parent: QWidget) -> None:
        """Ask for a file and open it."""
        from kpidesk.ui.files import choose_file

        recent = self._desk.settings.recent
        start = recent[0] if recent else self._desk.documents / "x.kpidesk"
        choose_file(
            parent,
            "打开公司文件",
            start,
            KINDS,
            lambda path: self.open(parent, path),
            to_save=False,
        )

    def open(self, parent: QWidget, path: Path) -> None:
        """Open a file; the one that is open stays so when that fails."""
        current = self._desk.company
        if current is not None and Path(current.path) == path:
            self._desk.tell(f"“{path.name}”已经打开")
            return
        if path == self._being_opened:
            return  # asked for again, by a second start, before it was there
        self._being_opened = path
        self.opening.emit(path.name)

        def opened(found: tuple[Company, str]) -> None:
            self._being_opened = None
            self._opened(*found)

        def work() -> tuple[Company, str]:
            from kpidesk.usecases import company as company_cases

            company = company_cases.open_company(path)
            return company, company_cases.officer_of(company)

        def failed(problem: Exception) -> None:
            from kpidesk.ui.keeping.trouble import tell_trouble
            from kpidesk.usecases.locking import PasswordNeededError

            if isinstance(problem, PasswordNeededError):
                self._ask_password(parent, path)
                return
            self._being_opened = None
            self.opening.emit("")
            tell_trouble(self._desk, parent, path, problem, self._opened)
            if not path.exists():
                self._desk.settings.forget_recent(path)
                self.recent_changed.emit()

        self._desk.tasks.run(work, opened, failed)

    def _ask_password(self, parent: QWidget, path: Path) -> None:
        """Open an encrypted file; after the recovery code, ask for a new password at once."""
        from kpidesk.ui.locking.open_dialog import OpenDialog

        def show(company: Company, officer: str) -> None:
            self._being_opened = None
            self._opened(company, officer)

        def opened(company: Company, officer: str, code: str) -> None:
            if not code:
                show(company, officer)
                return
            from kpidesk.ui.locking.passwords import replace_password

            found = (company, officer)
            replace_password(self._desk, parent.window(), found, code, partial(show, *found))

        def given_up() -> None:
            self._being_opened = None
            self.opening.emit("")

        def failed(problem: Exception, unlock: Unlock) -> None:
            from kpidesk.ui.keeping.trouble import tell_trouble

            tell_trouble(self._desk, parent, path, problem, self._opened, unlock=unlock)

        dialog = OpenDialog(self._desk, parent, path, opened, failed)
        dialog.rejected.connect(given_up)
        dialog.open()

    def open_sample(self, parent: QWidget) -> None:
        """Open the sample company; make it first when it is not there."""
        if self._sample.is_file():
            self.open(parent, self._sample)
            return

        def work(progress: Progress) -> tuple[Company, str]:
            from kpidesk.usecases import company as company_cases
            from kpidesk.usecases.sample import create_sample

            self._sample.parent.mkdir(parents=True, exist_ok=True)
            company = create_sample(self._sample, progress=progress)
            return company, company_cases.officer_of(company)

        self._desk.tasks.run_long("正在生成样例公司", work, lambda found: self._opened(*found))

    def close(self, then: Callable[[], object] | None = None) -> None:
        """Close the open file: everything that was confirmed is saved already."""
        company = self._desk.company
        self._desk.settings.put_text(_LAST, "")
        self._desk.set_company(None)
        if company is not None:
            self._desk.tasks.run(
                partial(close_company, company), lambda _: then() if then else None
            )
        elif then is not None:
            then()

    def forget(self, path: Path) -> None:
        """Take a file off the list of recent ones."""
        self._desk.settings.forget_recent(path)
        self.recent_changed.emit()

    def _opened(self, company: Company, officer: str) -> None:
        before, path = self._desk.company, Path(company.path)
        self._desk.settings.add_recent(path)
        self._desk.settings.put_text(_LAST, str(path))
        self.recent_changed.emit()
        self._desk.set_company(company, officer)
        self._desk.tell(f"已打开“{company.name}”")
        if before is not None:
            self._desk.tasks.run(partial(close_company, before))
