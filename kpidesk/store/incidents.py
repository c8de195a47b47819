"""Incidents and their files, to and from rows; each change is a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select

from kpidesk.codec import canonical_json, from_json
from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.incident import Attached, AttachmentId, Incident, IncidentId
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.file import CompanyFile
from kpidesk.store.ids import next_id
from kpidesk.store.rows import APPRAISALS, ATTACHMENTS, INCIDENTS


@dataclass(frozen=True, slots=True)
class Written:
    """An incident as it was written down once; without a value it was struck out."""

    id: IncidentId
    person: PersonId
    incident: Incident | None
    by: str
    reason: str


def next_incident(connection: Connection) -> IncidentId:
    """The number of a new incident."""
    last = connection.execute(select(func.max(INCIDENTS.c.incident))).scalar()
    return IncidentId(1 + (last or 0))


def write(connection: Connection, one: Written) -> None:
    """Write an incident down; what was written before stays on record."""
    body = None if one.incident is None else canonical_json(one.incident, Incident)
    connection.execute(
        insert(INCIDENTS),
        {
            "id": next_id(connection, INCIDENTS),
            "incident": one.id,
            "person_id": one.person,
            "body": body,
            "reason": one.reason,
            "entered_by": one.by,
        },
    )


def incidents(connection: Connection) -> Sequence[Written]:
    """The incidents that stand, in the order in which they were first written down."""
    last: dict[int, Written] = {}
    for row in connection.execute(select(INCIDENTS).order_by(INCIDENTS.c.id)).all():
        body = None if row.body is None else from_json(row.body, Incident)
        last[row.incident] = Written(
            IncidentId(row.incident), PersonId(row.person_id), body, row.entered_by, row.reason
        )
    return [one for one in last.values() if one.incident is not None]


def incidents_of(connection: Connection, person: PersonId, cycle: Period) -> tuple[Incident, ...]:
    """The incidents of somebody in a cycle."""
    every = (one.incident for one in incidents(connection) if one.person == person)
    return tuple(one for one in every if one is not None and one.on in cycle)


def keep_file(connection: Connection, name: str, content: bytes, *, by: str, on: date) -> Attached:
    """Keep a file byte for byte."""
    id_, digest = next_id(connection, ATTACHMENTS), sha256(content).hexdigest()
    connection.execute(
        insert(ATTACHMENTS),
        {
            "id": id_,
            "name": name,
            "sha256": digest,
            "added_by": by,
            "added_on": on,
            "content": content,
        },
    )
    return Attached(AttachmentId(id_), name, len(content), digest)


def file_content(connection: Connection, file: CompanyFile, attachment: AttachmentId) -> bytes:
    """A file as it was kept; DamagedFileError when its bytes have changed."""
    row = connection.execute(
        select(ATTACHMENTS.c.name, ATTACHMENTS.c.sha256, ATTACHMENTS.c.content).where(
            ATTACHMENTS.c.id == attachment
        )
    ).first()
    if row is None or sha256(row.content).hexdigest() != row.sha256:
        name = row.name if row is not None else str(attachment)
        raise DamagedFileError(file.path, f"附件“{name}”与保存时的校验值不符")
    return bytes(row.content)


def scored_on(connection: Connection, person: PersonId, day: date) -> bool:
    """Whether scores of somebody are recorded for a cycle that a day lies in."""
    query = select(APPRAISALS.c.id).where(
        APPRAISALS.c.person_id == person,
        APPRAISALS.c.state == AppraisalState.SCORED.value,
        APPRAISALS.c.cycle_start <= day,
        APPRAISALS.c.cycle_end > day,
    )
    return connection.execute(query.limit(1)).first() is not None
