"""Saves the plan as it is typed: one at a time, the newest last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kpidesk.ui.errors import message_of
from kpidesk.usecases import targets

if TYPE_CHECKING:
    from kpidesk.core.target_plan import TargetPlan
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company


SAVING = "targets.working.save_plan"
"""The use case behind every change of a plan."""


class PlanSaver(QObject):
    """While the worker writes, later versions wait, and only the last of them is written."""

    saved = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Nothing to save yet."""
        super().__init__(parent)
        self._desk = desk
        self._waiting: TargetPlan | None = None
        self._busy = False

    @property
    def is_saving(self) -> bool:
        """Whether the company file has yet to answer."""
        return self._busy

    def save(self, plan: TargetPlan) -> None:
        """Write the plan now, or after what is being written."""
        self._waiting = plan
        if not self._busy:
            self._next()

    def _next(self) -> None:
        plan, self._waiting = self._waiting, None
        if plan is None:
            self.saved.emit()
            return
        self._busy = True
        actor, today = self._desk.officer, self._desk.today

        def work(company: Company) -> Changes:
            return targets.save_plan(company, plan, actor=actor, today=today)

        self._desk.act(work, self._done, self._fail, owner=self)

    def _done(self, _: object) -> None:
        self._busy = False
        self._next()

    def _fail(self, problem: Exception) -> None:
        self._busy = False
        self._waiting = None
        self.refused.emit(f"没有保存：{message_of(problem)}")
