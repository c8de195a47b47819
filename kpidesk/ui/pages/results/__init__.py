"""结果: totals and grades, their reasons, the interview, the review report."""

from kpidesk.ui.pages.results.page import ResultsPage

__all__ = ["ResultsPage"]
