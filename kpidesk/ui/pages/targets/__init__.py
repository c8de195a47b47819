"""The page 目标."""

from kpidesk.ui.pages.targets.page import TargetsPage

__all__ = ["TargetsPage"]
