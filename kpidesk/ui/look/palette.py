"""Tokens → the palette that the Fusion style paints with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from kpidesk.ui.look.tokens import Tokens

_Role = QPalette.ColorRole
_OFF = QPalette.ColorGroup.Disabled


def palette_of(tokens: Tokens) -> QPalette:
    """Most of the look comes from here: a palette costs nothing, a style sheet does."""
    palette = QPalette()
    for role, colour in (
        (_Role.Window, tokens.ground),
        (_Role.WindowText, tokens.ink),
        (_Role.Base, tokens.surface),
        (_Role.AlternateBase, tokens.raised),
        (_Role.Text, tokens.ink),
        (_Role.Button, tokens.surface),
        (_Role.ButtonText, tokens.ink),
        (_Role.BrightText, tokens.bad.ink),
        (_Role.ToolTipBase, tokens.surface),
        (_Role.ToolTipText, tokens.ink),
        (_Role.PlaceholderText, tokens.faint),
        (_Role.Highlight, tokens.accent_fill),
        (_Role.HighlightedText, tokens.on_accent),
        (_Role.Accent, tokens.accent.ink),
        (_Role.Link, tokens.accent.ink),
        (_Role.LinkVisited, tokens.accent.ink),
        (_Role.Light, tokens.surface),
        (_Role.Midlight, tokens.line),
        (_Role.Mid, tokens.border),
        (_Role.Dark, tokens.border),
        (_Role.Shadow, tokens.faint),
    ):
        palette.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(_OFF, role, QColor(tokens.faint))
    palette.setColor(_OFF, _Role.Base, QColor(tokens.raised))
    palette.setColor(_OFF, _Role.Highlight, QColor(tokens.border))
    return palette
