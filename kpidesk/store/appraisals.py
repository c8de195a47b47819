"""Appraisals with their entries and overrides, to and from rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    Connection,
    delete,
    insert,
    select,
    update,
)

from kpidesk.codec import canonical_json, fact_value, from_json
from kpidesk.core.appraisal import (
    Appraisal,
    AppraisalId,
    AppraisalState,
    Entry,
    Interview,
    Override,
)
from kpidesk.core.contract import ContractId
from kpidesk.core.facts import FactValue
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.endings import is_judged
from kpidesk.store.ids import next_id
from kpidesk.store.rows import APPRAISALS, CONTRACTS, ENTRIES, OVERRIDES
from kpidesk.store.sheet_parts import (
    load_exemptions,
    load_raters,
    load_seconds,
    save_parts,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a sheet comes to: how many things are missing, its total and grade when they exist."""

    missing: int
    total: Decimal | None = None
    grade: str | None = None


def next_appraisal_id(connection: Connection) -> AppraisalId:
    """The id for a new appraisal."""
    return AppraisalId(next_id(connection, APPRAISALS))


def add_appraisal(connection: Connection, appraisal: Appraisal, standing: Standing) -> None:
    """A new, empty appraisal, whose id came from `next_appraisal_id`."""
    connection.execute(
        insert(APPRAISALS),
        {
            "id": appraisal.id,
            "contract_id": appraisal.contract,
            "person_id": appraisal.person,
            "cycle_start": appraisal.cycle.start,
            "cycle_end": appraisal.cycle.end,
            **_columns(appraisal, standing),
        },
    )


def save_cycle(connection: Connection, appraisal: AppraisalId, cycle: Period) -> None:
    """Another end of an open sheet's cycle: that of its contract."""
    connection.execute(
        update(APPRAISALS).where(APPRAISALS.c.id == appraisal).values(cycle_end=cycle.end)
    )


def save_appraisal(
    connection: Connection, before: Appraisal, after: Appraisal, standing: Standing
) -> None:
    """The appraisal as it is now: only the entries and overrides that differ are written."""
    connection.execute(
        update(APPRAISALS).where(APPRAISALS.c.id == after.id), _columns(after, standing)
    )
    for entry in set(before.entries) - set(after.entries):
        connection.execute(
            delete(ENTRIES).where(
                ENTRIES.c.appraisal_id == after.id,
                ENTRIES.c.name == entry.name,
                ENTRIES.c.period == entry.period,
            )
        )
    for entry in set(after.entries) - set(before.entries):
        connection.execute(insert(ENTRIES), _entry_columns(after.id, entry))
    for override in set(before.overrides) - set(after.overrides):
        connection.execute(
            delete(OVERRIDES).where(
                OVERRIDES.c.appraisal_id == after.id, OVERRIDES.c.indicator == override.indicator
            )
        )
    for override in set(after.overrides) - set(before.overrides):
        connection.execute(insert(OVERRIDES), _override_columns(after.id, override))
    save_parts(connection, before, after)


def appraisals_of(connection: Connection, person: PersonId) -> Sequence[AppraisalId]:
    """The sheets of a person, by cycle."""
    query = select(APPRAISALS.c.id).where(APPRAISALS.c.person_id == person)
    return connection.execute(query.order_by(APPRAISALS.c.cycle_start)).scalars().all()


def load_interview(connection: Connection, appraisal: AppraisalId) -> Interview | None:
    """The interview of one appraisal, without what was entered on it."""
    query = select(APPRAISALS.c.interview).where(APPRAISALS.c.id == appraisal)
    text = connection.execute(query).scalar()
    return None if text is None else from_json(text, Interview)


