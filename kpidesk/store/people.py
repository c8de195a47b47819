"""Departments and people, to and from rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from kpidesk.core.people import Department, DepartmentId, Person, PersonId
from kpidesk.store.ids import next_id
from kpidesk.store.rows import DEPARTMENTS, PEOPLE, AnyRow

_EVERYBODY: Final = select(PEOPLE).order_by(PEOPLE.c.number)
_SPELLINGS: Final = select(PEOPLE.c.id, PEOPLE.c.pinyin)
_DEPARTMENT_NAMES: Final = select(DEPARTMENTS.c.id, DEPARTMENTS.c.name)


def departments(connection: Connection) -> Iterator[tuple[Department, int]]:
    """Every department with the number of people that were ever in it, by name."""
    count = func.count(PEOPLE.c.id)
    joined = DEPARTMENTS.outerjoin(PEOPLE, PEOPLE.c.department_id == DEPARTMENTS.c.id)
    query = (
        select(DEPARTMENTS, count)
        .select_from(joined)
        .group_by(DEPARTMENTS.c.id)
        .order_by(DEPARTMENTS.c.id)
    )
    for id_, name, parent, people in connection.execute(query):
        yield Department(id_, name, parent), people


def department_names(connection: Connection) -> dict[DepartmentId, str]:
    """What each department is called."""
    return {DepartmentId(id_): name for id_, name in connection.execute(_DEPARTMENT_NAMES)}


def load_department(connection: Connection, department: DepartmentId) -> Department | None:
    """One department."""
    row = connection.execute(select(DEPARTMENTS).where(DEPARTMENTS.c.id == department)).first()
    return Department(*row) if row else None


def is_within(connection: Connection, department: DepartmentId, above: DepartmentId) -> bool:
    """Whether a department is another, or lies somewhere below it."""
    over = {one.id: one.parent for one, _ in departments(connection)}
    here: DepartmentId | None = department
    while here is not None and here != above:
        here = over.get(here)
    return here is not None


def new_department(connection: Connection, name: str, parent: DepartmentId | None) -> Department:
    """A new department, stored."""
    made = Department(DepartmentId(next_id(connection, DEPARTMENTS)), name, parent)
    connection.execute(
        insert(DEPARTMENTS), {"id": made.id, "name": made.name, "parent_id": made.parent}
    )
    return made


def save_department(connection: Connection, department: Department) -> None:
    """The department as it is now."""
    connection.execute(
        update(DEPARTMENTS).where(DEPARTMENTS.c.id == department.id),
        {"name": department.name, "parent_id": department.parent},
    )


def drop_department(connection: Connection, department: DepartmentId) -> None:
    """Remove a department that nothing refers to."""
    connection.execute(delete(DEPARTMENTS).where(DEPARTMENTS.c.id == department))


def people(connection: Connection) -> Iterator[tuple[Person, str]]:
    """Every person with the spellings of their name, by number."""
    for row in connection.execute(_EVERYBODY).all():
        yield _person(row), row[3]


def spellings_by_id(connection: Connection) -> dict[PersonId, str]:
    """How the name of each person is spelt: in full, and the initials."""
    return {PersonId(id_): pinyin for id_, pinyin in connection.execute(_SPELLINGS)}


def load_person(connection: Connection, person: PersonId) -> Person | None:
    """One person."""
    row = connection.execute(select(PEOPLE).where(PEOPLE.c.id == person)).first()
    return _person(row) if row else None


def person_with_number(connection: Connection, number: str) -> Person | None:
    """Who has a number (工号)."""
    row = connection.execute(select(PEOPLE).where(PEOPLE.c.number == number)).first()
    return _person(row) if row else None


def save_spelling(connection: Connection, person: PersonId, pinyin: str) -> None:
    """How the name of a person is spelt."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person), {"pinyin": pinyin})


def next_person_id(connection: Connection) -> PersonId:
    """The id for a new person."""
    return PersonId(next_id(connection, PEOPLE))


def add_person(connection: Connection, person: Person, pinyin: str) -> None:
    """A new person, whose id came from `next_person_id`."""
    add_people(connection, [(person, pinyin)])


def add_people(connection: Connection, people: Sequence[tuple[Person, str]]) -> None:
    """New people with the spellings of their names; superiors before those whom they lead."""
    rows = [{"id": person.id, **_columns(person, pinyin)} for person, pinyin in people]
    if rows:
        connection.execute(insert(PEOPLE), rows)


def save_person(connection: Connection, person: Person, pinyin: str) -> None:
    """The person as they are now."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id), _columns(person, pinyin))


def _person(row: AnyRow) -> Person:
    # By position: names cost ten times as much.
    id_, number, name, _, department, post, superior, hired_on, left_on, anonymised_on = row
    return Person(id_, number, name, department, post, superior, hired_on, left_on, anonymised_on)


def _columns(person: Person, pinyin: str) -> dict[str, object]:
    return {
        "number": person.number,
        "name": person.name,
        "pinyin": pinyin,
        "department_id": person.department,
        "post": person.post,
        "superior_id": person.superior,
        "hired_on": person.hired_on,
        "left_on": person.left_on,
    }
