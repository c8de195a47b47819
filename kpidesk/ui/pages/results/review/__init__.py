"""校准、审批、公示、确认、申诉: what happens to results after their scores are recorded."""

from kpidesk.ui.pages.results.review.history import HistoryView
from kpidesk.ui.pages.results.review.menu import ReviewMenu

__all__ = ["HistoryView", "ReviewMenu"]
