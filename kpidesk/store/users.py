"""Users, to and from rows. Their passwords leave this module only to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from kpidesk.core.users import Role, User, UserId
from kpidesk.store.ids import next_id
from kpidesk.store.rows import USERS, AnyRow

_EVERYBODY: Final = select(USERS).order_by(USERS.c.id)


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands between a name and its user: the hash, wrong tries in a row, and until when."""

    password: str
    failures: int = 0
    blocked_until: datetime | None = None


def users(connection: Connection) -> tuple[User, ...]:
    """Everybody who signs in, or did, in the order in which they were added."""
    return tuple(_user(row) for row in connection.execute(_EVERYBODY).all())


def load_user(connection: Connection, user: UserId) -> tuple[User, Guard] | None:
    """One user with what guards them."""
    row = connection.execute(select(USERS).where(USERS.c.id == user)).first()
    return None if row is None else (_user(row), _guard(row))


def next_user_id(connection: Connection) -> UserId:
    """The id for a new user."""
    return UserId(next_id(connection, USERS))


def add_user(connection: Connection, user: User, guard: Guard) -> None:
    """A new user, whose id came from `next_user_id`."""
    row = {"id": user.id, **_columns(user), **_guard_columns(guard)}
    connection.execute(insert(USERS), row)


def save_user(connection: Connection, user: User) -> None:
    """The user as they are now."""
    connection.execute(update(USERS).where(USERS.c.id == user.id), _columns(user))


def save_guard(connection: Connection, user: UserId, guard: Guard) -> None:
    """Another password, or another wrong try."""
    connection.execute(update(USERS).where(USERS.c.id == user), _guard_columns(guard))


def _user(row: AnyRow) -> User:
    return User(
        UserId(row.id), row.name, Role(row.role), row.department_id, row.person_id, row.is_active
    )


def _guard(row: AnyRow) -> Guard:
    return Guard(row.password, row.failures, row.blocked_until)


def _columns(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "role": user.role.value,
        "department_id": user.department,
        "person_id": user.person,
        "is_active": user.is_active,
    }


def _guard_columns(guard: Guard) -> dict[str, object]:
    return {
        "password": guard.password,
        "failures": guard.failures,
        "blocked_until": guard.blocked_until,
    }
