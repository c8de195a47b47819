"""The pages of an open company: key, name, icon, and how each is made on its first visit.

Page modules import use cases, hence SQLAlchemy; so they are imported here inside functions, when
a company has been opened (the worker has long imported it by then) and not while the window
starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A line of the navigation; `home` is module:Class."""

    key: str
    name: str
    icon: str
    home: str

    def make(self, desk: Desk) -> Page:
        """Import the page and build it."""
        module, _, name = self.home.partition(":")
        return cast("Page", getattr(import_module(module), name)(desk))


PAGES = (
    PageEntry("home", "首页", "home", "kpidesk.ui.pages.home:HomePage"),
    PageEntry("people", "人员", "people", "kpidesk.ui.pages.people:PeoplePage"),
    PageEntry("schemes", "方案", "scheme", "kpidesk.ui.pages.schemes:SchemesPage"),
    PageEntry("targets", "目标", "target", "kpidesk.ui.pages.targets:TargetsPage"),
    PageEntry("contracts", "责任书", "contract", "kpidesk.ui.pages.contracts:ContractsPage"),
    PageEntry("actuals", "实绩", "actuals", "kpidesk.ui.pages.actuals:ActualsPage"),
    PageEntry("scoring", "评分", "scoring", "kpidesk.ui.pages.scoring:ScoringPage"),
    PageEntry("results", "结果", "results", "kpidesk.ui.pages.results:ResultsPage"),
    PageEntry("reports", "报表", "report", "kpidesk.ui.pages.reports:ReportsPage"),
    PageEntry("pay", "薪酬", "pay", "kpidesk.ui.pages.pay:PayPage"),
    PageEntry("filing", "归档", "filing", "kpidesk.ui.pages.filing:FilingPage"),
    PageEntry("settings", "设置", "settings", "kpidesk.ui.pages.settings:SettingsPage"),
)
