"""What lists show of sheets: rows, without what was entered on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.period import Period
from kpidesk.store.endings import is_judged
from kpidesk.store.rows import APPRAISALS, CONTRACTS, ENTRIES, SCHEMES, AnyRow, Ids

_LIST: Final = (
    select(
        APPRAISALS.c.id,
        APPRAISALS.c.contract_id,
        APPRAISALS.c.person_id,
        APPRAISALS.c.cycle_start,
        APPRAISALS.c.cycle_end,
        APPRAISALS.c.state,
        APPRAISALS.c.interviewed_on,
        APPRAISALS.c.missing,
        APPRAISALS.c.total,
        APPRAISALS.c.grade,
        CONTRACTS.c.number,
        CONTRACTS.c.person_number,
        CONTRACTS.c.person_name,
        CONTRACTS.c.department,
        CONTRACTS.c.post,
        SCHEMES.c.title,
        exists().where(ENTRIES.c.appraisal_id == APPRAISALS.c.id),
    )
    .select_from(
        APPRAISALS.join(CONTRACTS, CONTRACTS.c.id == APPRAISALS.c.contract_id).join(
            SCHEMES,
            (SCHEMES.c.id == CONTRACTS.c.scheme_id)
            & (SCHEMES.c.version == CONTRACTS.c.scheme_version),
        )
    )
    .where(is_judged())
    .order_by(APPRAISALS.c.cycle_start, CONTRACTS.c.person_number, APPRAISALS.c.id)
)


def cycles_in(connection: Connection) -> Mapping[Period, bool]:
    """The cycles that have sheets, and whether any of these has come to a total."""
    columns = (APPRAISALS.c.cycle_start, APPRAISALS.c.cycle_end)
    query = select(*columns, func.count(APPRAISALS.c.total)).where(is_judged()).group_by(*columns)
    return {Period(row[0], row[1]): bool(row[2]) for row in connection.execute(query)}


def cycle_of_sheet(connection: Connection, appraisal: AppraisalId) -> Period | None:
    """The cycle of a sheet."""
    columns = (APPRAISALS.c.cycle_start, APPRAISALS.c.cycle_end)
    row = connection.execute(select(*columns).where(APPRAISALS.c.id == appraisal)).first()
    return None if row is None else Period(row[0], row[1])


def departments_judged(connection: Connection) -> Sequence[str]:
    """The departments that have sheets."""
    contracts = select(APPRAISALS.c.contract_id).where(is_judged())
    query = select(CONTRACTS.c.department).distinct().where(CONTRACTS.c.id.in_(contracts))
    return connection.execute(query).scalars().all()


def sheets_meeting(period: Period) -> Select[tuple[int]]:
    """The sheets whose cycles meet a period, for queries about these."""
    return select(APPRAISALS.c.id).where(*_meets(period))


def appraisal_rows(connection: Connection, among: Period | Ids | None = None) -> Sequence[AnyRow]:
    """Appraisals for lists (all, those that meet a period, or some by id): whose, whether begun.

    Without those of contracts that were ended before their cycle was over.
    """
    match among:
        case None:
            query = _LIST
        case Period():
            query = _LIST.where(*_meets(among))
        case _:
            query = _LIST.where(APPRAISALS.c.id.in_(among))
    return connection.execute(query).all()


def _meets(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (APPRAISALS.c.cycle_start < period.end, APPRAISALS.c.cycle_end > period.start)
