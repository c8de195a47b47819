"""What the head of a department sees: every table, cut down to their own people.

While they look, a view of the connection's own stands before each table, with its name and columns
and the rows that may be seen. Whatever is asked of the file, by whatever use case, is answered from
those; a table that is not named here shows nothing. Writing to one of them fails. The views stay
for the next look, until somebody else looks or the file changes: making them takes some time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.people import DepartmentId
from kpidesk.core.users import UserId
from kpidesk.store.rows import METADATA, AnyRow


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: the head of a department, by their user."""

    department: DepartmentId
    user: UserId


_SETS: Final = {
    "seen_departments": (
        "WITH RECURSIVE below(id) AS (SELECT {department} UNION"
        " SELECT d.id FROM main.departments d JOIN below b ON d.parent_id = b.id)"
        " SELECT id FROM below"
    ),
    "seen_people": "SELECT id FROM main.people WHERE department_id IN seen_departments",
    "seen_contracts": "SELECT id FROM main.contracts WHERE person_id IN seen_people",
    "seen_sheets": "SELECT id FROM main.appraisals WHERE person_id IN seen_people",
    "seen_batches": "SELECT batch_id FROM main.batch_lines WHERE appraisal_id IN seen_sheets",
    "seen_objects": (
        "SELECT 'person:' || id FROM seen_people UNION SELECT 'contract:' || id FROM seen_contracts"
        " UNION SELECT 'appraisal:' || id FROM seen_sheets"
    ),
    "seen_pages": (
        "SELECT id, scan_id FROM main.scan_pages WHERE state = 'filed' AND ("
        "kind = 'C' AND document_id IN seen_contracts"
        " OR kind IN ('S', 'F', 'R', 'I') AND document_id IN seen_sheets)"
    ),
}
"""Who and what may be seen, found once for each look at the file."""

_ALL: Final = "1"
_NONE: Final = "0"
_OF_SHEET: Final = "appraisal_id IN seen_sheets"
_OF_CONTRACT: Final = "contract_id IN seen_contracts"
_OF_PERSON: Final = "person_id IN seen_people"

SEEN: Final[Mapping[str, str]] = {
    "account_entries": _NONE,
    "appraisal_entries": _OF_SHEET,
    "appraisal_exemptions": _OF_SHEET,
    "appraisal_overrides": _OF_SHEET,
    "appraisal_raters": _OF_SHEET,
    "appraisals": "id IN seen_sheets",
    "attachments": (
        "id IN (SELECT json_extract(f.value, '$.id') FROM main.incidents i,"
        " json_each(i.body, '$.files') f WHERE i.person_id IN seen_people)"
    ),
    "audit": "object IN seen_objects",
    "batch_lines": _OF_SHEET,
    "batches": _NONE,  # a batch is one text that holds everybody's results
    "contracts": "id IN seen_contracts",
    "copy_steps": _OF_CONTRACT,
    "departments": "id IN seen_departments",
    "frozen": _OF_CONTRACT,
    "incidents": _OF_PERSON,
    "line_files": _NONE,
    "papers": _OF_CONTRACT,
    "pay_facts": _NONE,
    "pay_lines": _NONE,
    "pay_reversals": _NONE,
    "pay_runs": _NONE,
    "people": "id IN seen_people",
    "plan_looks": _OF_SHEET,
    "postings": _OF_PERSON,
    "results": _OF_SHEET,
    "review_steps": (
        "appraisal_id IN seen_sheets"
        " OR appraisal_id IS NULL AND (batch_id IS NULL OR batch_id IN seen_batches)"
    ),
    "scan_pages": "id IN (SELECT id FROM seen_pages)",
    "scans": "id IN (SELECT scan_id FROM seen_pages)",
    "scheme_drafts": _NONE,
    "schemes": _ALL,
    "second_entries": _OF_SHEET,
    "settings": _ALL,
    "target_plans": _NONE,  # a plan is one text that holds everybody's targets
    "target_revisions": _NONE,
    "users": "id = {user}",
}
"""Which rows of each table; a test asks for every table."""

_BLANKED: Final = {
    ("people", "superior_id"): "CASE WHEN superior_id IN seen_people THEN superior_id END",
    ("departments", "parent_id"): "CASE WHEN parent_id IN seen_departments THEN parent_id END",
    ("users", "password"): "''",
}
"""Columns that would point at what is not seen."""


_ALREADY: Final = "SELECT name, type FROM sqlite_temp_master WHERE type IN ('view', 'table')"
_LOOKED: Final = "kpidesk.looked"
"""Marks a connection on which views were ever made."""
_MARK: Final = "seen_by"
"""Whose eyes the views are, and after which change of the file; gone with them in a rollback."""


def look_with(connection: Connection, eyes: Eyes | None) -> Connection:
    """Show what somebody sees from now on, on the same connection; everything, without `eyes`."""
    if eyes is None and _LOOKED not in connection.info:
        return connection  # asked for every look at the file: nobody has views here
    there = connection.exec_driver_sql(_ALREADY).all()
    connection.info[_LOOKED] = True
    if eyes is None:
        _open(connection, there)
        return connection
    writes = connection.exec_driver_sql("SELECT total_changes()").scalar()
    wanted = (eyes.department, eyes.user, writes)
    if there and connection.exec_driver_sql(f"SELECT * FROM temp.{_MARK}").one() == wanted:  # noqa: S608 - our own words
        return connection
    _open(connection, there)
    ids = {"department": int(eyes.department), "user": int(eyes.user)}
    for name, query in _SETS.items():
        connection.exec_driver_sql(f"CREATE TEMP TABLE {name} AS {query.format(**ids)}")
    for table in METADATA.tables.values():
        rows = SEEN.get(table.name, _NONE)
        if rows == _ALL:
            continue
        columns = ", ".join(
            f"{_BLANKED.get((table.name, one.name), one.name)} AS {one.name}"
            for one in table.columns
        )
        connection.exec_driver_sql(
            f"CREATE TEMP VIEW {table.name} AS SELECT {columns} FROM main.{table.name}"  # noqa: S608 - our own words and numbers
            f" WHERE {rows.format(**ids)}"
        )
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE {_MARK} AS SELECT"
        f" {ids['department']} AS department, {ids['user']} AS user, {writes} AS writes"
    )
    return connection


def _open(connection: Connection, there: Sequence[AnyRow]) -> None:
    for name, kind in there:
        connection.exec_driver_sql(f"DROP {kind} temp.{name}")
