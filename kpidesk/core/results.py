"""What an evaluation gives: results with their derivations, and what the reader must know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from kpidesk.core.accounts import Entry
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure
from kpidesk.core.findings import Finding
from kpidesk.core.period import CYCLE


@dataclass(frozen=True, slots=True)
class Table:
    """Recorded figures by period key, in order: the open shortfalls of several quarters."""

    rows: tuple[tuple[str, Figure], ...] = ()


ResultValue: TypeAlias = Figure | str | bool | date | tuple[str, ...] | Table
"""A recorded (rounded) figure, a word, yes or no, a day, a list of words, or a table."""


class Result(NamedTuple):
    """One result of one subject and period ("cycle", "2024Q1").

    `basis` is what a value that is no figure was taken from. `label` names such a value, and
    `said` says a word of ours in Chinese.
    """

    subject: Subject
    name: str
    period: str
    value: ResultValue
    basis: Figure | None = None
    label: str = ""
    said: str = ""

    @property
    def text(self) -> str:
        """The value as it is shown: 24.00, 优秀, 是, 2024Q1、2024Q2."""
        match self.value:
            case Figure():
                return figure_text(self.value)
            case bool():
                return "是" if self.value else "否"
            case Table(rows):
                return "、".join(f"{key}：{figure_text(one)}" for key, one in rows) or "无"
            case tuple():
                return "、".join(map(str, self.value)) or "无"
            case _:
                return str(self.value)

    @property
    def title(self) -> str:
        """What it is called in Chinese: as on the sheet; its name where nothing else is known."""
        if self.label:
            return self.label
        figure = self.derivation
        return figure.label if figure is not None and figure.label else self.name

    @property
    def shown(self) -> str:
        """The value with its unit: 24.00分, 1,234.50元, 优秀."""
        if not isinstance(self.value, Figure):
            return self.said or self.text
        figure = self.value
        number = f"{figure.value:,f}" if figure.unit == YUAN else figure_text(figure)
        return f"{number}{figure.unit}"

    @property
    def derivation(self) -> Figure | None:
        """The figure that answers “why”."""
        return self.value if isinstance(self.value, Figure) else self.basis


def figure_text(figure: Figure) -> str:
    """A recorded figure with all its decimals, never in powers of ten."""
    return f"{figure.value:f}" if isinstance(figure.value, Decimal) else str(figure.value)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All results, and all that the reader must know about them.

    `entries` are the postings to the accounts that carry something between periods.
    """

    results: dict[tuple[Subject, str, str], Result] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    blocked: bool = False
    entries: tuple[Entry, ...] = ()

    def get(self, subject: Subject, name: str, period: str = CYCLE) -> Result | None:
        """One result, or None when it was not produced."""
        return self.results.get((subject, name, period))


@dataclass(slots=True)
class Board:
    """Results as they come out: later rules build on earlier ones.

    `exact` keeps the figure before it was rounded, for rules that compute from exact parts.
    """

    results: dict[tuple[Subject, str, str], Result] = field(default_factory=dict)
    exact: dict[tuple[Subject, str, str], Figure] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def post(self, *entries: Entry) -> None:
        """Post to the accounts that carry something between periods."""
        self.entries.extend(entries)

    def record(
        self, subject: Subject, name: str, figure: Figure, period: str = CYCLE, *, places: int = 2
    ) -> Figure:
        """Record a figure, rounded half up to `places`; returns what was recorded."""
        recorded = figure.rounded(places)
        self.exact[subject, name, period] = figure
        self.results[subject, name, period] = Result(subject, name, period, recorded)
        return recorded

    def keep(self, subject: Subject, name: str, figure: Figure, period: str) -> None:
        """Keep an exact figure that later rules compute with and nobody is shown."""
        self.exact[subject, name, period] = figure

    def state(
        self,
        subject: Subject,
        name: str,
        value: ResultValue,
        period: str = CYCLE,
        *,
        basis: Figure | None = None,
        label: str = "",
        said: str = "",
    ) -> None:
        """Record what is no figure: a state, a list, a day; `basis` answers “why”."""
        result = Result(subject, name, period, value, basis, label, said)
        self.results[subject, name, period] = result

    def add(self, result: Result) -> None:
        """Take a result that is recorded already."""
        self.results[result.subject, result.name, result.period] = result

    def figure(self, subject: Subject, name: str, period: str = CYCLE) -> Figure | None:
        """A recorded figure; None when it was not produced."""
        result = self.results.get((subject, name, period))
        return result.value if result and isinstance(result.value, Figure) else None
