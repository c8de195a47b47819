"""The dialog that makes a company file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kpidesk.ui.files import choose_file, file_name
from kpidesk.ui.forms import Form, TextField
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.widgets import push_button, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company

_LONGEST_PATH = 240


class NewCompanyDialog(SavingDialog):
    """Company name, who signs for it, who works here, and where the file goes."""

    chapter = "公司文件与备份"

    def __init__(
        self, desk: Desk, parent: QWidget, opened: Callable[[Company, str], object]
    ) -> None:
        """`opened` gets the new company and the officer's name."""
        form = Form(desk.look)
        self._name = form.add(TextField("公司全称", required=True, example="与公章一致的名称"))
        self._representative = form.add(TextField("法定代表人", hint="印在责任书甲方处"), half=True)
        self._officer = form.add(
            TextField("经办人", required=True, hint="您的姓名，记入操作日志"), half=True
        )
        self._path = form.add(
            TextField("文件位置", required=True, most=_LONGEST_PATH, hint="数据都在这一个文件中")
        )
        browse = QWidget()
        choose = push_button(desk.look, "选择位置…", self._browse, icon="folder-open")
        browse.setLayout(row(choose, None))
        form.add_widget(browse)
        super().__init__(desk, parent, "新建公司文件", form, save="新建", width=560)
        self._opened = opened
        self._suggested = ""
        self._name.changed.connect(self._suggest)

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Make the file on the worker."""
        name, officer = self._name.value(), self._officer.value()
        representative, path = self._representative.value(), Path(self._path.value())
        today = self.desk.today

        def work() -> tuple[Company, str]:
            from kpidesk.usecases import company as company_cases

            path.parent.mkdir(parents=True, exist_ok=True)
            company = company_cases.create_company(
                path, name=name, representative=representative, actor=officer, today=today
            )
            return company, officer

        self.desk.tasks.run(work, done, failed, owner=self)

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - the pair that `start` made
        """Open it in the window."""
        self._opened(*outcome)

    def _suggest(self) -> None:
        """A path from the company's name, until the officer has chosen another."""
        if self._path.raw() != self._suggested:
            return
        typed = str(self._name.raw()).strip()
        path = self.desk.documents / f"{file_name(typed)}.kpidesk"
        self._suggested = str(path) if typed else ""
        self._path.set_value(self._suggested)

    def _browse(self) -> None:
        start = Path(str(self._path.raw()) or self.desk.documents / "公司.kpidesk")
        choose_file(
            self,
            "公司文件保存在",
            start,
            "公司文件 (*.kpidesk)",
            lambda path: self._path.set_value(str(path)),
            to_save=True,
        )
