"""A change of post, tried first, then done whole: register, agreements, the new draft."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Cycle
from kpidesk.store import people as people_store
from kpidesk.store.appraisals import appraisals_under
from kpidesk.store.contracts import amendments_of
from kpidesk.store.pay_runs import settled_after
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts import draw_up_amendment, void
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.contracts.parting import cut_part, why_not_judged
from kpidesk.usecases.cycles import cycles_in
from kpidesk.usecases.leaving import ties_of
from kpidesk.usecases.lists import ContractRow
from kpidesk.usecases.moving.move import Ended, Held, Move, Moved, Then
from kpidesk.usecases.moving.next_contract import draft_next
from kpidesk.usecases.people import edit_person
from kpidesk.usecases.postings import posting_of
from kpidesk.usecases.session import Company, found

_UNSIGNED = (ContractState.DRAFT, ContractState.PRINTED)


def held_contracts(company: Company, person: PersonId, *, today: date) -> tuple[Held, ...]:
    """The contracts of somebody that hold on a day or later, and from when others may."""
    rows = ties_of(company, person, today=today).contracts
    with company.read() as connection:
        return tuple(_held(company, connection, row) for row in rows if row.ended_on is None)


def try_move(company: Company, move: Move, *, actor: str, today: date) -> Moved:
    """What a change of post would do; nothing of it is kept."""
    done: list[Moved] = []
    with suppress(_TakenBackError), company.file.together():
        done.append(_do(company, move, actor, today))
        raise _TakenBackError
    return done[0]


def move_person(company: Company, move: Move, *, actor: str, today: date) -> Moved:
    """Another post in the register, agreements that end contracts, the new draft: all or none."""
    with company.file.together():
        return _do(company, move, actor, today)


class _TakenBackError(Exception):
    """Ends a transaction that was never meant to stand."""


def _held(company: Company, connection: Connection, row: ContractRow) -> Held:
    details = details_of(company, connection, row.id)
    contract = details.contract
    starts = tuple(one.start for one in Cycle(contract.term).contract_months()[1:])
    waiting = (
        number
        for id_, number, state in amendments_of(connection, row.id)
        if state in _UNSIGNED and details_of(company, connection, id_).contract.is_ending
    )
    parts = {day: cut_part(details.scheme, contract, day) for day in starts}
    return Held(
        row,
        contract.scheme,
        contract.indicator_scheme,
        contract.role,
        starts,
        next(waiting, ""),
        tuple(
            (day, why_not_judged(details.scheme, contract, part))
            for day, part in parts.items()
            if part is not None
        ),
    )


def _do(company: Company, move: Move, actor: str, today: date) -> Moved:
    with company.change(actor) as work:
        person = found(people_store.load_person(work.connection, move.person), "这个人")
        before = posting_of(work, person)
        after = replace(
            person, department=move.department, post=move.post.strip(), superior=move.superior
        )
        posting = replace(posting_of(work, after), since=move.since)
    is_move = (person.department, person.post, person.superior) != (
        after.department,
        after.post,
        after.superior,
    )
    changes = Changes.NONE
    if is_move:
        changes |= edit_person(company, after, since=move.since, actor=actor, today=today)
    reason = move.reason.strip() or "岗位调整"
    ended: list[Ended] = []
    voided: list[str] = []
    for id_, then in move.contracts:
        match then:
            case Then.KEEP:
                continue
            case Then.VOID:
                voided.append(_number(company, id_))
                changes |= void(company, id_, reason=reason, actor=actor, today=today)
            case Then.END | Then.JUDGE:
                judges = then is Then.JUDGE
                ended.append(
                    _end(company, id_, move, reason, judges=judges, actor=actor, today=today)
                )
                changes |= Changes.CONTRACTS
    drafted = None
    if move.new is not None:
        drafted = draft_next(company, after, move, move.new, actor=actor, today=today)
        changes |= Changes.CONTRACTS | Changes.SCHEMES | Changes.TARGETS
    if changes is Changes.NONE:
        msg = (
            "没有要办的：岗位没有变，责任书也都继续有效；请改部门、岗位或上级，或选择要终止的责任书"
        )
        raise InvalidValueError(msg)
    led = len(ties_of(company, move.person, today=today).led)
    kept = posting if is_move else None
    return Moved(changes, before, kept, tuple(ended), tuple(voided), drafted, led)


def _number(company: Company, contract: ContractId) -> str:
    with company.read() as connection:
        return details_of(company, connection, contract).contract.number


def _end(
    company: Company,
    contract: ContractId,
    move: Move,
    reason: str,
    *,
    judges: bool,
    actor: str,
    today: date,
) -> Ended:
    """Draw up the agreement, and say what it cuts and what stands in its way."""
    day = move.day
    made = draw_up_amendment(
        company,
        contract,
        effective_on=day,
        reason=reason,
        ends=True,
        judges_part=judges,
        actor=actor,
        today=today,
    )
    with company.read() as connection:
        base = details_of(company, connection, contract)
        terms = base.contract
        cycles = (
            cycles_in(base.scheme, dict(terms.settings), terms.term, in_part=terms.in_part)
            if base.scheme.is_scored
            else ()
        )
        hurdles = tuple(_hurdles(connection, contract, terms.scheme, move.person, day))
        number = details_of(company, connection, made.id).contract.number
    return Ended(
        made.id,
        number,
        terms.title,
        day - timedelta(days=1),
        sum(1 for one in cycles if one.end <= day),
        None if judges else next((one for one in cycles if one.start < day < one.end), None),
        cut_part(base.scheme, terms, day) if judges else None,
        hurdles,
    )


def _hurdles(
    connection: Connection, contract: ContractId, scheme: str, person: PersonId, day: date
) -> Iterator[str]:
    if late := settled_after(connection, scheme, person, day):
        yield f"{'、'.join(late)}的薪酬已经结算：登记签署终止协议以前，请先依次冲销"
    recorded = [
        state
        for _, state in appraisals_under(connection, contract, ends_after=day)
        if state is AppraisalState.SCORED
    ]
    if recorded:
        yield f"{day} 以后的评分表有 {len(recorded)} 份已经定分：登记签署以前，请先重新打开"
