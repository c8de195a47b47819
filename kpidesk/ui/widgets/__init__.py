"""Small building blocks of pages: cards, headings, buttons, banners, badges.

The window and the welcome page import from `kpidesk.ui.basic` instead: see there for why.
"""

from kpidesk.ui.basic import Card, column, label, push_button, row, tool_button
from kpidesk.ui.widgets.empty import EmptyState
from kpidesk.ui.widgets.parts import Badge, Banner, scrolled, search_box
from kpidesk.ui.widgets.text_area import TextArea

__all__ = [
    "Badge",
    "Banner",
    "Card",
    "EmptyState",
    "TextArea",
    "column",
    "label",
    "push_button",
    "row",
    "scrolled",
    "search_box",
    "tool_button",
]
