"""首页: where the year stands, and what comes next."""

from kpidesk.ui.pages.home.page import HomePage

__all__ = ["HomePage"]
