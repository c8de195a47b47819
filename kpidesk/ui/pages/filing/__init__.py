"""归档: scans come in, are looked at, and find their papers."""

from kpidesk.ui.pages.filing.page import FilingPage

__all__ = ["FilingPage"]
