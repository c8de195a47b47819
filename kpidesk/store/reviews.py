"""Batches and steps of results, to and from rows. Everything here is only ever added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Period
from kpidesk.core.review.batch import Batch
from kpidesk.core.review.standing import Line, Mark
from kpidesk.core.review.steps import (
    BatchId,
    Calibrated,
    Kind,
    Step,
    StepId,
    day_of,
    kind_of,
    until_of,
)
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.ids import next_id
from kpidesk.store.rows import (
    APPRAISALS,
    BATCH_LINES,
    BATCHES,
    CONTRACTS,
    REVIEW_STEPS,
    AnyRow,
    Ids,
)

_CYCLES: Final = (Kind.CLOSE.value, Kind.REOPEN.value)


@dataclass(frozen=True, slots=True)
class About:
    """What a step is about: a person's sheet, a batch, both, or a cycle."""

    appraisal: AppraisalId | None = None
    batch: BatchId | None = None
    cycle: Period | None = None


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step as it is kept."""

    id: StepId
    about: About
    step: Step
    done_by: str
    done_on: date


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A batch as lists show it."""

    id: BatchId
    cycle: Period
    about: str
    submitted_by: str
    submitted_on: date
    sha256: str


def add_batch(connection: Connection, batch: Batch, *, by: str, on: date) -> tuple[BatchId, str]:
    """Keep what is submitted; its number and its hash."""
    id_ = BatchId(next_id(connection, BATCHES))
    body = canonical_json(batch, Batch)
    digest = content_hash(body)
    cycle = batch.approval.cycle
    connection.execute(
        insert(BATCHES),
        {
            "id": id_,
            "cycle_start": cycle.start,
            "cycle_end": cycle.end,
            "about": batch.approval.about,
            "submitted_by": by,
            "submitted_on": on,
            "body": body,
            "sha256": digest,
        },
    )
    connection.execute(
        insert(BATCH_LINES),
        [
            {"batch_id": id_, "appraisal_id": one.appraisal, "number": one.number}
            for one in batch.lines
        ],
    )
    return id_, digest


def add_step(
    connection: Connection, step: Step, about: About, *, by: str, on: date
) -> tuple[StepId, str]:
    """Keep a step; its number and its hash."""
    id_ = StepId(next_id(connection, REVIEW_STEPS))
    body = canonical_json(step, Step)
    digest = content_hash(body)
    moved = step if isinstance(step, Calibrated) else None
    connection.execute(
        insert(REVIEW_STEPS),
        {
            "id": id_,
            "kind": kind_of(step).value,
            "appraisal_id": about.appraisal,
            "batch_id": about.batch,
            "cycle_start": about.cycle.start if about.cycle else None,
            "cycle_end": about.cycle.end if about.cycle else None,
            "day": day_of(step),
            "until": until_of(step),
            "number": moved.number if moved else None,
            "total": moved.new_total if moved else None,
            "grade": moved.new_grade if moved else None,
            "body": body,
            "sha256": digest,
            "done_by": by,
            "done_on": on,
        },
    )
    return id_, digest


def schemes_submitted(connection: Connection) -> frozenset[str]:
    """The schemes of which a result was ever submitted."""
    query = (
        select(CONTRACTS.c.scheme_id)
        .join(APPRAISALS, APPRAISALS.c.contract_id == CONTRACTS.c.id)
        .where(APPRAISALS.c.id.in_(select(BATCH_LINES.c.appraisal_id)))
        .distinct()
    )
    return frozenset(connection.execute(query).scalars())


def batch_lines(connection: Connection, sheets: Ids | None = None) -> Iterator[Line]:
    """Every result that was ever submitted (or those of some sheets), the last batch last."""
    query = (
        select(
            BATCH_LINES.c.batch_id,
            BATCH_LINES.c.appraisal_id,
            BATCH_LINES.c.number,
            BATCHES.c.submitted_on,
            BATCHES.c.submitted_by,
        )
        .join(BATCHES, BATCHES.c.id == BATCH_LINES.c.batch_id)
        .order_by(BATCH_LINES.c.batch_id)
    )
    if sheets is not None:
        query = query.where(BATCH_LINES.c.appraisal_id.in_(sheets))
    for row in connection.execute(query).all():
        yield Line(BatchId(row[0]), AppraisalId(row[1]), row[2], row[3], row[4])


