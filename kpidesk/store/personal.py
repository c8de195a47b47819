"""What a company file holds about a person: what can be taken out of it, and what stays.

What was ever printed, recorded, approved or settled stays as it is: people have signed it, and its
hashes are held to each other. The rest are words about somebody which only the register needs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.store.rows import (
    APPRAISALS,
    AUDIT,
    CONTRACTS,
    FROZEN,
    INCIDENTS,
    PLAN_LOOKS,
    RESULTS,
)


@dataclass(frozen=True, slots=True)
class Held:
    """Ids of what there is: first what can be taken out, then what stays.

    `incidents` are the rows of each time that one was written down, `files` those that belong to no
    incident of somebody else; `open_sheets` were never recorded, `unprinted` are void contracts
    that never went to paper; `lines` are of the log, `passed_on` those in which an incident became
    another person's. `waiting` are contracts that are neither signed nor void.
    """

    incidents: tuple[int, ...]
    files: tuple[int, ...]
    looks: tuple[int, ...]
    open_sheets: tuple[int, ...]
    unprinted: tuple[int, ...]
    lines: tuple[int, ...]
    passed_on: tuple[int, ...]
    papers: tuple[int, ...]
    recorded: tuple[int, ...]
    waiting: tuple[str, ...]


def held_of(connection: Connection, person: PersonId) -> Held:
    """What there is about somebody."""
    contracts = select(CONTRACTS.c.id).where(CONTRACTS.c.person_id == person)
    was_printed = CONTRACTS.c.id.in_(select(FROZEN.c.contract_id)) | CONTRACTS.c.printed_on.is_not(
        None
    )
    is_void = CONTRACTS.c.state == ContractState.VOID.value
    unsettled = (ContractState.DRAFT.value, ContractState.PRINTED.value)
    waiting = (
        select(CONTRACTS.c.number)
        .where(CONTRACTS.c.person_id == person, CONTRACTS.c.state.in_(unsettled))
        .order_by(CONTRACTS.c.number)
    )
    sheets = select(APPRAISALS.c.id).where(APPRAISALS.c.person_id == person)
    was_recorded = APPRAISALS.c.id.in_(select(RESULTS.c.appraisal_id))
    incidents = select(INCIDENTS.c.id).where(INCIDENTS.c.person_id == person)
    looks = select(PLAN_LOOKS.c.id).where(PLAN_LOOKS.c.appraisal_id.in_(sheets))
    unprinted = _ids(connection, contracts.where(is_void, ~was_printed))
    open_sheets = _ids(connection, sheets.where(~was_recorded))
    return Held(
        incidents=_ids(connection, incidents),
        files=_files(connection, person),
        looks=_ids(connection, looks),
        open_sheets=open_sheets,
        unprinted=unprinted,
        lines=_lines(connection, person, _ids(connection, sheets), open_sheets, unprinted),
        passed_on=_passed_on(connection, person),
        papers=_ids(connection, contracts.where(was_printed)),
        recorded=_ids(connection, sheets.where(was_recorded)),
        waiting=tuple(connection.execute(waiting).scalars()),
    )


def _ids(connection: Connection, query: Select[int]) -> tuple[int, ...]:
    return tuple(connection.execute(query).scalars())


def _files(connection: Connection, person: PersonId) -> tuple[int, ...]:
    """The files of somebody's incidents, but those that another's incident has too."""
    mine: set[int] = set()
    others: set[int] = set()
    query = select(INCIDENTS.c.person_id, INCIDENTS.c.body).where(INCIDENTS.c.body.is_not(None))
    for whose, body in connection.execute(query):
        found = {int(one["id"]) for one in json.loads(body)["files"]}
        if whose == person:
            mine |= found
        else:
            others |= found
    return tuple(sorted(mine - others))


def _passed_on(connection: Connection, person: PersonId) -> tuple[int, ...]:
    """The lines that say what an incident of somebody was, when it turned out to be another's."""
    last: dict[str, str] = {}
    passed = []
    query = select(AUDIT.c.sequence, AUDIT.c.object).where(AUDIT.c.action == "incident.write")
    for sequence, about in connection.execute(query.order_by(AUDIT.c.sequence)):
        _, incident, whose = about.split(":")
        if last.get(incident) == str(person) != whose:
            passed.append(sequence)
        last[incident] = whose
    return tuple(passed)


def _lines(
    connection: Connection,
    person: PersonId,
    every: Sequence[int],
    sheets: Sequence[int],
    contracts: Sequence[int],
) -> tuple[int, ...]:
    """The lines of the log that tell of a person, or of what of theirs was never signed.

    Of `every` sheet: of the looks at its plan; of those `sheets`: all.
    """
    named = [f"person:{person}", *(f"appraisal:{one}" for one in sheets)]
    named += [f"contract:{one}" for one in contracts]
    looks = AUDIT.c.action == "appraisal.plan_look"
    query = select(AUDIT.c.sequence).where(
        AUDIT.c.object.in_(named)
        | AUDIT.c.object.like(f"incident:%:{person}")
        | (AUDIT.c.object.in_([f"appraisal:{one}" for one in every]) & looks)
    )
    return _ids(connection, query.order_by(AUDIT.c.sequence))
