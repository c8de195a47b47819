"""Where somebody works and under whom: the fields that every form about it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.ui.forms import ChoiceField

if TYPE_CHECKING:
    from datetime import date

    from kpidesk.core.people import Person
    from kpidesk.ui.pages.people.listing import Listing


def department_field(listing: Listing) -> ChoiceField[DepartmentId]:
    """部门: one of those that there are."""
    departments = [(one.department.id, one.department.name) for one in listing.departments]
    return ChoiceField("部门", departments, required=True, searchable=True)


def superior_field(
    listing: Listing, today: date, person: Person | None, *, hint: str = ""
) -> ChoiceField[PersonId]:
    """直属上级: anybody in service but the person, or nobody."""
    people = listing.superiors(today, person)
    return ChoiceField("直属上级", people, searchable=True, none="（无）", hint=hint)