def marks(connection: Connection, sheets: Ids | None = None) -> Iterator[Mark]:
    """Every step but those of cycles, in order; of some sheets and their batches when asked."""
    steps = REVIEW_STEPS.c
    query = select(
        steps.kind, steps.appraisal_id, steps.batch_id, steps.day, steps.until, steps.number,
        steps.total, steps.grade,
    ).where(steps.kind.not_in(_CYCLES)).order_by(steps.id)  # fmt: skip
    if sheets is not None:
        query = query.where(_concerns(sheets))
    for row in connection.execute(query).all():
        kind, sheet, batch, day, until, number, total, grade = row
        yield Mark(Kind(kind), sheet, batch, day, until, number, total, grade or "")


def cycle_marks(connection: Connection) -> list[tuple[Kind, Period]]:
    """What was closed and opened again, in order."""
    steps = REVIEW_STEPS.c
    query = select(steps.kind, steps.cycle_start, steps.cycle_end).where(steps.kind.in_(_CYCLES))
    rows = connection.execute(query.order_by(steps.id)).all()
    return [(Kind(row[0]), Period(row[1], row[2])) for row in rows]


def steps_of(connection: Connection, appraisal: AppraisalId, path: Path) -> tuple[KeptStep, ...]:
    """The steps of a sheet and of the batches that it was in, in order."""
    return _steps(connection, _concerns([appraisal]), path)


def steps_of_batch(connection: Connection, batch: BatchId, path: Path) -> tuple[KeptStep, ...]:
    """The steps of a batch and of the people in it, in order."""
    return _steps(connection, REVIEW_STEPS.c.batch_id == batch, path)


def steps_of_cycle(connection: Connection, cycle: Period, path: Path) -> tuple[KeptStep, ...]:
    """When a cycle was closed and opened again."""
    steps = REVIEW_STEPS.c
    mine = (steps.cycle_start == cycle.start) & (steps.cycle_end == cycle.end)
    return _steps(connection, mine, path)


def last_calibration(
    connection: Connection, appraisal: AppraisalId, path: Path
) -> Calibrated | None:
    """What a sheet was calibrated to last, whichever recording it was."""
    steps = REVIEW_STEPS.c
    mine = (steps.appraisal_id == appraisal) & (steps.kind == Kind.CALIBRATE.value)
    for kept in reversed(_steps(connection, mine, path)):
        if isinstance(kept.step, Calibrated):
            return kept.step
    return None


def list_batches(connection: Connection) -> tuple[KeptBatch, ...]:
    """Every batch, the newest first."""
    columns = [one for one in BATCHES.c if one.name != "body"]
    rows = connection.execute(select(*columns).order_by(BATCHES.c.id.desc())).all()
    return tuple(map(_batch, rows))


def load_batch(
    connection: Connection, batch: BatchId, path: Path
) -> tuple[KeptBatch, Batch] | None:
    """A batch with what was submitted; DamagedFileError when it was changed since."""
    row = connection.execute(select(BATCHES).where(BATCHES.c.id == batch)).first()
    if row is None:
        return None
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"第 {batch} 批审批的内容与校验值不符")
    return _batch(row), from_json(row.body, Batch)


def _concerns(sheets: Ids) -> ColumnElement[bool]:
    """Steps of sheets themselves, and of whole batches that they were in."""
    steps = REVIEW_STEPS.c
    theirs = select(BATCH_LINES.c.batch_id).where(BATCH_LINES.c.appraisal_id.in_(sheets))
    return or_(
        steps.appraisal_id.in_(sheets),
        steps.appraisal_id.is_(None) & steps.batch_id.in_(theirs),
    )


def _steps(connection: Connection, which: ColumnElement[bool], path: Path) -> tuple[KeptStep, ...]:
    query = select(REVIEW_STEPS).where(which).order_by(REVIEW_STEPS.c.id)
    return tuple(_kept(row, path) for row in connection.execute(query).all())


def _kept(row: AnyRow, path: Path) -> KeptStep:
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"第 {row.id} 条校准、审批或申诉的记录与校验值不符")
    cycle = Period(row.cycle_start, row.cycle_end) if row.cycle_start else None
    about = About(row.appraisal_id, row.batch_id, cycle)
    step: Step = from_json(row.body, Step)  # type: ignore[arg-type] # a union
    return KeptStep(StepId(row.id), about, step, row.done_by, row.done_on)


def _batch(row: AnyRow) -> KeptBatch:
    cycle = Period(row.cycle_start, row.cycle_end)
    return KeptBatch(
        BatchId(row.id), cycle, row.about, row.submitted_by, row.submitted_on, row.sha256
    )
