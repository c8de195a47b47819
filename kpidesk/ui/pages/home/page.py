"""首页: where the year stands, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.home.beginning import Beginning
from kpidesk.ui.pages.home.pipeline import Pipeline
from kpidesk.ui.pages.home.recent import RecentCard
from kpidesk.ui.pages.home.todos import TodosCard
from kpidesk.ui.pages.papers import PAPERS, PapersMenu
from kpidesk.ui.widgets import column, row, scrolled
from kpidesk.ui.words import long_day_text
from kpidesk.usecases.home import Overview, Todo, overview
from kpidesk.usecases.yearbook.offers import Paper

if TYPE_CHECKING:
    from datetime import date

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.actuals import Lacking
    from kpidesk.usecases.company import Company

_WEEKDAYS = "一二三四五六日"


class HomePage(Page):
    """The year's steps with their figures, what waits, what was done; or how to begin."""

    title = "首页"

    def __init__(self, desk: Desk) -> None:
        """The pipeline above, what waits and what was done below."""
        super().__init__(desk)
        self.pipeline = Pipeline(desk)
        self.todos = TodosCard(desk)
        self.recent = RecentCard(desk)
        self.beginning = Beginning(desk)
        below = row(spacing=16)
        below.addWidget(self.todos, 3)
        below.addWidget(self.recent, 2)
        year = QWidget()
        year.setLayout(column(self.pipeline, below, spacing=16))
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._year = scrolled(year)
        self._stack.addWidget(self._year)
        self._stack.addWidget(self.beginning)
        self.body.addWidget(self._stack, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._load_later)
        self.papers = PapersMenu(desk, self, tuple(Paper))
        self.tools.addWidget(self.papers.button)
        desk.only_if(PAPERS, self.papers.button)

    def refresh(self) -> None:
        """Count anew."""
        today = self.desk.today
        self.desk.ask(lambda company: overview(company, today=today), self._show, owner=self)

    def _load_later(self) -> None:
        """Once the page is painted: what this loads would take the time of the window's thread."""
        today = self.desk.today
        if self.desk.may("unsettled.pay_to_settle"):
            self.desk.ask(lambda company: _later(company, today), self._show_later, owner=self)

    def _show(self, now: Overview) -> None:
        if (company := self.desk.company) is None:
            return
        today = self.desk.today
        day = f"{long_day_text(today)}  星期{_WEEKDAYS[today.weekday()]}"
        who = "经办人" if company.user is None else company.user.role.text
        officer = f"  ·  {who} {self.desk.officer}" if self.desk.officer else ""
        self.set_header(company.name, f"{day}{officer}")
        self.pipeline.show_overview(now)
        self.todos.show_todos(now.todos)
        self.recent.show_recent(now.recent)
        self.papers.button.setEnabled(bool(now.drafts or now.printed or now.signed))
        is_new = not (now.people or now.drafts or now.printed or now.signed)
        self._stack.setCurrentWidget(self.beginning if is_new else self._year)
        self._soon.start()

    def _show_later(self, found: tuple[Lacking | None, Todo]) -> None:
        lacking, pay = found
        self.pipeline.show_later(lacking, pay)
        self.todos.show_later(lacking, pay)


def _later(company: Company, today: date) -> tuple[Lacking | None, Todo]:
    """What is not entered yet, and the pay that waits: it loads what computes, so it comes last."""
    from kpidesk.usecases.actuals import what_is_missing
    from kpidesk.usecases.unsettled import pay_to_settle

    return what_is_missing(company, today=today), pay_to_settle(company, today=today)
