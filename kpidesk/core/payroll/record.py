"""What a settlement rests on, as it is kept: everything that is needed to compute it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import TEAM, Appraisee, Event, EventValue, Fact, Facts, Subject
from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.people import PersonId
from kpidesk.core.period import Cycle, Period
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a field of a dated line: exactly one of the four."""

    name: str
    number: Decimal | None = None
    text: str | None = None
    flag: bool | None = None
    day: date | None = None

    @classmethod
    def of(cls, name: str, value: EventValue) -> Cell:
        """The cell that holds a value."""
        match value:
            case bool():
                return cls(name, flag=value)
            case Decimal():
                return cls(name, number=value)
            case str():
                return cls(name, text=value)
            case _:
                return cls(name, day=value)

    @property
    def value(self) -> EventValue:
        """What it holds."""
        held = (self.number, self.text, self.flag, self.day)
        return next(one for one in held if one is not None)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A dated line as it is kept; `shares` divide a line of the team, in percent."""

    subject: Subject
    kind: str
    on: date
    cells: tuple[Cell, ...] = ()
    shares: tuple[tuple[Subject, Decimal], ...] = ()
    origin: Origin = NO_ORIGIN

    @property
    def event(self) -> Event:
        """The line as evaluations read it."""
        values = tuple((one.name, one.value) for one in self.cells)
        return Event(self.subject, self.kind, self.on, values, self.shares, self.origin)


@dataclass(frozen=True, slots=True)
class PaidPerson:
    """A person of a settlement: who, and as whom the evaluation saw them."""

    person: PersonId
    contract: str
    seen: Appraisee


@dataclass(frozen=True, slots=True)
class PayInputs:
    """Everything that pay was computed from. `lines` name the results that are paid."""

    scheme: str
    scheme_version: int
    indicator_scheme: str
    indicator_scheme_version: int
    settings: tuple[tuple[str, SettingValue], ...]
    cycle: Period
    ragged: bool
    people: tuple[PaidPerson, ...]
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerLine, ...]
    lines: tuple[str, ...]

    @property
    def all_facts(self) -> Facts:
        """Figures and dated lines as evaluations read them."""
        ledgers: dict[Subject, list[Event]] = {}
        for line in self.ledger:
            ledgers.setdefault(line.subject, []).append(line.event)
        return Facts.of(self.facts, ledgers)

    def evaluated(self, scheme: Scheme) -> Evaluation:
        """What comes of them; the same today as on the day of the settlement."""
        return evaluate(
            scheme,
            cycle=Cycle(self.cycle, self.ragged),
            people=tuple(one.seen for one in self.people),
            facts=self.all_facts,
            settings=dict(self.settings),
        )

    def person_of(self, subject: Subject) -> PersonId | None:
        """Who a key stands for; None for the team."""
        if subject == TEAM:
            return None
        return next((one.person for one in self.people if one.seen.key == subject), None)


@dataclass(frozen=True, slots=True)
class SettledResult:
    """One result of the settled period, exact, as it was paid."""

    subject: Subject
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settled period: its inputs, and what they came to."""

    period: str
    inputs: PayInputs
    results: tuple[SettledResult, ...]


def settled_results(evaluation: Evaluation, period: str) -> Iterator[SettledResult]:
    """The results of a period as they are kept, in order."""
    for (subject, name, when), result in sorted(evaluation.results.items()):
        if when == period:
            yield SettledResult(subject, name, result.text)
