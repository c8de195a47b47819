"""Where the year stands, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractState
from kpidesk.core.people import Person
from kpidesk.core.period import Period
from kpidesk.core.review.standing import Stage
from kpidesk.store.counts import plan_counts, standing_run_count
from kpidesk.store.plans import due_plans
from kpidesk.store.scans import files_waiting
from kpidesk.store.targets import PlanKey, key_of
from kpidesk.store.targets import plans as stored_plans
from kpidesk.usecases.lists import (
    AppraisalRow,
    ContractRow,
    ResultRow,
    SheetState,
    is_filed,
    list_appraisals,
    list_documents,
    results_of,
)
from kpidesk.usecases.people import list_people
from kpidesk.usecases.reviewed import closed_in
from kpidesk.usecases.session import Company
from kpidesk.usecases.steps import NEEDS, Step
from kpidesk.usecases.whereabouts import Where, is_there

if TYPE_CHECKING:
    from kpidesk.usecases.pay.gathering import GroupRef  # it loads what computes

__all__ = ["NAMED", "Event", "Overview", "Recent", "Step", "Todo", "overview"]


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: how many, and the first of them by name.

    FILE counts scanned pages in the tray and names their files. `ids` are of people (TARGETS,
    DRAW_UP), contracts (PRINT, SIGN) or sheets; `since` is the day of the first printing that is
    still unsigned, of the first item of a plan that is due, on which the first batch was submitted
    that still waits, or on which the first period of pay was over; `where` is that period with its
    group, `until` the day by which the first appeal is to be decided, `plan` the plan of TARGETS,
    called `about`.
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
    pay that wait are found by `unsettled.pay_to_settle`.
    """
    people = list_people(company)
    papers = [one for one in list_documents(company) if one.state is not ContractState.VOID]
    contracts = [one for one in papers if not one.is_amendment]
    with company.read() as connection:
        closed, settled = closed_in(connection), standing_run_count(connection)
        plans = plan_counts(connection)
    every = list_appraisals(company)
    sheets = [one for one in every if one.cycle not in closed]
    results = results_of(company, every)
    due = [one for one in sheets if one.cycle.start <= today]
    by_state = Counter(one.state for one in contracts)
    covered = {one.person for one in contracts if today in one.term or today < one.term.start}
    without = [one.person for one in people if one.person.id not in covered]
    over = [one for one in due if one.cycle.end <= today]
    unfinished = [one for one in over if one.state in (SheetState.NOT_STARTED, SheetState.SCORING)]
    checking = [one for one in due if one.state is SheetState.CHECKING]
    ready = [one for one in due if one.state is SheetState.READY]
    scored = [one for one in sheets if one.state is SheetState.SCORED]
    unheard = [one for one in scored if one.interviewed_on is None]
    drafts = [one for one in papers if one.state is ContractState.DRAFT]
    printed = [one for one in papers if one.state is ContractState.PRINTED]
    since = min((one.printed_on for one in printed if one.printed_on), default=None)
    todos = (
        *(() if people else (Todo(Step.PEOPLE, 1, ("先录入部门和人员",)),)),
        *_unplanned(company, [one.person for one in people], papers, today),
        _todo(Step.DRAW_UP, [(one.id, one.name) for one in without]),
        _todo(Step.PRINT, [(one.id, _contract(one)) for one in drafts]),
        replace(_todo(Step.SIGN, [(one.id, _contract(one)) for one in printed]), since=since),
        _tray(company),
        _todo(Step.SCORE, [(one.id, _sheet(one)) for one in unfinished]),
        _todo(Step.CHECK, [(one.id, _sheet(one)) for one in checking]),
        _todo(Step.FINISH, [(one.id, _sheet(one)) for one in ready]),
        _todo(Step.INTERVIEW, [(one.id, _sheet(one)) for one in unheard]),
        _plans(company, today),
        *_reviews([one for one in results if not one.is_closed]),
    )
    return Overview(
        people=len(people),
        without_contract=len(without),
        drafts=by_state[ContractState.DRAFT],
        printed=by_state[ContractState.PRINTED],
        signed=by_state[ContractState.SIGNED],
        filed=sum(1 for one in contracts if one.state is ContractState.SIGNED and is_filed(one)),
        open_ids=tuple(one.id for one in due if one.state is not SheetState.SCORED),
        at={where: sum(is_there(one, where) for one in results) for where in Where},
        sheets_ahead=len(sheets) - len(due),
        settled=settled,
        plans=plans,
        todos=tuple(one for one in todos if one.count and company.may(NEEDS[one.step])),
        recent=_recent(papers, results),
    )


