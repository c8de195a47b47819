"""The next step as a button: of the chosen results, of those in view, or of the one at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kpidesk.ui.deciding import deciding
from kpidesk.ui.pages.results.review.decision import DecisionDialog
from kpidesk.ui.pages.results.review.forms import answer_dialog, names_of, publish_dialog
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import push_button, row
from kpidesk.usecases import reviewing
from kpidesk.usecases.next_steps import NextStep, by_step, other_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.pages.results.page import ResultsPage
    from kpidesk.usecases.results import ResultRow
    from kpidesk.usecases.reviewing import BatchRow

_ICONS = {
    NextStep.FINISH: "scoring",
    NextStep.SUBMIT: "sign",
    NextStep.DECIDE: "sign",
    NextStep.MEND: "undo",
    NextStep.PUBLISH: "report",
    NextStep.CONFIRM: "person",
    NextStep.ANSWER: "warning",
    NextStep.CLOSE: "lock",
}

_CASES = {
    NextStep.FINISH: "appraisals.finishing.finish_scoring",
    NextStep.SUBMIT: "reviewing.batches.submit",
    NextStep.DECIDE: "reviewing.batches.decide",
    NextStep.MEND: "appraisals.finishing.reopen",
    NextStep.PUBLISH: "reviewing.batches.publish",
    NextStep.CONFIRM: "reviewing.afterwards.confirm",
    NextStep.ANSWER: "reviewing.afterwards.dismiss",
    NextStep.CLOSE: "reviewing.cycles.close_cycle",
}


class NextStepButton(QWidget):
    """Says the step and for how many; beside it, what may be done instead."""

    def __init__(self, steps: NextSteps) -> None:
        """Hidden while there is nothing to do."""
        super().__init__()
        self._steps = steps
        self._rows: dict[NextStep, list[ResultRow]] = {}
        look = steps.page.desk.look
        self.main = push_button(look, "", self._go, icon="arrow-right", kind="primary")
        self.other = push_button(look, "", self._go_other)
        self.setLayout(row(self.other, self.main, spacing=8))
        self.hide()

    @property
    def step(self) -> NextStep | None:
        """What comes next for the most of the results."""
        return next(iter(self._rows), None)

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """What comes next for these."""
        may = self._steps.page.desk.may
        self._rows = {one: some for one, some in by_step(rows).items() if may(_CASES[one])}
        step = self.step
        self.setVisible(step is not None)
        if step is None:
            return
        there = self._rows[step]
        many = f" {len(there)} 份" if len(rows) > 1 else ""
        is_theirs = step is NextStep.DECIDE and deciding(self._steps.page.desk) is not None
        self.main.setText(f"{'审批' if is_theirs else step}{many}…")
        self.main.setIcon(self._steps.page.desk.look.light_icon(_ICONS[step]))
        left = "；".join(
            f"{each}：{names_of(some)}" for each, some in self._rows.items() if each is not step
        )
        self.main.setToolTip(
            plain_tip(f"{names_of(there)}\n另有 {left}" if left else names_of(there))
        )
        other = other_step(step)
        if other is not None and not may(_CASES[other]):
            other = None
        self.other.setVisible(other is not None)
        self.other.setText(f"{other}{many}…" if other else "")

    def _go(self) -> None:
        if (step := self.step) is not None:
            self._steps.do(step, self._rows[step])

    def _go_other(self) -> None:
        step = self.step
        if step is not None and (other := other_step(step)) is not None:
            self._steps.do(other, self._rows[step])


class NextSteps(QObject):
    """Opens what a step needs."""

    def __init__(self, page: ResultsPage) -> None:
        """Asks the page's own menu where it has the step already."""
        super().__init__(page)
        self.page = page

    def do(self, step: NextStep, rows: Sequence[ResultRow]) -> None:
        """Do the step with these results."""
        page, review = self.page, self.page.review
        match step:
            case NextStep.FINISH | NextStep.MEND:
                ids = tuple(one.id for one in rows)
                page.desk.go("scoring", ids[0] if len(ids) == 1 else ("these", ids))
            case NextStep.SUBMIT:
                review.submit(rows)
            case NextStep.DECIDE | NextStep.PUBLISH:
                self._with_batch(step, rows)
            case NextStep.CONFIRM:
                review.confirm(rows)
            case NextStep.ANSWER:
                first = rows[0]
                answer_dialog(page.desk, page, first.id, first.person_name).open()
            case NextStep.CLOSE:
                review.show_cycles()

    def _with_batch(self, step: NextStep, rows: Sequence[ResultRow]) -> None:
        """One batch is decided or made public at once; of several, one is chosen first."""
        page, wanted = self.page, {one.review.batch for one in rows}

        def show(batches: Sequence[BatchRow]) -> None:
            there = [one for one in batches if one.id in wanted]
            if len(there) != 1:
                page.review.show_batches(there[0].id if there else None)
            elif step is NextStep.DECIDE:
                DecisionDialog(page.desk, page, there[0]).open()
            else:
                publish_dialog(page.desk, page, there[0].id).open()

        page.desk.ask(reviewing.list_batches, show, owner=page)
