"""Taking out of a company file what it says about a person, for good.

The chain of the log stays: a line whose words are taken out keeps the hash that it was written
with, which the next line names and which may stand on paper. The line that tells of the taking out
lists these lines, each with the digest of what stands there now (see `audit.first_broken`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.appraisal import Interview
from kpidesk.core.people import PersonId
from kpidesk.core.retention import (
    EMPTY_HASH,
    REMOVED,
    Pseudonym,
    nameless,
    nameless_contract,
)
from kpidesk.store import audit
from kpidesk.store.guards import GUARDS
from kpidesk.store.personal import Held
from kpidesk.store.rows import (
    APPRAISALS,
    ATTACHMENTS,
    AUDIT,
    CONTRACTS,
    ENTRIES,
    EXEMPTIONS,
    INCIDENTS,
    OVERRIDES,
    PEOPLE,
    PLAN_LOOKS,
    POSTINGS,
    RATERS,
    SECOND_ENTRIES,
    AnyRow,
)

_GUARDED: Final = (APPRAISALS, ATTACHMENTS, AUDIT, CONTRACTS, INCIDENTS, PLAN_LOOKS, POSTINGS)
_ON_SHEETS: Final = (ENTRIES, OVERRIDES, EXEMPTIONS, RATERS, SECOND_ENTRIES)


def take_out(
    connection: Connection, person: PersonId, held: Held, pseudonym: Pseudonym, *, on: date
) -> dict[int, str]:
    """Take out what can be; the digest of each line of the log that says something else now."""
    with _unguarded(connection):
        name = connection.execute(select(PEOPLE.c.name).where(PEOPLE.c.id == person)).scalar_one()
        led = _led(connection, name, pseudonym)
        _rename(connection, person, pseudonym, on)
        _empty_incidents(connection, held, pseudonym)
        _empty_sheets(connection, held)
        for id_ in held.unprinted:
            _rename_contract(connection, id_, pseudonym)
        lines = _empty_lines(connection, held, pseudonym)
        return lines | _rename_superior(connection, led, name, pseudonym)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Without the triggers that keep these tables; a failure takes all back, the lifting too."""
    names = {one.name for one in _GUARDED}
    query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    lifted = [
        trigger for trigger, table in connection.exec_driver_sql(query).all() if table in names
    ]
    for trigger in lifted:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
    yield
    for trigger in lifted:
        connection.exec_driver_sql(GUARDS[trigger])


def _rename(connection: Connection, person: PersonId, pseudonym: Pseudonym, on: date) -> None:
    connection.execute(
        update(PEOPLE).where(PEOPLE.c.id == person),
        {
            "name": pseudonym.name,
            "number": pseudonym.number,
            "anonymised_on": on,
        },
    )


def _led(connection: Connection, name: str, pseudonym: Pseudonym) -> Collection[int]:
    """The postings of others in which the person is named as superior.

    Only where nobody else is called so: superiors stand there by name.
    """
    twins = connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.name == name)).all()
    if len(twins) > 1:
        return ()
    led = POSTINGS.c.superior == name
    ids = connection.execute(select(POSTINGS.c.id).where(led)).scalars().all()
    connection.execute(update(POSTINGS).where(led), {"superior": pseudonym.name})
    return frozenset(ids)


def _rename_superior(
    connection: Connection, postings: Collection[int], name: str, pseudonym: Pseudonym
) -> dict[int, str]:
    """The lines of the log that tell of these postings, held to what these say now."""
    if not postings:
        return {}
    digests = {}
    for row in _lines(connection, AUDIT.c.action == "person.posting"):
        said = json.loads(row.after)
        if said["id"] in postings and said["posting"].get("superior") == name:
            said["posting"]["superior"] = pseudonym.name
            digests[row.sequence] = audit.rewrite(
                connection, row.sequence, row.before, _text(said), row.reason
            )
    return digests


def _empty_incidents(connection: Connection, held: Held, pseudonym: Pseudonym) -> None:
    query = select(INCIDENTS.c.id, INCIDENTS.c.body, INCIDENTS.c.reason)
    mine = INCIDENTS.c.id.in_(held.incidents)
    for id_, body, reason in connection.execute(query.where(mine)).all():
        connection.execute(
            update(INCIDENTS).where(INCIDENTS.c.id == id_),
            {
                "body": _nameless("incident.write", body, pseudonym, held),
                "reason": _removed(reason),
            },
        )
    connection.execute(
        update(ATTACHMENTS).where(ATTACHMENTS.c.id.in_(held.files)),
        {"name": REMOVED, "content": b"", "sha256": EMPTY_HASH},
    )


def _empty_sheets(connection: Connection, held: Held) -> None:
    """Looks at plans lose their words; sheets that were never recorded, all that stands on them."""
    sheet = PLAN_LOOKS.c.appraisal_id
    looks = update(PLAN_LOOKS)
    connection.execute(looks.where(PLAN_LOOKS.c.id.in_(held.looks)), {"result": REMOVED})
    connection.execute(looks.where(sheet.in_(held.open_sheets)), {"what": REMOVED})
    for table in _ON_SHEETS:
        _forget(connection, table, held.open_sheets)
    connection.execute(
        update(APPRAISALS).where(APPRAISALS.c.id.in_(held.open_sheets)),
        {
            "interview": canonical_json(Interview(), Interview),
            "interviewed_on": None,
            "plan_due": None,
        },
    )


def _forget(connection: Connection, table: Table, sheets: Collection[int]) -> None:
    connection.execute(delete(table).where(table.c.appraisal_id.in_(sheets)))


def _rename_contract(connection: Connection, contract: int, pseudonym: Pseudonym) -> None:
    which = CONTRACTS.c.id == contract
    terms = connection.execute(select(CONTRACTS.c.terms).where(which)).scalar_one()
    text = _text(nameless_contract(json.loads(terms), pseudonym))
    connection.execute(
        update(CONTRACTS).where(which),
        {
            "person_name": pseudonym.name,
            "person_number": pseudonym.number,
            "terms": text,
            "sha256": content_hash(text),
        },
    )


def _empty_lines(connection: Connection, held: Held, pseudonym: Pseudonym) -> dict[int, str]:
    digests = {}
    unsigned = {f"appraisal:{one}" for one in held.open_sheets}
    for row in _lines(connection, AUDIT.c.sequence.in_((*held.lines, *held.passed_on))):
        before = _nameless(row.action, row.before, pseudonym, held)
        after, reason = row.after, row.reason
        if row.sequence not in held.passed_on:
            after = _nameless(row.action, after, pseudonym, held)
            reason = _removed(reason)
        if row.object in unsigned:
            before, after = None, _unsigned(row.action, after)
        digests[row.sequence] = audit.rewrite(connection, row.sequence, before, after, reason)
    return digests


def _unsigned(action: str, after: str | None) -> str | None:
    """Of a sheet that nobody signed, only that there were looks at its plan."""
    if after is None or action != "appraisal.plan_look":
        return None
    return _text({**json.loads(after), "what": REMOVED})


def _nameless(action: str, text: str | None, pseudonym: Pseudonym, held: Held) -> str | None:
    if text is None:
        return None
    return _text(nameless(action, json.loads(text), pseudonym, held.files))


def _lines(connection: Connection, which: ColumnElement[bool]) -> Iterator[AnyRow]:
    yield from connection.execute(select(AUDIT).where(which).order_by(AUDIT.c.sequence)).all()


def _removed(reason: str) -> str:
    return REMOVED if reason else ""


def _text(said: Any) -> str:  # noqa: ANN401 - plain JSON
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
