"""Facts: who, what, when → the value, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.period import CYCLE, Period

Subject: TypeAlias = str
"""A person's key in an evaluation (any text), "team" or "cycle"."""

FactValue: TypeAlias = Decimal | str | tuple[Decimal, ...] | tuple[str, ...]
"""A number, a word, the scores of several raters of a kind, or a list of statements."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: `name` as the scheme calls it, `period` a period key (2024Q1) or "cycle"."""

    subject: Subject
    name: str
    value: FactValue
    period: str = CYCLE
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of an evaluation, by subject and name, then by period key."""

    by_name: dict[tuple[Subject, str], dict[str, Fact]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Facts:
        """Index the facts; a later one replaces an earlier one of the same key."""
        by_name: dict[tuple[Subject, str], dict[str, Fact]] = {}
        for fact in facts:
            by_name.setdefault((fact.subject, fact.name), {})[fact.period] = fact
        return cls(by_name)

    def periods(self, subject: Subject, name: str) -> dict[str, Fact]:
        """What was entered under a name, by period key; empty when nothing was."""
        return self.by_name.get((subject, name), {})


@dataclass(frozen=True, slots=True)
class Appraisee:
    """A person as an evaluation sees them; `left_on` is the last day in service."""

    key: Subject
    role: str
    hired_on: date | None = None
    left_on: date | None = None

    def in_service(self, period: Period) -> bool:
        """Whether the person is in service on any day of a period."""
        hired = self.hired_on or period.start
        left = self.left_on or period.last_day
        return hired < period.end and left >= period.start
