"""Moments and sizes, as the officer reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_KILO = 1024


def moment_text(moment: datetime) -> str:
    """2026-03-05 16:40, on the clock of this computer."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def size_text(size: int) -> str:
    """3.2 MB."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO)):,} KB"
    return f"{size / _KILO / _KILO:,.1f} MB"
