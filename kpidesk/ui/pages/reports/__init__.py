"""报表: a year of the company, a department or a person, as charts and tables."""

from kpidesk.ui.pages.reports.page import ReportsPage

__all__ = ["ReportsPage"]
