"""Improvement plans and what became of them, to and from rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from kpidesk.codec import from_json
from kpidesk.core.appraisal import AppraisalId, Interview
from kpidesk.core.follow_up import FollowUp, Outcome, Tracked, next_due, tracked
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.ids import next_id
from kpidesk.store.rows import APPRAISALS, CONTRACTS, PLAN_LOOKS


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The improvement plan of one sheet, and whose it is."""

    appraisal: AppraisalId
    person: PersonId
    person_name: str
    cycle: Period
    items: tuple[Tracked, ...]


def add_look(connection: Connection, appraisal: AppraisalId, look: FollowUp) -> None:
    """Keep a look at an item."""
    connection.execute(
        insert(PLAN_LOOKS),
        {
            "id": next_id(connection, PLAN_LOOKS),
            "appraisal_id": appraisal,
            "what": look.what,
            "outcome": look.outcome.value,
            "result": look.result,
            "looked_on": look.on,
            "until": look.until,
            "looked_by": look.by,
        },
    )


def looks_at(connection: Connection, appraisal: AppraisalId) -> tuple[FollowUp, ...]:
    """Every look at the items of one plan, oldest first."""
    return _looks(connection, PLAN_LOOKS.c.appraisal_id == appraisal).get(appraisal, ())


def save_plan_due(connection: Connection, appraisal: AppraisalId, due: date | None) -> None:
    """The first day on which an item of a plan is to be looked at."""
    connection.execute(update(APPRAISALS).where(APPRAISALS.c.id == appraisal), {"plan_due": due})


def due_plans(connection: Connection, today: date) -> Sequence[PlanRow]:
    """The plans in which an item waits to be looked at, the longest waiting first."""
    found = APPRAISALS.c.plan_due <= today
    return _plans(connection, found, APPRAISALS.c.plan_due)


def plans_of(connection: Connection, person: PersonId) -> Sequence[PlanRow]:
    """The plans of a person, the oldest cycle first."""
    return _plans(connection, APPRAISALS.c.person_id == person, APPRAISALS.c.cycle_start)


def wrong_dues(connection: Connection) -> dict[AppraisalId, date | None]:
    """By sheet: when its plan is to be looked at next, where something else stands in the list."""
    kept = {
        AppraisalId(id_): due
        for id_, due in connection.execute(
            select(APPRAISALS.c.id, APPRAISALS.c.plan_due).where(_HAS_PLAN)
        )
    }
    right = {one.appraisal: next_due(one.items) for one in _plans(connection, _HAS_PLAN)}
    return {id_: right[id_] for id_, due in kept.items() if right[id_] != due}


def _plans(
    connection: Connection, which: ColumnElement[bool], *order: ColumnElement[Any]
) -> Sequence[PlanRow]:
    rows = connection.execute(_PLANS.where(which).order_by(*order, APPRAISALS.c.id)).all()
    sheets = select(APPRAISALS.c.id).where(which)
    looks = _looks(connection, PLAN_LOOKS.c.appraisal_id.in_(sheets)) if rows else {}
    return [
        PlanRow(
            AppraisalId(id_),
            person,
            name,
            Period(start, end),
            tuple(tracked(from_json(text, Interview).plan, looks.get(AppraisalId(id_), ()))),
        )
        for id_, person, start, end, text, name in rows
    ]


_HAS_PLAN: Final = APPRAISALS.c.plan_due.is_not(None) | (
    func.json_array_length(APPRAISALS.c.interview, "$.plan") > 0
)
_PLANS: Final = select(
    APPRAISALS.c.id,
    APPRAISALS.c.person_id,
    APPRAISALS.c.cycle_start,
    APPRAISALS.c.cycle_end,
    APPRAISALS.c.interview,
    CONTRACTS.c.person_name,
).select_from(APPRAISALS.join(CONTRACTS, CONTRACTS.c.id == APPRAISALS.c.contract_id))


def _looks(
    connection: Connection, which: ColumnElement[bool]
) -> dict[AppraisalId, tuple[FollowUp, ...]]:
    columns = PLAN_LOOKS.c
    rows = connection.execute(
        select(
            columns.appraisal_id,
            columns.what,
            columns.outcome,
            columns.result,
            columns.looked_on,
            columns.until,
            columns.looked_by,
        )
        .where(which)
        .order_by(columns.id)
    ).all()
    found: dict[AppraisalId, tuple[FollowUp, ...]] = {}
    for id_, what, outcome, result, on, until, by in rows:
        look = FollowUp(what, Outcome(outcome), result, on, until, by)
        found[AppraisalId(id_)] = (*found.get(AppraisalId(id_), ()), look)
    return found
