"""责任书: drawn up, filled in, printed, signed."""

from kpidesk.ui.pages.contracts.page import ContractsPage

__all__ = ["ContractsPage"]
