"""Letters can be read on what lies behind them, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from kpidesk.ui.look.tokens import Theme, Tone, tokens_of

LEAST = 4.5
"""The contrast that ordinary letters need (WCAG 2, level AA)."""


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", Theme)
def test_letters_stand_out(theme: Theme) -> None:
    tokens = tokens_of(theme)
    pairs = {
        "primary button": (tokens.on_accent, tokens.accent_fill),
        "pressed button": (tokens.on_accent, tokens.accent_strong),
        "text": (tokens.ink, tokens.surface),
        "selected row": (tokens.ink, tokens.selected),
        "small print": (tokens.muted, tokens.ground),
        "heading of a table": (tokens.muted, tokens.raised),
        "link": (tokens.accent.ink, tokens.surface),
        **{f"badge {tone}": (tint.ink, tint.soft) for tone in Tone if (tint := tokens.tint(tone))},
    }
    weak = {name: round(contrast(*pair), 2) for name, pair in pairs.items()}
    assert {name: figure for name, figure in weak.items() if figure < LEAST} == {}
