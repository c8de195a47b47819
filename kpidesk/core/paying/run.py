"""What pay rules work with: the evaluation under way, its people, and the results so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee, Subject
from kpidesk.core.figure import Figure
from kpidesk.core.period import Grain, Period
from kpidesk.core.results import Board
from kpidesk.core.scheme import Aspect


@dataclass(frozen=True, slots=True)
class PayRun:
    """One computation of pay. `people` are all that were given, in service or not.

    `plans` are figures of a month that the program made (a target split evenly) in place of a
    fact: by subject, fact and period.
    """

    context: Context
    people: tuple[Appraisee, ...]
    board: Board
    aspects: dict[tuple[Subject, str], set[Aspect]] = field(default_factory=dict)
    plans: dict[tuple[Subject, str, str], Figure] = field(default_factory=dict)

    def touch(self, subject: Subject, result: str, aspect: Aspect) -> None:
        """Note that something came up on which an ambiguous clause about a result may turn."""
        self.aspects.setdefault((subject, result), set()).add(aspect)

    def of_roles(self, roles: Sequence[str]) -> Iterator[Appraisee]:
        """The people of some roles (none: everybody), in the order given."""
        return (one for one in self.people if not roles or one.role in roles)

    def periods(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of a grain in the cycle, in or out of service."""
        return self.context.cycle.parts(grain)

    def members(self, roles: Sequence[str]) -> tuple[Appraisee, ...]:
        """The people of some roles who are in service in any part of the cycle."""
        whole = self.context.cycle.period
        return tuple(one for one in self.of_roles(roles) if one.in_service(whole))

    def served(self, person: Appraisee, grain: Grain) -> Iterator[Period]:
        """The periods in which a person is in service."""
        return (one for one in self.periods(grain) if person.in_service(one))
