"""The dialog of a sitting: when, who was there, and the people whose results are moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize

from kpidesk.core.errors import InvalidValueError
from kpidesk.ui.forms import DateField, Form, TextField
from kpidesk.ui.forms.dialog import SavingDialog
from kpidesk.ui.pages.results.review.calibration import CalibrationTable
from kpidesk.ui.widgets import label
from kpidesk.usecases import reviewing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.review.guideline import Guide
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.reviewing import Sitting

_SIZE = QSize(980, 620)
_FORM_HEIGHT = 96
_HINT = (
    "选中一行或多行，按 + 升一级，按 - 降一级；也可以直接改总分，等级按方案的标准得出。"
    "原结果不会改变，校准记录在它上面。"
)


class SittingDialog(SavingDialog):
    """Saves all moves at once, with their reasons, or none."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        found: Sitting,
        order: Sequence[str],
        guides: Sequence[Guide],
    ) -> None:
        """Everybody who can be moved; who cannot is said."""
        form = Form(desk.look)
        self.on = form.add(DateField(desk.look, "校准会日期", required=True), half=True)
        self.present = form.add(
            TextField("参加人员", required=True, most=200, example="总经理、各部门负责人"),
            half=True,
        )
        self.on.set_value(desk.today)
        super().__init__(desk, parent, "校准", form, save="保存校准", width=_SIZE.width())
        self.table = CalibrationTable(desk, found.rows, order, guides)
        area = self.body.itemAt(0).widget()
        if area is not None:
            area.setMaximumHeight(round(_FORM_HEIGHT * desk.look.scale))
        self.body.setStretch(0, 0)
        self.body.addWidget(label(_HINT, "muted", wrap=True))
        if found.others:
            text = f"不能校准：{'；'.join(found.others)}"
            self.body.addWidget(label(text, "muted", wrap=True))
        self.body.addWidget(self.table, 1)
        self.table.changed.connect(self._count)
        self._count()
        self.resize(_SIZE)

    @property
    def is_dirty(self) -> bool:
        """Whether somebody was moved, or something typed."""
        return self.form.is_dirty or bool(self.table.moved)

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Keep the moves."""
        try:
            moves = self.table.moves()
        except InvalidValueError as problem:
            failed(problem)
            return
        on, present = self.on.value(), self.present.value()
        actor, today = self.desk.officer, self.desk.today

        def work(company: Company) -> Changes:
            return reviewing.calibrate(
                company, moves, present=present, on=on or today, actor=actor, today=today
            )

        self.desk.act(work, done, failed, owner=self)

    def saved(self, _outcome: object) -> None:
        """Say how many."""
        self.desk.tell("校准已保存，原结果保留")

    def _count(self) -> None:
        count = len(self.table.moved)
        self.accept_button.setText(f"保存 {count} 人的校准" if count else "保存校准")
        self.accept_button.setEnabled(bool(count))
