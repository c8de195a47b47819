"""What was achieved, read in bulk: the sheets of a year, their entries, and what stood before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from kpidesk.codec import fact_value, from_json
from kpidesk.core.appraisal import AppraisalId, AppraisalState, Entry
from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.facts import FactValue
from kpidesk.core.figure import Origin
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.endings import is_judged
from kpidesk.store.rows import APPRAISALS, AUDIT, CONTRACTS, ENTRIES, SCHEMES


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A sheet without what is on it."""

    id: AppraisalId
    contract: ContractId
    person: PersonId
    cycle: Period
    state: AppraisalState


@dataclass(frozen=True, slots=True)
class SignedScheme:
    """A version of a scheme in force: its title, the year in which terms begin, and how many."""

    scheme: str
    version: int
    indicator_scheme: str
    indicator_version: int
    title: str
    starts_on: date
    people: int


def schemes_in_force(connection: Connection) -> Sequence[SignedScheme]:
    """Under which schemes people have signed contracts, by the day on which these begin."""
    columns = (
        CONTRACTS.c.scheme_id,
        CONTRACTS.c.scheme_version,
        CONTRACTS.c.indicator_scheme_id,
        CONTRACTS.c.indicator_scheme_version,
        SCHEMES.c.title,
        CONTRACTS.c.term_start,
    )
    query = (
        select(*columns, func.count(CONTRACTS.c.person_id.distinct()))
        .select_from(
            CONTRACTS.join(
                SCHEMES,
                (SCHEMES.c.id == CONTRACTS.c.scheme_id)
                & (SCHEMES.c.version == CONTRACTS.c.scheme_version),
            )
        )
        .where(CONTRACTS.c.state == ContractState.SIGNED.value, CONTRACTS.c.amends_id.is_(None))
        .group_by(*columns)
        .order_by(CONTRACTS.c.term_start, CONTRACTS.c.scheme_id)
    )
    return [
        SignedScheme(row[0], row[1], row[2] or "", row[3] or 0, row[4], row[5], row[6])
        for row in connection.execute(query)
    ]


def sheets_of_year(connection: Connection, scheme: str, year: int) -> Sequence[SheetHead]:
    """The sheets of contracts under a scheme whose terms begin in a year, by cycle and person."""
    query = (
        select(
            APPRAISALS.c.id,
            APPRAISALS.c.contract_id,
            APPRAISALS.c.person_id,
            APPRAISALS.c.cycle_start,
            APPRAISALS.c.cycle_end,
            APPRAISALS.c.state,
        )
        .join(CONTRACTS, CONTRACTS.c.id == APPRAISALS.c.contract_id)
        .where(*_of_year(scheme, year), is_judged())
        .order_by(APPRAISALS.c.cycle_start, CONTRACTS.c.person_number, APPRAISALS.c.id)
    )
    rows = connection.execute(query).all()
    cycles = {(row[3], row[4]) for row in rows}  # few, and asked for again and again
    periods = {days: Period(*days) for days in cycles}
    return [
        SheetHead(
            AppraisalId(row[0]), ContractId(row[1]), PersonId(row[2]), periods[row[3], row[4]],
            AppraisalState(row[5]),
        )
        for row in rows
    ]  # fmt: skip


def entries_of_year(
    connection: Connection, scheme: str, year: int
) -> dict[tuple[AppraisalId, str, str], tuple[FactValue, Origin]]:
    """What stands on those sheets besides scores, by sheet, name and period."""
    columns = (
        ENTRIES.c.appraisal_id,
        ENTRIES.c.name,
        ENTRIES.c.period,
        ENTRIES.c.value,
        ENTRIES.c.source,
        ENTRIES.c.entered_by,
        ENTRIES.c.entered_on,
    )
    query = (
        select(*columns)
        .join(APPRAISALS, APPRAISALS.c.id == ENTRIES.c.appraisal_id)
        .join(CONTRACTS, CONTRACTS.c.id == APPRAISALS.c.contract_id)
        .where(*_of_year(scheme, year), ENTRIES.c.name.not_like("score.%"))
    )
    origins: dict[tuple[str, str, date], Origin] = {}
    found = {}
    for row in connection.execute(query).all():
        where = (row[4], row[5], row[6])
        if where not in origins:
            origins[where] = Origin(*where)
        found[AppraisalId(row[0]), row[1], row[2]] = fact_value(row[3]), origins[where]
    return found


def sheets_lacking(connection: Connection, day: date) -> Sequence[tuple[str, int]]:
    """Scheme and year of contracts with open sheets over by a day on which something is missing."""
    query = (
        select(CONTRACTS.c.scheme_id, CONTRACTS.c.term_start)
        .join(APPRAISALS, CONTRACTS.c.id == APPRAISALS.c.contract_id)
        .where(
            APPRAISALS.c.state == AppraisalState.OPEN.value,
            APPRAISALS.c.missing > 0,
            APPRAISALS.c.cycle_end <= day,
            is_judged(),
        )
        .distinct()
    )
    return sorted({(row[0], row[1].year) for row in connection.execute(query)})


def entered_before(
    connection: Connection, appraisal: AppraisalId, name: str, period: str
) -> Iterator[tuple[datetime, str, Entry | None]]:
    """Each time that an entry of a sheet was written or taken off: when, by whom, what."""
    query = (
        select(AUDIT.c.at, AUDIT.c.actor, AUDIT.c.before, AUDIT.c.after)
        .where(AUDIT.c.object == f"appraisal:{appraisal}", AUDIT.c.action == "appraisal.enter")
        .order_by(AUDIT.c.sequence)
    )
    for at, actor, before, after in connection.execute(query).all():
        entry = None if after is None else from_json(after, Entry)
        about = entry or (None if before is None else from_json(before, Entry))
        if about is not None and (about.name, about.period) == (name, period):
            yield at, actor, entry


def _of_year(scheme: str, year: int) -> tuple[ColumnElement[bool], ...]:
    return (
        CONTRACTS.c.scheme_id == scheme,
        CONTRACTS.c.term_start >= date(year, 1, 1),
        CONTRACTS.c.term_start < date(year + 1, 1, 1),
    )
