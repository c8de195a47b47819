"""The dialog that opens an encrypted company file: by its password, or by the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpidesk.ui.locking.unlock_dialog import LAST, UnlockDialog
from kpidesk.usecases import company as company_cases
from kpidesk.usecases import users
from kpidesk.usecases.opening import Trouble, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.locking import Unlock


class OpenDialog(UnlockDialog):
    """Opens it; whoever has a password of their own is signed in by it, too."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        path: Path,
        opened: Callable[[Company, str, str], object],
        failed: Callable[[Exception, Unlock], object],
    ) -> None:
        """`opened` gets the company, the officer, and the recovery code where that opened it.

        `failed` gets what stands in the way although the password is right, and the password.
        """
        about = f"“{path.stem}”已加密。"
        super().__init__(desk, parent, path, title="打开加密的公司文件", about=about, save="打开")
        self._path, self._opened, self._failed = path, opened, failed

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Try on the worker: a password takes a moment on purpose."""
        path, unlock = self._path, self.unlock()

        def work() -> tuple[Company, str]:
            company = company_cases.open_company(path, unlock)
            if unlock.name and company.has_users:
                users.sign_in_by_name(company, unlock.name, password=unlock.password)
            user = company.user
            return company, user.name if user is not None else company_cases.officer_of(company)

        self.desk.tasks.run(work, done, failed, owner=self)

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - the pair that `start` made
        """Show the company."""
        if self._asks_name and not self._by_code:
            self.desk.settings.put_text(LAST, self._name.value())
        company, officer = outcome
        self._opened(company, officer, self._code.value() if self._by_code else "")

    def _fail(self, problem: Exception) -> None:
        if trouble_of(problem) is Trouble.OTHER:
            super()._fail(problem)
            return
        self._set_saving(saving=False)  # it is the right password, but something else is in the way
        self.reject()
        self._failed(problem, self.unlock())
