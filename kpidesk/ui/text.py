"""Text of users in widgets that would take it for markup."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """A tool tip that shows `text` as it stands: Qt guesses markup in tips, so nothing is left."""
    return f'<div style="white-space:pre-wrap">{escape(text)}</div>'


def menu_text(text: str) -> str:
    """`text` as the words of an action: & would mark a key."""
    return text.replace("&", "&&")
