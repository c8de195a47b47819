"""What was achieved, as one book per scheme and year: people, items, periods, and their figures.

A figure lives where it always did: on a scoring sheet, or among what was entered for pay. The
book shows both in one place and keeps nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.facts import FactValue
from kpidesk.core.figure import NO_ORIGIN, Origin
from kpidesk.core.names import KnownFact
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.usecases.pay.gathering import GroupRef


@dataclass(frozen=True, slots=True, order=True)
class BookRef:
    """Names a book: a scheme, and the year in which its cycles begin."""

    scheme: str
    year: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """A book to choose; `pays`: some of its figures are for pay."""

    ref: BookRef
    title: str
    people: int
    pays: bool


@dataclass(frozen=True, slots=True)
class OnSheet:
    """A figure's home on a scoring sheet; `period` as the sheet calls it."""

    appraisal: AppraisalId
    period: str
    is_open: bool
    value: FactValue | None = None
    origin: Origin = NO_ORIGIN


@dataclass(frozen=True, slots=True)
class InPay:
    """A figure's home among what is entered for pay; not open once it was settled."""

    group: GroupRef
    period: str
    is_open: bool
    value: FactValue | None = None
    origin: Origin = NO_ORIGIN


Home: TypeAlias = OnSheet | InPay


class Need(StrEnum):
    """Whether a figure has to be entered."""

    WANTED = "待填"
    OPTIONAL = "可不填"
    SUMMED = "逐笔合计"  # dated lines add up to it


Key: TypeAlias = tuple[PersonId | None, str, Period]
"""Whose figure (None: the team's), of what, of which days."""


@dataclass(frozen=True, slots=True)
class Actual:
    """One figure: who, what, when, and where it lives.

    `due` is the day from which it is missed. Several sheets may ask for the same figure (the
    quarter before): what is entered once goes onto each that is open. `inherited`: it holds for
    a longer period and was entered there. `summed`: what dated lines come to.
    """

    person: PersonId | None
    item: str
    days: Period
    due: date
    need: Need
    homes: tuple[Home, ...]
    inherited: FactValue | None = None
    summed: FactValue | None = None

    @property
    def key(self) -> Key:
        """Whose, of what, of when."""
        return self.person, self.item, self.days

    @property
    def home(self) -> Home:
        """The home whose figure is shown: the first that has one, an open one before others."""
        if len(self.homes) == 1:  # nearly always
            return self.homes[0]
        held = [one for one in self.homes if one.value is not None] or list(self.homes)
        return next((one for one in held if one.is_open), held[0])

    @property
    def value(self) -> FactValue | None:
        """The figure as it was entered; None while it is missing, which is not zero."""
        return self.home.value

    @property
    def shown(self) -> FactValue | None:
        """The figure that counts, entered here or not."""
        own = self.value
        if own is not None:
            return own
        return self.summed if self.need is Need.SUMMED else self.inherited

    @property
    def is_open(self) -> bool:
        """Whether a change is no correction of what was recorded or settled."""
        return any(one.is_open for one in self.homes)

    @property
    def on_sheet(self) -> bool:
        """Whether it lives on scoring sheets."""
        return isinstance(self.homes[0], OnSheet)

    @property
    def takes_edit(self) -> bool:
        """Whether it can be typed: not on recorded sheets, nor beside dated lines."""
        if self.need is Need.SUMMED:
            return self.value is not None
        return self.is_open or not self.on_sheet

    @property
    def differs(self) -> bool:
        """Whether sheets that ask for the same figure hold different ones."""
        return len({one.value for one in self.homes if one.value is not None}) > 1

    def is_missing(self, today: date) -> bool:
        """Whether it should be there by now."""
        return self.need is Need.WANTED and self.shown is None and self.due <= today


TEAM_ITEM: Final = "team."
"""How the item of a team's figure begins: it may be called as one of each person."""


def team_item(name: str) -> str:
    """The item of a figure of the team."""
    return f"{TEAM_ITEM}{name}"


def fact_name(item: str) -> str:
    """What a scheme calls the figures of an item."""
    return item.removeprefix(TEAM_ITEM)


@dataclass(frozen=True, slots=True)
class Item:
    """What figures are of. `choices` are the statements of which some may be met."""

    name: str
    known: KnownFact
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name."""
        return f"全团队{self.known.label}" if self.name.startswith(TEAM_ITEM) else self.known.label

    @property
    def title(self) -> str:
        """Its name with the unit."""
        return f"{self.label}（{self.known.unit}）" if self.known.unit else self.label


@dataclass(frozen=True, slots=True)
class Someone:
    """A row of the book; `id` None is the whole team."""

    id: PersonId | None
    number: str
    name: str
    department: str = ""


@dataclass(frozen=True)
class Book:
    """Everything of one scheme and year."""

    ref: BookRef
    title: str
    people: tuple[Someone, ...]
    items: tuple[Item, ...]
    actuals: Mapping[Key, Actual]

    @cached_property
    def by_item(self) -> dict[str, tuple[Actual, ...]]:
        """The figures of each item."""
        found: dict[str, list[Actual]] = {}
        for one in self.actuals.values():
            found.setdefault(one.item, []).append(one)
        return {name: tuple(each) for name, each in found.items()}

    def item(self, name: str) -> Item | None:
        """The item of a name."""
        return next((one for one in self.items if one.name == name), None)

    def someone(self, person: PersonId | None) -> Someone | None:
        """The row of a person."""
        return next((one for one in self.people if one.id == person), None)

    def of(self, person: PersonId | None) -> Iterator[Actual]:
        """The figures of somebody."""
        return (one for one in self.actuals.values() if one.person == person)

    @staticmethod
    def periods(actuals: Iterable[Actual]) -> tuple[Period, ...]:
        """The periods of some figures, in order: shorter ones before the longer they end with."""
        days = {one.days for one in actuals}
        return tuple(sorted(days, key=lambda one: (one.end, one.days)))
