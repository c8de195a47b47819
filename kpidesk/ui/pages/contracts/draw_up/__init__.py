"""拟定责任书: people, scheme and term, parameters, targets; then a draft for each person."""

from kpidesk.ui.pages.contracts.draw_up.dialog import DrawUpDialog

__all__ = ["DrawUpDialog"]
