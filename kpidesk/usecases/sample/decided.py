"""What was decided by hand in the sample company's year: a score, an exemption, a correction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.exemption import Handling


@dataclass(frozen=True, slots=True)
class Changed:
    """A computed score that was set by hand, in a month with `percent` of the plan."""

    person: str
    month: int
    percent: int
    indicator: str
    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Exempted:
    """An indicator that was left out of a month."""

    person: str
    month: int
    indicator: str
    handling: Handling
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A recorded sheet that was opened again because a day at work had not been counted."""

    person: str
    month: int
    on: date
    reason: str
