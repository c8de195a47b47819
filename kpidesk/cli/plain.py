"""Texts for programs: figures in them are plain digits."""

from __future__ import annotations

import re
from typing import Final

_GROUPED: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")


def plain_digits(text: str) -> str:
    """The text with 1,234.50 written 1234.50."""
    return _GROUPED.sub(lambda found: found[0].replace(",", ""), text)
