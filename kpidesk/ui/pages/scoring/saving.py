"""Saving what was confirmed on the sheet: at once, one value each, and undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.errors import message_of
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.facts import FactValue
    from kpidesk.ui.pages.scoring.field import EntryField
    from kpidesk.ui.pages.scoring.page import ScoringPage
    from kpidesk.usecases.appraisals import SheetChange
    from kpidesk.usecases.company import Company


class EntrySaver(QObject):
    """Puts each confirmed value on the page's undo stack, which saves it."""

    def __init__(self, page: ScoringPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page

    def save(self, field: EntryField, value: FactValue | None) -> None:
        """Save a value that was confirmed at a field."""
        view = self._page.pane.view
        if view is None:
            return
        appraisal, key = view.appraisal.id, field.key

        def put(wanted: FactValue | None, command: _Entered) -> None:
            self._enter(appraisal, key, wanted, command)

        label = f"填写“{field.known.label}”"
        self._page.undo.push(_Entered(label, field.field.value, value, put))

    def _enter(
        self,
        appraisal: AppraisalId,
        key: tuple[str, str],
        value: FactValue | None,
        command: _Entered,
    ) -> None:
        page = self._page
        desk, source = page.desk, page.pane.head.source
        actor, today = desk.officer, desk.today
        name, period = key

        def refused(problem: Exception) -> None:
            command.setObsolete(True)
            if not page.pane.refuse(key, message_of(problem)) or not isinstance(
                problem, KpiDeskError
            ):
                desk.tasks.unhandled.emit(problem)

        typist = page.second.bar.who

        def again(company: Company) -> SheetChange:
            return appraisals.enter_second(
                company,
                appraisal,
                name=name,
                period=period,
                value=value,
                typist=typist,
                actor=actor,
                today=today,
            )

        def once(company: Company) -> SheetChange:
            return appraisals.enter(
                company,
                appraisal,
                name=name,
                period=period,
                value=value,
                source=source,
                actor=actor,
                today=today,
            )

        desk.act(
            again if page.second.is_on else once,
            None,
            refused,
            owner=page,
        )


class _Entered(QUndoCommand):
    """One value in place of another; taking it back saves the former value."""

    def __init__(
        self,
        label: str,
        before: FactValue | None,
        after: FactValue | None,
        put: Callable[[FactValue | None, _Entered], None],
    ) -> None:
        super().__init__(label)
        self._before, self._after, self._put = before, after, put

    def redo(self) -> None:
        """Save the new value."""
        self._put(self._after, self)

    def undo(self) -> None:
        """Save the former value."""
        self._put(self._before, self)
