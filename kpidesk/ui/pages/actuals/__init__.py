"""实绩: what was achieved, entered in bulk, with what is missing always in view."""

from kpidesk.ui.pages.actuals.page import ActualsPage

__all__ = ["ActualsPage"]
