"""Where a part of a formula is computed, and what is asked of the one who knows the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kpidesk.core.figure import Figure
from kpidesk.core.formula.tree import Function, Name, Node
from kpidesk.core.formula.values import Term
from kpidesk.core.period import Grain, Period


@dataclass(frozen=True, slots=True)
class Place:
    """For whom and when a part of a formula is computed; without a period: the one under way."""

    subject: str
    grain: Grain
    period: Period | None = None


class Source(Protocol):
    """Where the values of names come from. None means: not there, and reported."""

    def value(self, name: Name, place: Place) -> Term | None:
        """The value of a name; FormulaError where it can have none."""

    def months(self, node: Node, place: Place) -> Sequence[Place]:
        """The months of a place, for a sum or mean over them."""

    def shifted(self, place: Place, function: Function) -> Place:
        """The period before, or the same one a year earlier."""

    def group(self, node: Node, place: Place) -> Sequence[Place]:
        """The same period of everyone in the group."""

    def no_divisor(self, divisor: Figure, text: str, place: Place) -> None:
        """Report that something was to be divided by zero (or a share taken of nothing)."""


class Working(Protocol):
    """The computation under way, as its functions see it."""

    source: Source
    probing: bool

    def term(self, node: Node, place: Place) -> Term | None:
        """The value of a part; None where something is missing or wrong."""

    def number(self, node: Node, place: Place) -> Term | None:
        """The same, where only a number will do."""

    def condition(self, node: Node, place: Place) -> Figure | None:
        """The same, where only a condition will do."""

    def divisor(self, term: Term, text: str, place: Place, *, share: bool = False) -> Term | None:
        """What may be divided by: not zero (a whole that is shared: above it), else reported."""