def _unplanned(
    company: Company, people: Sequence[Person], papers: Sequence[ContractRow], today: date
) -> Iterator[Todo]:
    """Who stands without a figure in a plan that is not over, and has no contract on paper."""
    with company.read() as connection:
        plans = [one.working for one in stored_plans(connection, company.path)]
    for plan in plans:
        if plan.period.end <= today:
            continue
        issued = {
            one.person
            for one in papers
            if one.state is not ContractState.DRAFT and one.term.overlap(plan.period)
        }
        waiting = {one.person for one in plan.lines if one.is_empty} - issued
        names = [(one.id, one.name) for one in people if one.id in waiting]
        yield replace(_todo(Step.TARGETS, names), plan=key_of(plan), about=plan.label)


def _reviews(results: Sequence[ResultRow]) -> Iterator[Todo]:
    """What waits on the way to final; to be submitted only where approval is in use at all."""

    def at(step: Step, *places: Where) -> Todo:
        there = [one for one in results if any(is_there(one, where) for where in places)]
        return _todo(step, [(one.id, f"{one.person_name}({one.cycle.key})") for one in there])

    if any(one.review.batch is not None for one in results):
        new = [one for one in results if is_there(one, Where.UNSUBMITTED)]
        fresh = [one for one in new if one.review.stage is Stage.UNSUBMITTED]
        yield _todo(Step.SUBMIT, [(one.id, f"{one.person_name}({one.cycle.key})") for one in fresh])
    waiting = [one.review for one in results if is_there(one, Where.WAITING)]
    since = min((one.since for one in waiting if one.since), default=None)
    yield replace(at(Step.APPROVE, Where.WAITING), since=since)
    yield at(Step.MEND, Where.RETURNED, Where.UPHELD)
    yield at(Step.CONFIRM, Where.UNCONFIRMED)
    until = min((one.review.appeal for one in results if one.review.appeal), default=None)
    yield replace(at(Step.APPEAL, Where.APPEALED), until=until)


def _tray(company: Company) -> Todo:
    with company.read() as connection:
        files = files_waiting(connection)
    names = tuple(f"{name}（{count} 页）" for name, count in files[:NAMED])
    return Todo(Step.FILE, sum(count for _, count in files), names)


def _plans(company: Company, today: date) -> Todo:
    """The items of improvement plans that are to be looked at; each with the sheet of its plan."""
    with company.read() as connection:
        plans = due_plans(connection, today)
    items = [(one, item) for one in plans for item in one.items if item.is_due(today)]
    waiting = [(one.appraisal, f"{one.person_name}：{item.item.what}") for one, item in items]
    since = min((item.due for _, item in items if item.due), default=None)
    return replace(_todo(Step.PLAN, waiting), since=since)


def _todo(step: Step, waiting: Sequence[tuple[int, str]]) -> Todo:
    names = tuple(name for _, name in waiting[:NAMED])
    return Todo(step, len(waiting), names, tuple(id_ for id_, _ in waiting))


def _contract(one: ContractRow) -> str:
    return f"{one.person_name}({one.number})"


def _sheet(one: AppraisalRow) -> str:
    return f"{one.person_name}({one.cycle.key})"


def _recent(contracts: Sequence[ContractRow], results: Sequence[ResultRow]) -> tuple[Recent, ...]:
    """The last things that were done, by their days."""
    done: list[tuple[date | None, Event, int, str, str | Period]] = [
        *(
            (one.printed_on, Event.PRINTED, one.id, one.person_name, one.number)
            for one in contracts
        ),
        *((one.signed_on, Event.SIGNED, one.id, one.person_name, one.number) for one in contracts),
        *((one.scored_on, Event.SCORED, one.id, one.person_name, one.cycle) for one in results),
        *(
            (one.interviewed_on, Event.INTERVIEWED, one.id, one.person_name, one.cycle)
            for one in results
        ),
        *(
            (one.review.decided, Event.APPROVED, one.id, one.person_name, one.cycle)
            for one in results
            if one.review.is_final
        ),
    ]
    found = [
        Recent(day, event, id_, name, about)
        for day, event, id_, name, about in done
        if day is not None
    ]
    return tuple(sorted(found, key=lambda one: one.day, reverse=True)[:_RECENT])
