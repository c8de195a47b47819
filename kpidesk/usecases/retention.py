"""Those who left: how long what the file holds about them is kept, and taking it out for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import Person, PersonId
from kpidesk.core.retention import Pseudonym, Retention
from kpidesk.store import people as people_store
from kpidesk.store.anonymising import take_out
from kpidesk.store.appraisals import save_standing
from kpidesk.store.audit import ANONYMISED
from kpidesk.store.errors import StoreError
from kpidesk.store.personal import Held, held_of
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.store.users import users
from kpidesk.usecases.appraisals.listing import view_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.reviewed import closed_in
from kpidesk.usecases.session import Company, Work, reason_given
from kpidesk.usecases.sheets import standing

_KEY: Final = "retention"
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class LeftRow:
    """Somebody who left; `over_on` is the first day after the period, None while none is set.

    `obstacles` say what has to be seen to before anything can be taken out.
    """

    person: Person
    department: str
    over_on: date | None
    held: Held
    obstacles: tuple[str, ...]

    def is_due(self, today: date) -> bool:
        """Whether the period is over, and nothing was taken out yet."""
        is_over = self.over_on is not None and self.over_on <= today
        return is_over and self.person.anonymised_on is None


@dataclass(frozen=True, slots=True)
class Left:
    """Everybody who left, those first who left first; and the period, if it is set."""

    retention: Retention | None
    rows: tuple[LeftRow, ...]


def list_left(company: Company) -> Left:
    """Who left, until when what is known of them is kept, and what there is."""
    with company.read() as connection:
        return _left(connection)


def save_retention(company: Company, retention: Retention, *, actor: str, today: date) -> Changes:
    """Another period or source; the log keeps what held before."""
    del today
    with company.change(actor) as work:
        before = load_setting(work.connection, _KEY, Retention)
        if before == retention:
            return Changes.NONE
        save_setting(work.connection, _KEY, retention)
        work.log("retention.edit", "retention", before=before, after=retention)
    return Changes.SETTINGS


def anonymise(
    company: Company, people: Sequence[PersonId], *, reason: str, actor: str, today: date
) -> Changes:
    """Take out what the file holds about people whose period is over; all of them, or none.

    What was printed, recorded, approved or settled stays as it was signed. There is no way back.
    """
    why = reason_given(reason, "匿名处理")
    with company.change(actor) as work:
        left = _left(work.connection)
        if left.retention is None:
            msg = "还没有填写离职人员信息的保存期限，请先填写期限和依据"
            raise NotAllowedError(msg)
        rows = {one.person.id: one for one in left.rows}
        for id_ in dict.fromkeys(people):
            if id_ not in rows:
                msg = "只有办理过离职的人才能匿名处理，请先办理离职"
                raise NotAllowedError(msg)
            _check(rows[id_], why, today)
            _take_out(work, rows[id_], why, today)
            _count_again(work, rows[id_].held)
    with suppress(StoreError):  # it is done: this clears what earlier versions left behind
        company.file.give_room_back()
    return Changes.PEOPLE | Changes.CONTRACTS | Changes.APPRAISALS | Changes.INCIDENTS


def _take_out(work: Work, row: LeftRow, why: str, today: date) -> None:
    person = row.person
    pseudonym = _free(work.connection, Pseudonym.of(person.id))
    lines = take_out(work.connection, person.id, row.held, pseudonym, on=today)
    after = {
        "name": pseudonym.name,
        "number": pseudonym.number,
        "on": str(today),
        "over_on": str(row.over_on),
        "rewritten": {str(line): digest for line, digest in lines.items()},
    }
    work.log(ANONYMISED, f"person:{person.id}", after=after, reason=why)
    people_store.save_spelling(work.connection, person.id, " ".join(spellings(pseudonym.name)))


def _count_again(work: Work, held: Held) -> None:
    """What lists show of the sheets that are empty now; those of a closed cycle stand as closed."""
    closed = closed_in(work.connection)
    for sheet in map(AppraisalId, held.open_sheets):
        view = view_of(work.company, work.connection, sheet)
        if view.appraisal.cycle not in closed:
            save_standing(work.connection, sheet, standing(view.sheet))


def _free(connection: Connection, pseudonym: Pseudonym) -> Pseudonym:
    """One whose number nobody has: the officer may have given such a one."""
    while people_store.person_with_number(connection, pseudonym.number) is not None:
        pseudonym = Pseudonym(pseudonym.name, f"{pseudonym.number}-1")
    return pseudonym


def _check(row: LeftRow, why: str, today: date) -> None:
    person = row.person
    if person.anonymised_on is not None:
        msg = f"{person.name}在 {person.anonymised_on} 已经匿名处理过"
        raise NotAllowedError(msg)
    if row.over_on is None or row.over_on > today:
        msg = f"{person.name}的信息保存期限还没有到：{row.over_on} 起才可以匿名处理"
        raise NotAllowedError(msg)
    if row.obstacles:
        msg = f"{person.name}还不能匿名处理：{'；'.join(row.obstacles)}"
        raise NotAllowedError(msg)
    if person.name in why:
        msg = f"理由会一直留在操作日志里，请不要写姓名（{person.name}）"
        raise InvalidValueError(msg)


def _left(connection: Connection) -> Left:
    retention = load_setting(connection, _KEY, Retention)
    names = people_store.department_names(connection)
    everybody = [one for one, _ in people_store.people(connection)]
    found = []
    for one in everybody:
        if one.left_on is None:
            continue
        held = held_of(connection, one.id)
        obstacles = tuple(_obstacles(connection, one, held, everybody))
        over_on = None if retention is None else retention.over_on(one.left_on)
        row = LeftRow(one, names[one.department], over_on, held, obstacles)
        found.append((one.left_on, one.id, row))
    return Left(retention, tuple(row for *_, row in sorted(found, key=lambda one: one[:2])))


def _obstacles(
    connection: Connection, person: Person, held: Held, everybody: Sequence[Person]
) -> Iterator[str]:
    if held.waiting:
        yield f"责任书{_listed(held.waiting)}还没有签署，请先作废"
    led = [one.name for one in everybody if one.superior == person.id and one.left_on is None]
    if led:
        yield f"仍是{_listed(led)}的直属上级，请先另选上级"
    for one in users(connection):
        if one.person == person.id and one.is_active:
            yield f"用户“{one.name}”还在使用，请先停用"


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
