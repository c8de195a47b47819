"""What the page knows of the company's people at one moment, and what follows from it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpidesk.usecases import people as people_cases
from kpidesk.usecases.postings import list_postings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kpidesk.core.people import DepartmentId, Person, PersonId
    from kpidesk.core.postings import Posting
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import DepartmentRow, PersonRow

_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listing:
    """Departments and people as they were read, those who have left too."""

    departments: tuple[DepartmentRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    postings: Mapping[PersonId, tuple[Posting, ...]] = field(default_factory=dict)
    """Of those whose department, post or superior ever changed."""

    def children(self, parent: DepartmentId | None) -> Iterator[DepartmentRow]:
        """The departments right below one; below None, those at the top."""
        return (one for one in self.departments if one.department.parent == parent)

    def within(self, department: DepartmentId) -> frozenset[DepartmentId]:
        """A department and all below it."""
        below = (self.within(one.department.id) for one in self.children(department))
        return frozenset({department}).union(*below)

    def staff(self, today: date) -> Counter[DepartmentId]:
        """How many are in service in each department itself."""
        return Counter(
            one.person.department for one in self.people if not has_left(one.person, today)
        )

    def may_remove(self, department: DepartmentId) -> bool:
        """Whether nobody is or was in a department, and no other stands below it."""
        row = next(one for one in self.departments if one.department.id == department)
        return row.people == 0 and not any(self.children(department))

    def only_department(self) -> DepartmentId | None:
        """The department, where there is just one."""
        return self.departments[0].department.id if len(self.departments) == 1 else None

    def posts(self) -> list[str]:
        """Every post that somebody has or had, the most frequent first."""
        return [post for post, _ in Counter(one.person.post for one in self.people).most_common()]

    def superiors(self, today: date, person: Person | None) -> list[tuple[PersonId, str]]:
        """Everybody in service but the person, and whoever is the superior now."""
        kept, own = (person.superior, person.id) if person else (None, None)
        return [
            (one.person.id, f"{one.person.name} {one.person.number}（{one.person.post}）")
            for one in self.people
            if one.person.id == kept or not (has_left(one.person, today) or one.person.id == own)
        ]

    def next_number(self) -> str:
        """The 工号 after the last in order: KH009 → KH010; empty when there is nothing to go by."""
        found = [
            (len(match[2]), match[2], match[1])
            for one in self.people
            if (match := _NUMBERED.fullmatch(one.person.number))
        ]
        if not found:
            return ""
        width, digits, prefix = max(found)
        return f"{prefix}{int(digits) + 1:0{width}d}"


def read_listing(company: Company) -> Listing:
    """Everything that the page shows."""
    return Listing(
        people_cases.list_departments(company),
        people_cases.list_people(company, include_left=True),
        list_postings(company),
    )


def has_left(person: Person, today: date) -> bool:
    """Whether the last day in service is over."""
    return person.left_on is not None and person.left_on < today
