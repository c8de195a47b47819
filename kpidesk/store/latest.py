"""What was done last with contracts and sheets: for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Select, func, select

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.contract import ContractState
from kpidesk.core.period import Period
from kpidesk.store.endings import is_judged
from kpidesk.store.rows import APPRAISALS, CONTRACTS, RESULTS

Done: TypeAlias = tuple[date, int, str, str | Period]
"""On which day; the id of the contract or sheet; whose; the number or the cycle."""


def printed_last(connection: Connection, most: int) -> Sequence[Done]:
    """The contracts and amendments printed last, the newest first."""
    return _contracts(connection, CONTRACTS.c.printed_on, most)


def signed_last(connection: Connection, most: int) -> Sequence[Done]:
    """The contracts and amendments signed last, the newest first."""
    return _contracts(connection, CONTRACTS.c.signed_on, most)


def _contracts(connection: Connection, day: Column[date], most: int) -> Sequence[Done]:
    query = (
        select(day, CONTRACTS.c.id, CONTRACTS.c.person_name, CONTRACTS.c.number)
        .where(day.is_not(None), CONTRACTS.c.state != ContractState.VOID.value)
        .order_by(day.desc(), func.coalesce(CONTRACTS.c.amends_id, CONTRACTS.c.id), CONTRACTS.c.id)
        .limit(most)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


def recorded_last(connection: Connection, most: int) -> Sequence[Done]:
    """The results recorded last, the newest first; none that was opened or recorded again."""
    again = RESULTS.alias("again")
    newest = select(func.max(again.c.number)).where(again.c.appraisal_id == APPRAISALS.c.id)
    query = _sheets(RESULTS.c.scored_on, most).join(
        RESULTS, RESULTS.c.appraisal_id == APPRAISALS.c.id
    )
    query = query.where(
        APPRAISALS.c.state != AppraisalState.OPEN.value,  # see counts: not by the index of states
        RESULTS.c.number == newest.scalar_subquery(),
    )
    return _done(connection, query)


def interviewed_last(connection: Connection, most: int) -> Sequence[Done]:
    """The results talked over last, the newest first."""
    return _done(connection, _sheets(APPRAISALS.c.interviewed_on, most))


def _sheets(day: Column[date], most: int) -> Select[*tuple[Any, ...]]:
    sheets = APPRAISALS.c
    return (
        select(day, sheets.id, CONTRACTS.c.person_name, sheets.cycle_start, sheets.cycle_end)
        .select_from(APPRAISALS)
        .join(CONTRACTS, CONTRACTS.c.id == sheets.contract_id)
        .where(day.is_not(None), sheets.total.is_not(None), is_judged())
        .order_by(day.desc(), sheets.cycle_start, CONTRACTS.c.person_number, sheets.id)
        .limit(most)
    )


def _done(connection: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[Done]:
    rows = connection.execute(query).all()
    return [(row[0], row[1], row[2], Period(row[3], row[4])) for row in rows]
