"""Who somebody's superior and the head of their department are, to be named as raters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import DepartmentId, Person, PersonId
from kpidesk.core.postings import Posting, history
from kpidesk.core.users import Role
from kpidesk.store import people as people_store
from kpidesk.store.postings import written_postings
from kpidesk.store.users import users
from kpidesk.usecases.people import PersonRow, list_people
from kpidesk.usecases.session import Company

SUPERIOR: Final = "上级"
HEAD: Final = "部门负责人"
"""Words in place of a name: each person's own."""


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads somebody on a day, by name; empty where the register knows nobody."""

    person: str
    superior: str
    head: str

    def names(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """The names, 上级 and 部门负责人 said as who they are; nobody twice, nor the person.

        InvalidValueError where somebody is asked for whom the register does not know, and where
        nobody but the person is.
        """
        meant = {SUPERIOR: self.superior, HEAD: self.head}
        for one in chosen:
            if not meant.get(one, one):
                msg = f"{self.person}没有登记在职的上级，不知道“{one}”是谁；请在“人员”页补上"
                raise InvalidValueError(msg)
        names = (meant.get(one, one) for one in chosen)
        others = tuple(dict.fromkeys(one for one in names if one != self.person))
        if chosen and not others:
            msg = f"只写了{self.person}本人，不能自己评自己，请另选"
            raise InvalidValueError(msg)
        return others


@dataclass(frozen=True, slots=True)
class Register:
    """The people, who leads which department as a user, and who was under whom when."""

    people: Mapping[PersonId, Person]
    heads: Mapping[DepartmentId, PersonId]
    past: Mapping[PersonId, tuple[Posting, ...]]

    def leaders(self, person: PersonId, day: date) -> Leaders:
        """Who led somebody on a day."""
        one = self.people[person]
        return Leaders(one.name, self._superior(one, day), self._head(one, day))

    def _superior(self, person: Person, day: date) -> str:
        """As their posting of that day says; where it says nobody, as the register does now."""
        past = reversed(self.past.get(person.id, ()))
        then = next((one for one in past if one.since is None or one.since <= day), None)
        if then is None or not then.superior:
            return self._name(person.superior, day)
        named = [one for one in self.people.values() if one.name == then.superior]
        gone = bool(named) and all(_has_left(one, day) for one in named)
        return "" if gone else then.superior

    def _head(self, person: Person, day: date) -> str:
        """The user who heads the department, else the topmost of it above the person.

        Who heads it themselves, or has nobody of it above them, has their superior.
        """
        user = self.heads.get(person.department)
        if user not in (None, person.id) and (name := self._name(user, day)):
            return name
        above = person.superior
        for _ in self.people:  # never in circles, whatever a file that was changed by hand says
            if above is None or not self._in(person.department, above):
                break
            if not self._in(person.department, higher := self.people[above].superior):
                break
            above = higher
        return self._name(above, day)

    def _in(self, department: DepartmentId, person: PersonId | None) -> bool:
        return person is not None and self.people[person].department == department

    def _name(self, person: PersonId | None, day: date) -> str:
        """The name of somebody who is in service on the day."""
        one = self.people.get(person) if person is not None else None
        return one.name if one and not _has_left(one, day) else ""


def _has_left(person: Person, day: date) -> bool:
    return person.left_on is not None and person.left_on < day


def register(connection: Connection) -> Register:
    """Who leads whom, within a transaction."""
    return Register(
        {one.id: one for one, _ in people_store.people(connection)},
        {
            one.department: one.person
            for one in users(connection)
            if one.role is Role.HEAD and one.is_active and one.department and one.person
        },
        {who: history(every) for who, every in written_postings(connection).items()},
    )


def rater_choices(
    company: Company, person: PersonId, day: date
) -> tuple[tuple[PersonRow, ...], Leaders]:
    """Everybody in service, to choose raters from, and who leads somebody on a day."""
    with company.read() as connection:
        leaders = register(connection).leaders(person, day)
    return list_people(company), leaders
