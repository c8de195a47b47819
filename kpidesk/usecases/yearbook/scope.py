"""What the documents of a year are about: which days, which department or people."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period


class NothingToPrintError(KpiDeskError):
    """Nothing in the company file is in the scope of a document."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Days, and a department by name or people by id; neither: the whole company."""

    period: Period
    department: str = ""
    people: frozenset[PersonId] = frozenset()

    def takes(self, person: PersonId, department: str) -> bool:
        """Whether somebody of a department is meant."""
        if self.people and person not in self.people:
            return False
        return self.department in ("", department)

    @property
    def about(self) -> str:
        """全公司, a department, or how many people."""
        if self.people:
            return f"所选 {len(self.people)} 人"
        return self.department or "全公司"
