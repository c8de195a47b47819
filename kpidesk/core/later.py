"""What marks a field of a record that early files do not have."""

from __future__ import annotations

from typing import Final

ADDED_LATER: Final = {"added_later": True}
"""While such a field says nothing, it is not written either, so that what was frozen without it
keeps its text and its hash."""
