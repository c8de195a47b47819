"""Where the year stands, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractState
from kpidesk.core.people import Person
from kpidesk.core.period import Period
from kpidesk.store.contract_lists import papers_in_hand
from kpidesk.store.counts import (
    contract_counts,
    people_covered,
    people_on_paper,
    plan_counts,
    standing_run_count,
)
from kpidesk.store.latest import (
    Done,
    interviewed_last,
    printed_last,
    recorded_last,
    signed_last,
)
from kpidesk.store.plans import due_plans
from kpidesk.store.scans import files_waiting
from kpidesk.store.targets import PlanKey, key_of
from kpidesk.store.targets import plans as stored_plans
from kpidesk.usecases.lists import ResultRow, SheetState
from kpidesk.usecases.people import list_people
from kpidesk.usecases.session import Company
from kpidesk.usecases.sheet_places import First, SheetPlaces, sheet_places
from kpidesk.usecases.steps import NEEDS, Step
from kpidesk.usecases.whereabouts import Where, is_there

if TYPE_CHECKING:
    from kpidesk.usecases.pay.gathering import GroupRef  # it loads what computes

__all__ = ["NAMED", "Event", "Overview", "Recent", "Step", "Todo", "overview"]


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: how many, and the first of them by name.

    FILE counts scanned pages in the tray and names their files. `ids` are of people (TARGETS,
    DRAW_UP), contracts (PRINT, SIGN) or sheets (INTERVIEW, SUBMIT: those named); `since` is the
    day of the first printing that is still unsigned, of the first item of a plan that is due, on
    which the first batch was submitted that still waits, or on which the first period of pay was
    over; `where` is that period with its group, `until` the day by which the first appeal is to be
    decided, `plan` the plan of TARGETS, called `about`.
    """

    step: Step
    count: int
    names: tuple[str, ...]
    ids: tuple[int, ...] = ()
    since: date | None = None
    where: tuple[GroupRef, str] | None = None
    until: date | None = None
    plan: PlanKey | None = None
    about: str = ""


