"""打印与导出: the documents of a period, from one menu of a page."""

from kpidesk.ui.pages.papers.menu import PAPERS, PapersMenu

__all__ = ["PAPERS", "PapersMenu"]
