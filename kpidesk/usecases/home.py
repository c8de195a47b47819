"""Where the year stands, and what comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpidesk.core.contract import ContractState
from kpidesk.usecases.appraisals.listing import AppraisalRow, SheetState, list_appraisals
from kpidesk.usecases.contracts.listing import ContractRow, list_contracts
from kpidesk.usecases.people import list_people
from kpidesk.usecases.session import Company


class Step(StrEnum):
    """The steps of a year, in order; the value is the page on which a step is done."""

    PEOPLE = "people"
    DRAW_UP = "draw_up"
    PRINT = "print"
    SIGN = "sign"
    SCORE = "score"
    FINISH = "finish"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: how many, and the first of them by name."""

    step: Step
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of each step. Sheets count once their cycle has begun."""

    people: int
    without_contract: int
    drafts: int
    printed: int
    signed: int
    sheets_open: int
    ready: int
    scored: int
    interviewed: int
    sheets_ahead: int
    todos: tuple[Todo, ...]


_NAMED = 3


def overview(company: Company, *, today: date) -> Overview:
    """Where the year stands on a day."""
    people = list_people(company)
    contracts = [one for one in list_contracts(company) if one.state is not ContractState.VOID]
    sheets = list_appraisals(company)
    due = [one for one in sheets if one.cycle.start <= today]
    by_state = Counter(one.state for one in contracts)
    covered = {one.person for one in contracts if today in one.term or today < one.term.start}
    without = [one.person.name for one in people if one.person.id not in covered]
    over = [one for one in due if one.cycle.end <= today]
    unfinished = [one for one in over if one.state in (SheetState.NOT_STARTED, SheetState.SCORING)]
    ready = [one for one in due if one.state is SheetState.READY]
    scored = [one for one in sheets if one.state is SheetState.SCORED]
    unheard = [one for one in scored if one.interviewed_on is None]
    todos = (
        *((_todo(Step.PEOPLE, ("先录入部门和人员",)),) if not people else ()),
        _todo(Step.DRAW_UP, without),
        _todo(Step.PRINT, _names(contracts, ContractState.DRAFT)),
        _todo(Step.SIGN, _names(contracts, ContractState.PRINTED)),
        _todo(Step.SCORE, [_label(one) for one in unfinished]),
        _todo(Step.FINISH, [_label(one) for one in ready]),
        _todo(Step.INTERVIEW, [_label(one) for one in unheard]),
    )
    return Overview(
        people=len(people),
        without_contract=len(without),
        drafts=by_state[ContractState.DRAFT],
        printed=by_state[ContractState.PRINTED],
        signed=by_state[ContractState.SIGNED],
        sheets_open=sum(1 for one in due if one.state is not SheetState.SCORED),
        ready=len(ready),
        scored=len(scored),
        interviewed=sum(1 for one in sheets if one.interviewed_on is not None),
        sheets_ahead=len(sheets) - len(due),
        todos=tuple(one for one in todos if one.count),
    )


def _todo(step: Step, names: list[str] | tuple[str, ...]) -> Todo:
    return Todo(step, len(names), tuple(names[:_NAMED]))


def _names(contracts: list[ContractRow], state: ContractState) -> list[str]:
    return [f"{one.person_name}({one.number})" for one in contracts if one.state is state]


def _label(sheet: AppraisalRow) -> str:
    return f"{sheet.person_name}({sheet.cycle.key})"
