"""任职记录: kept when somebody's department, post or superior changes, and looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import Person, PersonId
from kpidesk.core.postings import Posting, changed, history
from kpidesk.store import people as people_store
from kpidesk.store.postings import add_postings, written_postings
from kpidesk.usecases.session import Company, Work, found


def list_postings(company: Company) -> dict[PersonId, tuple[Posting, ...]]:
    """The postings of everybody whose department, post or superior ever changed."""
    with company.read() as connection:
        return {person: history(every) for person, every in written_postings(connection).items()}


def note_posting(
    work: Work,
    before: Person,
    after: Person,
    *,
    since: date | None = None,
    corrects: bool = False,
    today: date,
) -> bool:
    """Write down what changes with a person, from `since` on; whether there was anything.

    Without a day it holds from today; what `corrects`, from the day of the last posting.
    """
    moves = _place(before) != _place(after)
    if not moves and since is None:
        return False
    past = history(written_postings(work.connection, before.id).get(before.id, []))
    start = past[-1].since if past else before.hired_on
    if since is not None and not corrects:
        _check_day(since, after, today)
    day = start if corrects else since or max(today, start or today)
    was = replace(posting_of(work, before), since=start)
    new = replace(posting_of(work, after), since=day)
    written = add_postings(work.connection, after.id, changed(past, was, new, moves=moves))
    for one in written:
        work.log("person.posting", f"person:{after.id}", after=one)
    return bool(written)


def _check_day(since: date, person: Person, today: date) -> None:
    if since > today:
        msg = f"任职起始日({since})晚于今天，请到那天再改"
        raise InvalidValueError(msg)
    if person.hired_on is not None and since < person.hired_on:
        msg = f"任职起始日({since})早于入职日期({person.hired_on})"
        raise InvalidValueError(msg)


def posting_of(work: Work, person: Person) -> Posting:
    """Where a person is by the register, in words; since when is left open."""
    connection = work.connection
    department = found(people_store.load_department(connection, person.department), "部门")
    superior = None
    if person.superior is not None:
        superior = found(people_store.load_person(connection, person.superior), "上级")
    return Posting(None, department.name, person.post, superior.name if superior else "")


def _place(person: Person) -> tuple[object, ...]:
    return person.department, person.post, person.superior
