"""Users as lists show them."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.users import Role, User, UserId
from kpidesk.store import people as people_store
from kpidesk.store.users import users
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may sign in."""

    id: UserId
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user for lists: `department` is the one that a head leads, `person` the head's own name."""

    user: User
    department: str
    person: str


def who_may_sign_in(company: Company) -> tuple[Candidate, ...]:
    """Those who are not deactivated, officers first; for a head, too, who makes way for another."""
    company.admit()
    with company.file.transaction() as connection:
        active = [one for one in users(connection) if one.is_active]
    order = list(Role)
    active.sort(key=lambda one: (order.index(one.role), one.id))
    return tuple(Candidate(one.id, one.name, one.role) for one in active)


def list_users(company: Company) -> tuple[UserRow, ...]:
    """Every user, the active ones first."""
    with company.read() as connection:
        everybody = users(connection)
        departments = people_store.department_names(connection)
        names = {one.id: one.name for one, _ in people_store.people(connection)}
    rows = (
        UserRow(
            one,
            "" if one.department is None else departments[one.department],
            "" if one.person is None else names[one.person],
        )
        for one in everybody
    )
    return tuple(sorted(rows, key=lambda one: not one.user.is_active))
