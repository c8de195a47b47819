"""评分: the sheets of all people, entered by keyboard, each number explained."""

from kpidesk.ui.pages.scoring.page import ScoringPage

__all__ = ["ScoringPage"]
