"""方案: the schemes that contracts can rest on, told as they stand in the contract."""

from kpidesk.ui.pages.schemes.page import SchemesPage

__all__ = ["SchemesPage"]
