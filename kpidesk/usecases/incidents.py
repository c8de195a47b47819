"""Writing down what somebody did well or badly, with the papers that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.incident import (
    Attached,
    AttachmentId,
    Incident,
    IncidentId,
    Side,
    file_problem,
)
from kpidesk.core.people import PersonId
from kpidesk.store import incidents as store
from kpidesk.store.incidents import Written
from kpidesk.store.people import department_names, load_person
from kpidesk.store.people import people as everybody_in
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.people import refuse_anonymised
from kpidesk.usecases.session import Company, Work, found, reason_given


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident, whose it is, who wrote it down; a change of a settled one needs a reason."""

    id: IncidentId
    person: PersonId
    name: str
    department: str
    incident: Incident
    by: str
    is_settled: bool


def list_incidents(company: Company) -> tuple[IncidentRow, ...]:
    """The incidents that stand, the newest first."""
    with company.read() as connection:
        units = department_names(connection)
        people = {one.id: one for one, _ in everybody_in(connection)}
        rows = [
            IncidentRow(
                one.id,
                one.person,
                people[one.person].name,
                units.get(people[one.person].department, ""),
                one.incident,
                one.by,
                store.scored_on(connection, one.person, one.incident.on),
            )
            for one in store.incidents(connection)
            if one.incident is not None
        ]
    return tuple(sorted(rows, key=lambda one: (one.incident.on, one.id), reverse=True))


def write_incident(
    company: Company,
    *,
    person: PersonId,
    on: date,
    side: Side,
    note: str,
    kept: Sequence[Attached] = (),
    files: Sequence[Path] = (),
    replaces: IncidentId | None = None,
    reason: str = "",
    actor: str,
    today: date,
) -> Changes:
    """Write an incident down, or put one right (`replaces`), with files that are read now.

    `kept` are files of the former version that stay. A reason is asked for where scores of the
    days concerned are recorded already.
    """
    contents = [(path.name, read_file(path)) for path in files]
    with company.change(actor) as work:
        refuse_anonymised(found(load_person(work.connection, person), "这个人"))
        old = _standing(work, replaces)
        why = _why(work, [(person, on), *_of(old)], reason)
        made = [
            store.keep_file(work.connection, name, content, by=work.actor, on=today)
            for name, content in contents
        ]
        incident = Incident(on, side, note.strip(), today, (*kept, *made))
        id_ = replaces or store.next_incident(work.connection)
        _write(work, Written(id_, person, incident, work.actor, why), old)
    return Changes.INCIDENTS


def strike_incident(
    company: Company, incident: IncidentId, *, reason: str = "", actor: str, today: date
) -> Changes:
    """Strike an incident out; it stays on record."""
    del today
    with company.change(actor) as work:
        old = found(_standing(work, incident), "这件事")
        refuse_anonymised(found(load_person(work.connection, old.person), "这个人"))
        why = _why(work, _of(old), reason)
        _write(work, Written(incident, old.person, None, work.actor, why), old)
    return Changes.INCIDENTS


def attachment(company: Company, file: AttachmentId) -> bytes:
    """A file as it was kept."""
    with company.read() as connection:
        return store.file_content(connection, company.file, file)


def _write(work: Work, one: Written, old: Written | None) -> None:
    store.write(work.connection, one)
    work.log(
        "incident.write",
        f"incident:{one.id}:{one.person}",
        before=old.incident if old else None,
        after=one.incident,
        as_type=Incident,
        reason=one.reason,
    )


def _standing(work: Work, incident: IncidentId | None) -> Written | None:
    if incident is None:
        return None
    standing = store.incidents(work.connection)
    return found(next((one for one in standing if one.id == incident), None), "这件事")


def _of(one: Written | None) -> Iterator[tuple[PersonId, date]]:
    if one is not None and one.incident is not None:
        yield one.person, one.incident.on


def _why(work: Work, days: Iterable[tuple[PersonId, date]], reason: str) -> str:
    if any(store.scored_on(work.connection, person, on) for person, on in days):
        return reason_given(reason, "这一天所在的考核期已经定分，登记、修改或删去")
    return reason.strip()


def read_file(path: Path) -> bytes:
    """A file that is to be kept; InvalidValueError says why it cannot be."""
    try:
        size = path.stat().st_size
        if problem := file_problem(path.name, size):
            raise InvalidValueError(problem)
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or error
        msg = f"“{path.name}”读不出来（{why}）：请核对文件还在，没有被别的程序占用"
        raise InvalidValueError(msg) from error