class Event(StrEnum):
    """What was done with a contract or a sheet."""

    PRINTED = "printed"
    SIGNED = "signed"
    SCORED = "scored"
    INTERVIEWED = "interviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Recent:
    """Something done: to a contract (its id and number), or to a sheet (its id and cycle)."""

    day: date
    event: Event
    id: int
    person_name: str
    about: str | Period


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of each step. Sheets count once their cycle has begun, until it is closed.

    `filed`: contracts whose copy of 甲方 was scanned or handed over; `open_ids` are the sheets
    whose scores are to be recorded; `at` counts results by where they stand; `settled` are periods
    of pay, `plans` target plans: published, and being worked on.
    """

    people: int
    without_contract: int
    drafts: int
    printed: int
    signed: int
    filed: int
    open_ids: tuple[AppraisalId, ...]
    at: Mapping[Where, int]
    sheets_ahead: int
    settled: int
    plans: tuple[int, int]
    todos: tuple[Todo, ...]
    recent: tuple[Recent, ...]
    """What was done last, newest first."""


NAMED = 3
"""So many of those that wait are named."""
_RECENT = 8


def overview(company: Company, *, today: date) -> Overview:
    """Where the year stands on a day.

    What is asked for here needs nothing that computes, for it is the first page; the periods of
    pay that wait are found by `unsettled.pay_to_settle`. What is done is counted, not read.
    """
    people = list_people(company)
    with company.read() as connection:
        contracts = contract_counts(connection)
        covered = people_covered(connection, today)
        without = [one.person for one in people if one.person.id not in covered]
        sheets = sheet_places(connection, today=today, named=NAMED, last=_RECENT)
        todos = (
            *(() if people else (Todo(Step.PEOPLE, 1, ("先录入部门和人员",)),)),
            *_unplanned(connection, company.path, [one.person for one in people], today),
            _todo(Step.DRAW_UP, [(one.id, one.name) for one in without]),
            *_in_hand(connection),
            _tray(connection),
            *_scoring(sheets, today),
            _plans(connection, today),
            *_reviews(sheets),
        )
        drafts, printed, signed = (
            contracts.get(one, (0, 0))
            for one in (ContractState.DRAFT, ContractState.PRINTED, ContractState.SIGNED)
        )
        return Overview(
            people=len(people),
            without_contract=len(without),
            drafts=drafts[0],
            printed=printed[0],
            signed=signed[0],
            filed=signed[1],
            open_ids=tuple(one.id for one in sheets.open if one.cycle.start <= today),
            at=sheets.places(),
            sheets_ahead=sheets.ahead(today),
            settled=standing_run_count(connection),
            plans=plan_counts(connection),
            todos=tuple(one for one in todos if one.count and company.may(NEEDS[one.step])),
            recent=_recent(connection, sheets.submitted),
        )


def _unplanned(
    connection: Connection, path: Path, people: Sequence[Person], today: date
) -> Iterator[Todo]:
    """Who stands without a figure in a plan that is not over, and has no contract on paper."""
    for plan in (one.working for one in stored_plans(connection, path)):
        if plan.period.end <= today:
            continue
        waiting = {one.person for one in plan.lines if one.is_empty}
        waiting -= people_on_paper(connection, plan.period)
        names = [(one.id, one.name) for one in people if one.id in waiting]
        yield replace(_todo(Step.TARGETS, names), plan=key_of(plan), about=plan.label)


def _in_hand(connection: Connection) -> Iterator[Todo]:
    """The contracts and amendments that wait to be printed, and to be signed."""
    papers = papers_in_hand(connection)

    def at(step: Step, state: ContractState) -> Todo:
        there = [one for one in papers if one.state is state]
        since = min((one.printed_on for one in there if one.printed_on), default=None)
        names = [(one.id, f"{one.person_name}({one.number})") for one in there]
        return replace(_todo(step, names), since=since)

    yield replace(at(Step.PRINT, ContractState.DRAFT), since=None)
    yield at(Step.SIGN, ContractState.PRINTED)


def _scoring(sheets: SheetPlaces, today: date) -> Iterator[Todo]:
    """What waits until the scores of sheets are recorded and talked over."""
    due = [one for one in sheets.open if one.cycle.start <= today]
    empty = (SheetState.NOT_STARTED, SheetState.SCORING)
    over = [one for one in due if one.cycle.end <= today and one.state in empty]
    for step, waiting in (
        (Step.SCORE, over),
        (Step.CHECK, [one for one in due if one.state is SheetState.CHECKING]),
        (Step.FINISH, [one for one in due if one.state is SheetState.READY]),
    ):
        yield _todo(step, [(one.id, _named(one.person_name, one.cycle)) for one in waiting])
    yield _counted(Step.INTERVIEW, sheets.not_heard, sheets.unheard)


def _reviews(sheets: SheetPlaces) -> Iterator[Todo]:
    """What waits on the way to final; to be submitted only where approval is in use at all."""
    results = sheets.in_review

    def at(step: Step, *places: Where) -> Todo:
        there = [one for one in results if any(is_there(one, where) for where in places)]
        return _todo(step, [(one.id, _named(one.person_name, one.cycle)) for one in there])

    if results:
        yield _counted(Step.SUBMIT, sheets.never_submitted, sheets.unsubmitted)
    waiting = [one.review for one in results if is_there(one, Where.WAITING)]
    since = min((one.since for one in waiting if one.since), default=None)
    yield replace(at(Step.APPROVE, Where.WAITING), since=since)
    yield at(Step.MEND, Where.RETURNED, Where.UPHELD)
    yield at(Step.CONFIRM, Where.UNCONFIRMED)
    until = min((one.review.appeal for one in results if one.review.appeal), default=None)
    yield replace(at(Step.APPEAL, Where.APPEALED), until=until)


def _tray(connection: Connection) -> Todo:
    files = files_waiting(connection)
    names = tuple(f"{name}（{count} 页）" for name, count in files[:NAMED])
    return Todo(Step.FILE, sum(count for _, count in files), names)


def _plans(connection: Connection, today: date) -> Todo:
    """The items of improvement plans that are to be looked at; each with the sheet of its plan."""
    plans = due_plans(connection, today)
    items = [(one, item) for one in plans for item in one.items if item.is_due(today)]
    waiting = [(one.appraisal, f"{one.person_name}：{item.item.what}") for one, item in items]
    since = min((item.due for _, item in items if item.due), default=None)
    return replace(_todo(Step.PLAN, waiting), since=since)


def _todo(step: Step, waiting: Sequence[tuple[int, str]]) -> Todo:
    names = tuple(name for _, name in waiting[:NAMED])
    return Todo(step, len(waiting), names, tuple(id_ for id_, _ in waiting))


def _counted(step: Step, count: int, first: First) -> Todo:
    return replace(_todo(step, [(id_, _named(name, of)) for id_, name, of in first]), count=count)


def _named(person: str, cycle: Period) -> str:
    return f"{person}({cycle.key})"


def _recent(connection: Connection, submitted: Sequence[ResultRow]) -> tuple[Recent, ...]:
    """The last things that were done, by their days."""
    final = [one for one in submitted if one.review.is_final]
    done: list[tuple[Event, Iterable[Done]]] = [
        (Event.PRINTED, printed_last(connection, _RECENT)),
        (Event.SIGNED, signed_last(connection, _RECENT)),
        (Event.SCORED, recorded_last(connection, _RECENT)),
        (Event.INTERVIEWED, interviewed_last(connection, _RECENT)),
        (
            Event.APPROVED,
            [
                (one.review.decided, one.id, one.person_name, one.cycle)
                for one in final
                if one.review.decided is not None
            ],
        ),
    ]
    found = [Recent(one[0], event, *one[1:]) for event, some in done for one in some]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True)[:_RECENT])
