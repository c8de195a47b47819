"""Departments and people: added, changed, found, and seen off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import Department, DepartmentId, Person, PersonId
from kpidesk.store import people as store
from kpidesk.store.users import users
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.postings import note_posting
from kpidesk.usecases.session import Company, Work, found


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department for lists; `people` counts everybody who is or was in it."""

    department: Department
    people: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person for lists; `pinyin` holds the full spelling of the name and its initials."""

    person: Person
    department_name: str
    superior_name: str
    pinyin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentAdded:
    """A new department."""

    changes: Changes
    id: DepartmentId


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """A new person."""

    changes: Changes
    id: PersonId


def list_departments(company: Company) -> tuple[DepartmentRow, ...]:
    """Every department, in the order in which they were added."""
    with company.read() as connection:
        return tuple(DepartmentRow(one, count) for one, count in store.departments(connection))


def add_department(
    company: Company, *, name: str, parent: DepartmentId | None = None, actor: str, today: date
) -> DepartmentAdded:
    """A new department; its name must be new."""
    del today
    with company.change(actor) as work:
        _refuse_twin(work, name.strip(), None)
        if parent is not None:
            found(store.load_department(work.connection, parent), "上级部门")
        made = store.new_department(work.connection, name.strip(), parent)
        work.log("department.add", f"department:{made.id}", after=made)
    return DepartmentAdded(Changes.PEOPLE, made.id)


def edit_department(
    company: Company, department: Department, *, actor: str, today: date
) -> Changes:
    """Another name or another place in the tree; contracts that were drawn up keep the old one."""
    del today
    with company.change(actor) as work:
        rows = {one.id: one for one, _ in store.departments(work.connection)}
        before = found(rows.get(department.id), "这个部门")
        after = replace(department, name=department.name.strip())
        if after == before:
            return Changes.NONE
        _refuse_twin(work, after.name, after.id)
        _refuse_loop(rows, after)
        store.save_department(work.connection, after)
        work.log("department.edit", f"department:{after.id}", before=before, after=after)
    return Changes.PEOPLE


def remove_department(
    company: Company, department: DepartmentId, *, actor: str, today: date
) -> Changes:
    """Remove a department in which nobody is or was, and under which there is none."""
    del today
    with company.change(actor) as work:
        rows = {one.id: (one, count) for one, count in store.departments(work.connection)}
        before, count = found(rows.get(department), "这个部门")
        if count:
            msg = f"部门“{before.name}”里还有 {count} 人(含已离职)，请先把他们调到别的部门"
            raise NotAllowedError(msg)
        if below := [one.name for one, _ in rows.values() if one.parent == department]:
            msg = f"部门“{before.name}”下面还有部门：{'、'.join(below)}，请先删除或改挂它们"
            raise NotAllowedError(msg)
        if led := [one.name for one in users(work.connection) if one.department == department]:
            msg = f"“{before.name}”是用户{'、'.join(led)}负责的部门，请先在“用户与权限”里改掉"
            raise NotAllowedError(msg)
        store.drop_department(work.connection, department)
        work.log("department.remove", f"department:{department}", before=before)
    return Changes.PEOPLE


def list_people(company: Company, *, include_left: bool = False) -> tuple[PersonRow, ...]:
    """Everybody by number; those who have left only when asked for."""
    with company.read() as connection:
        departments = store.department_names(connection)
        everybody = list(store.people(connection))
    names = {person.id: person.name for person, _ in everybody}
    return tuple(
        PersonRow(
            person,
            departments[person.department],
            names[person.superior] if person.superior is not None else "",
            tuple(pinyin.split()),
        )
        for person, pinyin in everybody
        if include_left or person.left_on is None
    )


def search_people(rows: Iterable[PersonRow], text: str) -> tuple[PersonRow, ...]:
    """The rows in which every word of the text is found: name, number, post, department, pinyin."""
    words = text.casefold().split()
    return tuple(row for row in rows if all(_meets(row, word) for word in words))


def add_person(
    company: Company,
    *,
    number: str,
    name: str,
    department: DepartmentId,
    post: str,
    superior: PersonId | None = None,
    hired_on: date | None = None,
    actor: str,
    today: date,
) -> PersonAdded:
    """A new person; the number (工号) must be new."""
    del today
    with company.change(actor) as work:
        person = Person(
            store.next_person_id(work.connection),
            number.strip(),
            name.strip(),
            department,
            post.strip(),
            superior,
            hired_on,
        )
        _check_person(work.connection, person)
        store.add_person(work.connection, person, " ".join(spellings(person.name)))
        work.log("person.add", f"person:{person.id}", after=person)
    return PersonAdded(Changes.PEOPLE, person.id)


def edit_person(
    company: Company,
    person: Person,
    *,
    since: date | None = None,
    corrects: bool = False,
    actor: str,
    today: date,
) -> Changes:
    """The person as given; contracts that were drawn up keep what they say.

    Another department, post or superior holds from `since`, today when it is not given; what was
    before stays in the history, unless this only `corrects` it.
    """
    with company.change(actor) as work:
        before = found(store.load_person(work.connection, person.id), f"{person.name}的登记")
        refuse_anonymised(before)
        _check_person(work.connection, person)
        dated = note_posting(work, before, person, since=since, corrects=corrects, today=today)
        if before == person:
            return Changes.PEOPLE if dated else Changes.NONE
        store.save_person(work.connection, person, " ".join(spellings(person.name)))
        work.log("person.edit", f"person:{person.id}", before=before, after=person)
    return Changes.PEOPLE


def leave_person(
    company: Company,
    person: PersonId,
    *,
    last_day: date,
    reason: str = "",
    actor: str,
    today: date,
) -> Changes:
    """See a person off; `last_day` is the last day in service."""
    del today
    with company.change(actor) as work:
        before = found(store.load_person(work.connection, person), "这个人")
        refuse_anonymised(before)
        after = replace(before, left_on=last_day)
        store.save_person(work.connection, after, " ".join(spellings(after.name)))
        work.log("person.leave", f"person:{person}", before=before, after=after, reason=reason)
    return Changes.PEOPLE


def refuse_anonymised(person: Person) -> None:
    """Nothing new is written about somebody of whom all was taken out."""
    if person.anonymised_on is not None:
        msg = f"{person.name}的信息在 {person.anonymised_on} 已匿名处理，不能再改动或登记新的内容"
        raise NotAllowedError(msg)


def _meets(row: PersonRow, word: str) -> bool:
    person = row.person
    texts = (person.name, person.number, person.post, row.department_name, *row.pinyin)
    return any(word in text.casefold() for text in texts)


def _refuse_twin(work: Work, name: str, but: DepartmentId | None) -> None:
    if any(one.name == name and one.id != but for one, _ in store.departments(work.connection)):
        msg = f"已经有部门“{name}”，请换一个名称"
        raise InvalidValueError(msg)


def _refuse_loop(rows: Mapping[DepartmentId, Department], department: Department) -> None:
    above = department.parent
    while above is not None:
        if above == department.id:
            msg = f"“{department.name}”不能放在自己或自己的下级部门下面，请另选上级部门"
            raise InvalidValueError(msg)
        above = found(rows.get(above), "上级部门").parent


def _check_person(connection: Connection, person: Person) -> None:
    twin = store.person_with_number(connection, person.number)
    if twin is not None and twin.id != person.id:
        msg = f"工号 {person.number} 已经是{twin.name}的，请换一个工号"
        raise InvalidValueError(msg)
    found(store.load_department(connection, person.department), f"{person.name}所在的部门")
    seen = {person.id}
    superior = person.superior
    while superior is not None:
        if superior in seen:
            msg = f"{person.name}的上级不能是本人或自己的下属，请另选上级"
            raise InvalidValueError(msg)
        seen.add(superior)
        superior = found(store.load_person(connection, superior), "所选的上级").superior
