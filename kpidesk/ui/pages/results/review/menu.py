"""The menu 审批 of the results page, and the same for the rows that are chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from kpidesk.ui.pages.results.review.batches import BatchesDialog
from kpidesk.ui.pages.results.review.cycles import CyclesDialog
from kpidesk.ui.pages.results.review.forms import confirm_dialog, submit_dialog
from kpidesk.ui.pages.results.review.next_step import NextStepButton, NextSteps
from kpidesk.ui.pages.results.review.rules import rules_dialog
from kpidesk.ui.pages.results.review.sitting import SittingDialog
from kpidesk.ui.pages.results.review.spread import SpreadDialog
from kpidesk.ui.reasons import grey_while
from kpidesk.ui.widgets import push_button
from kpidesk.usecases import reviewing
from kpidesk.usecases.whereabouts import Where, is_there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.review.steps import BatchId
    from kpidesk.ui.pages.results.page import ResultsPage
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.results import ResultRow
    from kpidesk.usecases.reviewing import ReviewRules, SchemeApproval, Sitting

_NONE = {
    Where.UNSUBMITTED: "列表里没有可以校准、提交审批的结果：须已定分，且没有提交或批准",
    Where.UNCONFIRMED: "列表里没有等待确认的结果：须已批准，还没有登记确认",
}


_CALIBRATING = "reviewing.calibrating.calibrate"
_SUBMITTING = "reviewing.batches.submit"
_CONFIRMING = "reviewing.afterwards.confirm"
_ABOUT = {
    _CALIBRATING: Where.UNSUBMITTED,
    _SUBMITTING: Where.UNSUBMITTED,
    _CONFIRMING: Where.UNCONFIRMED,
}
"""Which results a command is about: it is grey while there are none in the list."""


class ReviewMenu(QObject):
    """Acts on the chosen rows where several are chosen, else on all that are in view."""

    def __init__(self, page: ResultsPage) -> None:
        """Its button goes into the page's tools."""
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self.rules: ReviewRules | None = None
        self.button = push_button(
            self._desk.look, "校准与审批", lambda: None, icon="sign", kind="menu"
        )
        menu = QMenu(self.button)
        for text, do, case in (
            ("校准…", self.calibrate, _CALIBRATING),
            ("各部门等级分布…", self.show_spread, "reviewing.rules.review_rules"),
            ("", None, ""),
            ("提交总经理审批…", self.submit, _SUBMITTING),
            ("审批批次、登记审批意见与公示…", self.show_batches, "reviewing.batches.list_batches"),
            ("登记员工确认…", self.confirm, _CONFIRMING),
            ("", None, ""),
            ("关闭或重新打开考核周期…", self.show_cycles, "reviewing.cycles.list_cycles"),
            (
                "考核规则（审批、等级分布、申诉）…",
                self.set_rules,
                "reviewing.rules.save_review_rules",
            ),
        ):
            if do is None:
                menu.addSeparator()
                continue
            action = menu.addAction(text)
            action.triggered.connect(lambda *_, do=do: do())
            self._desk.only_if(case, action)
            if where := _ABOUT.get(case):
                grey_while(menu, action, partial(self._why_not, where))
        self.button.setMenu(menu)
        self._desk.only_if("reviewing.batches.list_batches", self.button)
        self._steps = NextSteps(page)
        self.next = NextStepButton(self._steps)
        self.next_of_one = NextStepButton(self._steps)
        """The same for the result at hand, where all that happened to it is listed."""

    def show_next(self) -> None:
        """Say what comes next for the chosen results, or those in view; and for the one."""
        chosen = self._page.list.selected()
        self.next.show_rows(self._wanted())
        self.next_of_one.show_rows(chosen)

    def offer(self, menu: QMenu, rows: Sequence[ResultRow]) -> None:
        """What can be done with the chosen rows."""
        wanted = {
            where: [one for one in rows if is_there(one, where)]
            for where in (Where.UNSUBMITTED, Where.UNCONFIRMED)
        }
        menu.addSeparator()
        if (some := wanted[Where.UNSUBMITTED]) and self._desk.may(_SUBMITTING):
            menu.addAction(f"校准所选的 {len(some)} 份…").triggered.connect(
                lambda: self.calibrate(some)
            )
            menu.addAction(f"提交所选的 {len(some)} 份给总经理审批…").triggered.connect(
                lambda: self.submit(some)
            )
        if (others := wanted[Where.UNCONFIRMED]) and self._desk.may(_CONFIRMING):
            menu.addAction(f"登记所选的 {len(others)} 人确认…").triggered.connect(
                lambda: self.confirm(others)
            )

    def calibrate(self, rows: Sequence[ResultRow] = ()) -> None:
        """Open a sitting about the chosen results, or those in view."""
        ids = [one.id for one in rows or self._wanted()]

        def show(found: Sitting) -> None:
            if not found.rows:
                self._desk.tell(_NONE[Where.UNSUBMITTED])
                return
            guides = self.rules.guides if self.rules else ()
            order = self._page.list.order
            SittingDialog(self._desk, self._page, found, order, guides).open()

        self._desk.ask(lambda company: reviewing.sitting(company, ids), show, owner=self._page)

    def submit(self, rows: Sequence[ResultRow] = ()) -> None:
        """Submit the chosen results, or those in view that can be."""
        if wanted := self._there(rows, Where.UNSUBMITTED):
            near = self._page.list.selected()
            submit_dialog(self._desk, self._page, wanted, self._print, near=near).open()

    def confirm(self, rows: Sequence[ResultRow] = ()) -> None:
        """Record that the chosen people, or those in view, took note of their results."""
        if wanted := self._there(rows, Where.UNCONFIRMED):
            confirm_dialog(self._desk, self._page, wanted).open()

    def show_batches(self, first: BatchId | None = None) -> None:
        """The batches, to be printed, decided and made public."""
        BatchesDialog(self._desk, self._page, first=first).open()

    def show_cycles(self) -> None:
        """The cycles, to be closed and opened again."""
        CyclesDialog(self._desk, self._page).open()

    def show_spread(self) -> None:
        """The grades of those in view, by department."""
        rows = self._page.list.shown()
        guides = self.rules.guides if self.rules else ()
        SpreadDialog(self._desk, self._page, rows, self._page.list.order, guides).open()

    def set_rules(self) -> None:
        """What needs approval, the guideline of grades and the times of appeals."""

        def show(found: _Rules) -> None:
            rules_dialog(self._desk, self._page, *found, self._page.list.order).open()

        self._desk.ask(_load_rules, show, owner=self._page)

    def _print(self, batch: BatchId) -> None:
        """The table of a new batch is what the officer needs next."""
        self._desk.tell(f"已提交，第 {batch} 批")
        dialog = BatchesDialog(self._desk, self._page, first=batch)
        dialog.open()
        dialog.print_when_shown()

    def _wanted(self) -> Sequence[ResultRow]:
        chosen = self._page.list.selected()
        return chosen if len(chosen) > 1 else self._page.list.shown()

    def _why_not(self, where: Where) -> str:
        return "" if any(is_there(one, where) for one in self._wanted()) else _NONE[where]

    def _there(self, rows: Sequence[ResultRow], where: Where) -> list[ResultRow]:
        found = [one for one in rows or self._wanted() if is_there(one, where)]
        if not found:
            self._desk.tell(_NONE[where])
        return found


_Rules: TypeAlias = "tuple[ReviewRules, tuple[tuple[str, SchemeApproval], ...]]"


def _load_rules(company: Company) -> _Rules:
    return reviewing.review_rules(company), reviewing.scheme_approvals(company)
