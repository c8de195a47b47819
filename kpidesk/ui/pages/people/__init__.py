"""人员: departments and the people in them."""

from kpidesk.ui.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
