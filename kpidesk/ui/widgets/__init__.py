"""Small building blocks of pages: cards, headings, buttons, banners, badges."""

from kpidesk.ui.widgets.basic import (
    Badge,
    Banner,
    Card,
    column,
    label,
    push_button,
    row,
    scrolled,
    search_box,
    tool_button,
)
from kpidesk.ui.widgets.empty import EmptyState

__all__ = [
    "Badge",
    "Banner",
    "Card",
    "EmptyState",
    "column",
    "label",
    "push_button",
    "row",
    "scrolled",
    "search_box",
    "tool_button",
]
