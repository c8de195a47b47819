"""What the documents of a year are about: which days, which department or people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period


class NothingToPrintError(KpiDeskError):
    """Nothing in the company file is in the scope of a document."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Days, and a department by name or people by id; neither: the whole company.

    `today` is the day on which the document is made: a cycle that ends later is not due yet.
    Without it, every cycle of the period is. `by` makes the document; without a name it is only
    looked at, and its pages are not noted as gone out.
    """

    period: Period
    department: str = ""
    people: frozenset[PersonId] = frozenset()
    today: date | None = None
    by: str = ""

    def takes(self, person: PersonId, department: str) -> bool:
        """Whether somebody of a department is meant."""
        if self.people and person not in self.people:
            return False
        return self.department in ("", department)

    def is_due(self, cycle: Period) -> bool:
        """Whether a cycle was over on the day."""
        return self.today is None or cycle.end <= self.today

    @property
    def until(self) -> date | None:
        """The day, where the period was not over on it."""
        return self.today if self.today is not None and self.today in self.period else None

    @property
    def about(self) -> str:
        """全公司, a department, or how many people."""
        if self.people:
            return f"所选 {len(self.people)} 人"
        return self.department or "全公司"