def load_appraisal(connection: Connection, appraisal: AppraisalId) -> Appraisal | None:
    """One appraisal with all that was entered on it."""
    row = connection.execute(select(APPRAISALS).where(APPRAISALS.c.id == appraisal)).first()
    if row is None:
        return None
    # All rows before any is read as a value: a statement left open would hold on to the file.
    entries = connection.execute(
        select(ENTRIES)
        .where(ENTRIES.c.appraisal_id == appraisal)
        .order_by(ENTRIES.c.name, ENTRIES.c.period)
    ).all()
    overrides = connection.execute(
        select(OVERRIDES)
        .where(OVERRIDES.c.appraisal_id == appraisal)
        .order_by(OVERRIDES.c.indicator)
    ).all()
    return Appraisal(
        AppraisalId(row.id),
        ContractId(row.contract_id),
        row.person_id,
        Period(row.cycle_start, row.cycle_end),
        tuple(
            Entry(
                one.name,
                fact_value(one.value),
                one.period,
                one.entered_by,
                one.entered_on,
                one.source,
                from_json(one.rated_by, tuple[str, ...]),
            )
            for one in entries
        ),
        tuple(
            Override(one.indicator, one.score, one.reason, one.entered_by, one.entered_on)
            for one in overrides
        ),
        from_json(row.interview, Interview),
        AppraisalState(row.state),
        load_exemptions(connection, appraisal),
        load_raters(connection, appraisal),
        load_seconds(connection, appraisal),
    )


def appraisals_under(
    connection: Connection, contract: ContractId, *, ends_after: date
) -> Sequence[tuple[AppraisalId, AppraisalState]]:
    """The sheets of a contract whose cycles end after a day, in order."""
    query = (
        select(APPRAISALS.c.id, APPRAISALS.c.state)
        .where(APPRAISALS.c.contract_id == contract, APPRAISALS.c.cycle_end > ends_after)
        .order_by(APPRAISALS.c.cycle_start)
    )
    return [(AppraisalId(row[0]), AppraisalState(row[1])) for row in connection.execute(query)]


def scored_appraisals(connection: Connection) -> Sequence[AppraisalId]:
    """The sheets whose scores are recorded, in the order in which they were opened."""
    query = select(APPRAISALS.c.id).where(APPRAISALS.c.state == AppraisalState.SCORED.value)
    return connection.execute(query.order_by(APPRAISALS.c.id)).scalars().all()


def open_standings(connection: Connection) -> Sequence[tuple[AppraisalId, Period, Standing]]:
    """What lists show of the sheets that are not recorded, with their cycles."""
    columns = [
        APPRAISALS.c[one] for one in ("id", "cycle_start", "cycle_end", "missing", "total", "grade")
    ]
    query = select(*columns).where(APPRAISALS.c.state == AppraisalState.OPEN.value, is_judged())
    query = query.select_from(
        APPRAISALS.join(CONTRACTS, CONTRACTS.c.id == APPRAISALS.c.contract_id)
    )
    return [
        (id_, Period(start, end), Standing(missing, total, grade))
        for id_, start, end, missing, total, grade in connection.execute(query)
    ]


def save_standing(connection: Connection, appraisal: AppraisalId, standing: Standing) -> None:
    """What a sheet comes to now that its contract has changed."""
    connection.execute(
        update(APPRAISALS).where(APPRAISALS.c.id == appraisal),
        {"missing": standing.missing, "total": standing.total, "grade": standing.grade},
    )


def _columns(appraisal: Appraisal, standing: Standing) -> dict[str, object]:
    return {
        "state": appraisal.state.value,
        "interview": canonical_json(appraisal.interview, Interview),
        "interviewed_on": appraisal.interview.held_on,
        "missing": standing.missing,
        "total": standing.total,
        "grade": standing.grade,
    }


def _entry_columns(appraisal: AppraisalId, entry: Entry) -> dict[str, object]:
    return {
        "appraisal_id": appraisal,
        "name": entry.name,
        "period": entry.period,
        "value": canonical_json(entry.value, FactValue),
        "entered_by": entry.entered_by,
        "entered_on": entry.entered_on,
        "source": entry.source,
        "rated_by": canonical_json(entry.rated_by, tuple[str, ...]),
    }


def _override_columns(appraisal: AppraisalId, override: Override) -> dict[str, object]:
    return {
        "appraisal_id": appraisal,
        "indicator": override.indicator,
        "score": override.score,
        "reason": override.reason,
        "entered_by": override.entered_by,
        "entered_on": override.entered_on,
    }
