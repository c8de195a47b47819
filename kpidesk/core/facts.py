"""Facts: who, what, when → the value, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.period import CYCLE, Period

Subject: TypeAlias = str
"""A person's key in an evaluation (any text), "team" or "cycle"."""

TEAM: Subject = "team"
"""The subject of facts and results of the whole group."""

CALIBRATED_TOTAL = "total.calibrated"
"""The name of what a person's total was calibrated to; no scheme declares it, nobody enters it."""

FactValue: TypeAlias = Decimal | str | bool | tuple[Decimal, ...] | tuple[str, ...]
"""A number, a word, yes or no, the scores of several raters of a kind, a list of statements."""

EventValue: TypeAlias = Decimal | str | bool | date
"""What stands in a field of a dated line."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value: `name` as the scheme calls it, `period` a period key (2024Q1) or "cycle"."""

    subject: Subject
    name: str
    value: FactValue
    period: str = CYCLE
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class Event:
    """A dated line: money received, a project signed. `subject` is a person or the team.

    `shares` (person → percent) divide a line of the team among several people.
    """

    subject: Subject
    kind: str
    on: date
    values: tuple[tuple[str, EventValue], ...] = ()
    shares: tuple[tuple[Subject, Decimal], ...] = ()
    origin: Origin = NO_ORIGIN

    def value(self, name: str) -> EventValue | None:
        """What stands in a field; None when it was left out."""
        return dict(self.values).get(name)


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of an evaluation, by subject and name, then by period key; and all dated lines.

    A person with an entry in `ledgers`, even an empty one, has a complete list of lines: a period
    without a line is zero.
    """

    by_name: dict[tuple[Subject, str], dict[str, Fact]] = field(default_factory=dict)
    ledgers: dict[Subject, tuple[Event, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, facts: Iterable[Fact], ledgers: Mapping[Subject, Iterable[Event]] | None = None
    ) -> Facts:
        """Index the facts; a later one replaces an earlier one of the same key."""
        by_name: dict[tuple[Subject, str], dict[str, Fact]] = {}
        for fact in facts:
            by_name.setdefault((fact.subject, fact.name), {})[fact.period] = fact
        return cls(by_name, {key: tuple(lines) for key, lines in (ledgers or {}).items()})

    def periods(self, subject: Subject, name: str) -> dict[str, Fact]:
        """What was entered under a name, by period key; empty when nothing was."""
        return self.by_name.get((subject, name), {})


@dataclass(frozen=True, slots=True)
class Appraisee:
    """A person as an evaluation sees them; `left_on` is the last day in service.

    `group` and `team` divide the people for rules that share among some of them. `goes_on`: after
    the last day here the person is in service in another role, to the end of the cycle.
    """

    key: Subject
    role: str
    hired_on: date | None = None
    left_on: date | None = None
    group: str = ""
    team: str = ""
    goes_on: bool = field(default=False, metadata={"added_later": True})

    def in_service(self, period: Period) -> bool:
        """Whether the person is in service on any day of a period."""
        hired = self.hired_on or period.start
        left = self.left_on or period.last_day
        return hired < period.end and left >= period.start
