"""What an action changed: pages that show it reload."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    """The kinds of things that an action touched."""

    NONE = 0
    SETTINGS = auto()
    PEOPLE = auto()
    SCHEMES = auto()
    CONTRACTS = auto()
    APPRAISALS = auto()
    PAY = auto()
    SCANS = auto()
    INCIDENTS = auto()
    TARGETS = auto()
