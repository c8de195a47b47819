"""The editor of a company's own scheme: everything is filled in, nothing is programmed."""

from kpidesk.ui.pages.schemes.editor.editor import SchemeEditor

__all__ = ["SchemeEditor"]
