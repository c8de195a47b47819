"""The table of tokens: every colour and size of the window has its one place here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


class Theme(StrEnum):
    """The officer's choice of colours."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a badge, a cell or a banner says by its colour."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour to write with, and the pale one to put behind it."""

    ink: str
    soft: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb; sizes in device-independent pixels at normal text size."""

    ground: str  # behind everything
    surface: str  # cards, tables, fields
    rail: str  # behind the navigation
    raised: str  # header rows, hovered rows
    line: str  # hair lines
    border: str  # around fields
    ink: str
    muted: str
    faint: str  # placeholders, disabled
    on_accent: str
    accent_fill: str  # behind the letters of the primary button, and behind selected letters
    accent_strong: str  # the pressed or hovered primary button
    selected: str  # behind selected rows
    neutral: Tint
    accent: Tint
    good: Tint
    warn: Tint
    bad: Tint
    radius: int = 6
    row_height: int = 36
    icon: int = 18

    def tint(self, tone: Tone) -> Tint:
        """The colours that say `tone`."""
        match tone:
            case Tone.NEUTRAL:
                return self.neutral
            case Tone.ACCENT:
                return self.accent
            case Tone.GOOD:
                return self.good
            case Tone.WARN:
                return self.warn
            case Tone.BAD:
                return self.bad
            case _:
                assert_never(tone)


LIGHT = Tokens(
    ground="#f4f6f9",
    surface="#ffffff",
    rail="#fbfcfd",
    raised="#f6f8fb",
    line="#e8ebf0",
    border="#cfd6e0",
    ink="#1d2735",
    muted="#5d6b7e",
    faint="#748093",
    on_accent="#ffffff",
    accent_fill="#2361c9",
    accent_strong="#1a4fae",
    selected="#e3edfb",
    neutral=Tint("#4b586b", "#eceff4"),
    accent=Tint("#2361c9", "#e7effc"),
    good=Tint("#17734a", "#e2f4ea"),
    warn=Tint("#8d5a00", "#fdf1d8"),
    bad=Tint("#b9302a", "#fce9e7"),
)

DARK = Tokens(
    ground="#171b21",
    surface="#1f242c",
    rail="#1b2027",
    raised="#272d37",
    line="#2d3440",
    border="#424b59",
    ink="#e6eaf0",
    muted="#a3aebd",
    faint="#8b96a6",
    on_accent="#ffffff",
    accent_fill="#3470d6",
    accent_strong="#2c66cb",
    selected="#26395a",
    neutral=Tint("#b6c0ce", "#2f3743"),
    accent=Tint("#72a3f4", "#22334f"),
    good=Tint("#5cc48e", "#1d3a2c"),
    warn=Tint("#e2b04c", "#3d3219"),
    bad=Tint("#f0837b", "#432523"),
)


def tokens_of(theme: Theme) -> Tokens:
    """The table for a theme."""
    match theme:
        case Theme.LIGHT:
            return LIGHT
        case Theme.DARK:
            return DARK
        case _:
            assert_never(theme)
