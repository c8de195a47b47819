"""What sheets came to when their scores were recorded: kept for good, and checked when read."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.period import CYCLE
from kpidesk.store.appraisals import Standing
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.rows import RESULTS, Ids


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """One result as it was recorded."""

    name: str
    period: str
    value: str


@dataclass(frozen=True, slots=True)
class Recording:
    """When and by whom a sheet's scores were recorded."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a sheet came to at one recording."""

    number: int
    total: Decimal | None
    grade: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a recorded score rests on, so that it can be computed again."""

    appraisal: Appraisal
    contract_sha256: str
    scheme_sha256: str
    indicator_scheme_sha256: str
    results: tuple[RecordedResult, ...]


def record_result(
    connection: Connection, record: Record, standing: Standing, scored_by: str, scored_on: date
) -> int:
    """Keep what a sheet came to, for good; its number among the records of the sheet."""
    number = 1 + results_recorded(connection, record.appraisal.id)
    body = canonical_json(record, Record)
    connection.execute(
        insert(RESULTS),
        {
            "appraisal_id": record.appraisal.id,
            "number": number,
            "total": standing.total,
            "grade": standing.grade,
            "scored_by": scored_by,
            "scored_on": scored_on,
            "body": body,
            "sha256": content_hash(body),
        },
    )
    return number


def results_recorded(connection: Connection, appraisal: AppraisalId) -> int:
    """How often the scores of a sheet were recorded."""
    query = select(func.count()).select_from(RESULTS).where(RESULTS.c.appraisal_id == appraisal)
    return connection.execute(query).scalar_one()


def recording_counts(connection: Connection, sheets: Ids | None = None) -> dict[AppraisalId, int]:
    """How often the scores of each sheet were recorded; those never recorded left out."""
    query = select(RESULTS.c.appraisal_id, func.count()).group_by(RESULTS.c.appraisal_id)
    if sheets is not None:
        query = query.where(RESULTS.c.appraisal_id.in_(sheets))
    return {AppraisalId(row[0]): row[1] for row in connection.execute(query)}


def recorded_hashes(connection: Connection, appraisal: AppraisalId) -> Sequence[str]:
    """The hash of each record of a sheet, oldest first."""
    query = select(RESULTS.c.sha256).where(RESULTS.c.appraisal_id == appraisal)
    return connection.execute(query.order_by(RESULTS.c.number)).scalars().all()


def recordings_of(connection: Connection, appraisal: AppraisalId) -> tuple[Recorded, ...]:
    """Every recording of a sheet, oldest first."""
    columns = ("number", "total", "grade", "scored_by", "scored_on")
    query = select(*(RESULTS.c[one] for one in columns)).where(RESULTS.c.appraisal_id == appraisal)
    rows = connection.execute(query.order_by(RESULTS.c.number)).all()
    return tuple(Recorded(row[0], row[1], row[2] or "", row[3], row[4]) for row in rows)


def last_result(connection: Connection, appraisal: AppraisalId, path: Path) -> Record | None:
    """What was recorded last; DamagedFileError when it was changed since."""
    row = connection.execute(
        select(RESULTS)
        .where(RESULTS.c.appraisal_id == appraisal)
        .order_by(RESULTS.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"评分表 {appraisal} 的定分记录与校验值不符")
    return from_json(row.body, Record)


def last_values(
    connection: Connection, appraisals: Collection[AppraisalId], path: Path
) -> dict[AppraisalId, dict[str, str]]:
    """The results of the whole cycle as recorded last, by name; sheets without any left out.

    For reports on thousands of sheets, some hundreds at a time: nothing else of the records is
    read. DamagedFileError when one was changed since.
    """
    rows = connection.execute(
        select(RESULTS.c.appraisal_id, RESULTS.c.body, RESULTS.c.sha256)
        .where(RESULTS.c.appraisal_id.in_(appraisals))
        .order_by(RESULTS.c.number)
    ).all()
    found: dict[AppraisalId, dict[str, str]] = {}
    for row in {row.appraisal_id: row for row in rows}.values():
        if content_hash(row.body) != row.sha256:
            raise DamagedFileError(path, f"评分表 {row.appraisal_id} 的定分记录与校验值不符")
        results = json.loads(row.body)["results"]
        found[AppraisalId(row.appraisal_id)] = {
            one["name"]: one["value"] for one in results if one["period"] == CYCLE
        }
    return found


def last_result_hash(connection: Connection, appraisal: AppraisalId) -> str:
    """The hash of what was recorded last; empty when nothing was."""
    query = select(RESULTS.c.sha256).where(RESULTS.c.appraisal_id == appraisal)
    return connection.execute(query.order_by(RESULTS.c.number.desc()).limit(1)).scalar() or ""


def last_recordings(
    connection: Connection, sheets: Ids | None = None
) -> dict[AppraisalId, Recording]:
    """When and by whom each sheet was recorded last; or some of them."""
    query = select(RESULTS.c.appraisal_id, RESULTS.c.scored_on, RESULTS.c.scored_by)
    if sheets is not None:
        query = query.where(RESULTS.c.appraisal_id.in_(sheets))
    rows = connection.execute(query.order_by(RESULTS.c.number))
    return {AppraisalId(row[0]): Recording(row[1], row[2]) for row in rows}
