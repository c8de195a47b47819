"""How much there is and how far it has come, counted without being read: for the first page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, select, tuple_

from kpidesk.core.appraisal import AppraisalId, AppraisalState
from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.review.steps import Kind
from kpidesk.store.endings import is_judged
from kpidesk.store.rows import (
    APPRAISALS,
    BATCH_LINES,
    CONTRACTS,
    COPY_STEPS,
    PAY_REVERSALS,
    PAY_RUNS,
    REVIEW_STEPS,
    TARGET_PLANS,
    TARGET_REVISIONS,
)

_FILED: Final = [one.value for one in CopyState if one.is_after(CopyState.SEALED)]


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The sheets of a cycle, open or recorded: all of them, and those that are so far."""

    cycle: Period
    is_scored: bool
    all: int
    heard: int
    """With an interview."""
    totals: int
    """With a total: results."""
    heard_totals: int


def sheet_counts(connection: Connection) -> Sequence[SheetCount]:
    """How many sheets stand where, by cycle."""
    sheets = APPRAISALS.c
    place = (sheets.cycle_start, sheets.cycle_end, sheets.state)
    heard_total = case((sheets.total.is_not(None), sheets.interviewed_on))
    query = (
        select(
            *place,
            func.count(),
            func.count(sheets.interviewed_on),
            func.count(sheets.total),
            func.count(heard_total),
        )
        .where(is_judged())
        .group_by(*place)
    )
    return [
        SheetCount(Period(start, end), state == AppraisalState.SCORED.value, *counts)
        for start, end, state, *counts in connection.execute(query)
    ]


def first_unheard(
    connection: Connection, closed: Collection[Period], most: int
) -> Sequence[tuple[AppraisalId, str, Period]]:
    """The first recorded sheets without an interview, but those of closed cycles: whose."""
    return _first(connection, APPRAISALS.c.interviewed_on.is_(None), closed, most)


def first_unsubmitted(
    connection: Connection, closed: Collection[Period], most: int
) -> Sequence[tuple[AppraisalId, str, Period]]:
    """The first recorded results that were never submitted, but those of closed cycles: whose."""
    submitted = exists().where(BATCH_LINES.c.appraisal_id == APPRAISALS.c.id)
    return _first(connection, APPRAISALS.c.total.is_not(None) & ~submitted, closed, most)


def _first(
    connection: Connection, which: ColumnElement[bool], closed: Collection[Period], most: int
) -> Sequence[tuple[AppraisalId, str, Period]]:
    sheets = APPRAISALS.c
    query = (
        select(sheets.id, CONTRACTS.c.person_name, sheets.cycle_start, sheets.cycle_end)
        .select_from(APPRAISALS.join(CONTRACTS, CONTRACTS.c.id == sheets.contract_id))
        # Not “scored”: SQLite would go by the index of states, and sort all of them.
        .where(sheets.state != AppraisalState.OPEN.value, is_judged(), *_of_open_cycles(closed))
        .where(which)
        .order_by(sheets.cycle_start, CONTRACTS.c.person_number, sheets.id)
        .limit(most)
    )
    rows = connection.execute(query).all()
    return [(AppraisalId(row[0]), row[1], Period(row[2], row[3])) for row in rows]


def open_sheets(closed: Collection[Period], today: date) -> Select[tuple[int]]:
    """The sheets that are not recorded and begun, or complete, but those of closed cycles."""
    sheets = APPRAISALS.c
    is_there = (sheets.cycle_start <= today) | sheets.total.is_not(None)
    query = select(sheets.id).where(sheets.state == AppraisalState.OPEN.value, is_there)
    return query.where(*_of_open_cycles(closed))


def submitted_sheets(closed: Collection[Period], most: int) -> Select[tuple[int]]:
    """The sheets submitted for approval in cycles not closed, and in the batches approved last."""
    lines, steps = BATCH_LINES.c, REVIEW_STEPS.c
    running = (
        select(lines.appraisal_id)
        .join(APPRAISALS, APPRAISALS.c.id == lines.appraisal_id)
        .where(*_of_open_cycles(closed))
    )
    approved = (
        select(steps.batch_id)
        .where(steps.kind == Kind.APPROVE.value)
        .order_by(steps.day.desc())
        .limit(most)
    )
    return select(lines.appraisal_id).where(
        lines.appraisal_id.in_(running) | lines.batch_id.in_(approved)
    )


def _of_open_cycles(closed: Collection[Period]) -> tuple[ColumnElement[bool], ...]:
    if not closed:
        return ()
    cycle = tuple_(APPRAISALS.c.cycle_start, APPRAISALS.c.cycle_end)
    return (cycle.not_in([(one.start, one.end) for one in closed]),)


def contract_counts(connection: Connection) -> Mapping[ContractState, tuple[int, int]]:
    """How many contracts, amendments left out, are in each state, and of how many ours is filed."""
    last = (
        select(COPY_STEPS.c.state)
        .where(
            COPY_STEPS.c.contract_id == CONTRACTS.c.id,
            COPY_STEPS.c.revision == CONTRACTS.c.revision,
            COPY_STEPS.c.copy == Copy.PARTY_A.value,
        )
        .order_by(COPY_STEPS.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(CONTRACTS.c.state, func.count(), func.count(case((last.in_(_FILED), 1))))
        .where(CONTRACTS.c.amends_id.is_(None))
        .group_by(CONTRACTS.c.state)
    )
    return {ContractState(row[0]): (row[1], row[2]) for row in connection.execute(query)}


def people_covered(connection: Connection, today: date) -> frozenset[PersonId]:
    """Who has a contract, even one in the making, that is not over."""
    query = select(CONTRACTS.c.person_id).where(
        CONTRACTS.c.amends_id.is_(None),
        CONTRACTS.c.state != ContractState.VOID.value,
        CONTRACTS.c.term_end > today,
    )
    return frozenset(connection.execute(query).scalars())


def people_on_paper(connection: Connection, period: Period) -> frozenset[PersonId]:
    """Who has a contract or amendment of a period on paper."""
    query = select(CONTRACTS.c.person_id).where(
        CONTRACTS.c.state.in_([ContractState.PRINTED.value, ContractState.SIGNED.value]),
        CONTRACTS.c.term_start < period.end,
        CONTRACTS.c.term_end > period.start,
    )
    return frozenset(connection.execute(query).scalars())


def standing_run_count(connection: Connection) -> int:
    """How many settled periods stand."""
    query = (
        select(func.count())
        .select_from(PAY_RUNS)
        .outerjoin(PAY_REVERSALS, PAY_REVERSALS.c.run_id == PAY_RUNS.c.id)
        .where(PAY_REVERSALS.c.run_id.is_(None))
    )
    return connection.execute(query).scalar_one()


def plan_counts(connection: Connection) -> tuple[int, int]:
    """How many target plans were published, and how many are being worked on."""
    published = select(func.count(func.distinct(TARGET_REVISIONS.c.plan_id)))
    drafts = select(func.count()).where(TARGET_PLANS.c.draft.is_not(None))
    return connection.execute(published).scalar_one(), connection.execute(drafts).scalar_one()
