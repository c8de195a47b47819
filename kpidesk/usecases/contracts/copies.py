"""Paper copies on their way: handed out, signed, sealed, scanned, given to whom they belong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpidesk.core.contract import Contract, ContractId, ContractState, Copy
from kpidesk.core.copies import CopyState, CopyStep, next_step
from kpidesk.core.errors import InvalidValueError
from kpidesk.store.copies import add_step, steps_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.session import Company, Work


def move_copies(
    company: Company,
    ids: Sequence[ContractId],
    *,
    copies: Sequence[Copy],
    to: CopyState,
    on: date,
    reason: str = "",
    actor: str,
    today: date,
) -> Changes:
    """Copies of one or many contracts come to a state: all of them or none.

    Those that stand there already stay as they are; a step back needs a reason.
    """
    if not copies:
        msg = "请选择甲方存或乙方存，或两份都选"
        raise InvalidValueError(msg)
    changes = Changes.NONE
    with company.change(actor) as work:
        step = CopyStep(to, on, work.actor, reason.strip())
        for id_ in dict.fromkeys(ids):
            contract = details_of(company, work.connection, id_).contract
            for copy in copies:
                last = _last(work, contract, copy)
                if last is None or last.state is not to:
                    _move(work, contract, copy, next_step(contract, last, step, today))
                    changes = Changes.CONTRACTS
    return changes


def scan_filed(work: Work, contract: ContractId, copy: Copy, *, revision: int, today: date) -> bool:
    """A whole scan of a copy was filed, in the same change: the copy is 已扫描.

    False, and nothing happens, where it stands there or further already, where the scan is of an
    outdated issue, or the contract is not on paper.
    """
    known = details_of(work.company, work.connection, contract).contract
    last = _last(work, known, copy)
    on_paper = known.state in (ContractState.PRINTED, ContractState.SIGNED)
    if not on_paper or revision != known.revision:
        return False
    if last is not None and not CopyState.SCANNED.is_after(last.state):
        return False
    # Nobody types the day of a scan; it cannot come before the step before it.
    day = max(today, last.on) if last else today
    step = CopyStep(CopyState.SCANNED, day, work.actor)
    _move(work, known, copy, next_step(known, last, step, step.on))
    return True


def scan_taken_back(
    work: Work, contract: ContractId, copy: Copy, *, revision: int, reason: str, today: date
) -> None:
    """A page of a whole scan was taken back, in the same change: no longer 已扫描.

    The copy goes back to where it stood before; one that has gone on since stays there.
    """
    known = details_of(work.company, work.connection, contract).contract
    steps = steps_of(work.connection, known, copy)
    if revision != known.revision or not steps or steps[-1].state is not CopyState.SCANNED:
        return
    to = steps[-2].state if len(steps) > 1 else CopyState.PRINTED
    if known.state is ContractState.SIGNED and CopyState.SIGNED.is_after(to):
        to = CopyState.SIGNED
    if known.state is not ContractState.VOID:
        step = CopyStep(to, max(today, steps[-1].on), work.actor, f"扫描页退回：{reason}")
        _move(work, known, copy, next_step(known, steps[-1], step, step.on))


def copies_printed(
    work: Work, contract: Contract, copies: Sequence[Copy], *, today: date
) -> Changes:
    """These copies of a contract that is frozen already went to paper, some for the first time."""
    changes = Changes.NONE
    for copy in copies:
        if _last(work, contract, copy) is None:
            _move(work, contract, copy, CopyStep(CopyState.PRINTED, today, work.actor))
            changes = Changes.CONTRACTS
    return changes


def copies_signed(work: Work, contract: Contract) -> None:
    """The contract is signed: so are its copies, unless they have gone further already."""
    if contract.signed_on is None:
        return
    for copy in Copy:
        last = _last(work, contract, copy)
        if last is not None and CopyState.SIGNED.is_after(last.state):
            # A copy may have been handed out later than the day on which it was signed.
            day = max(contract.signed_on, last.on)
            add_step(work.connection, contract, copy, CopyStep(CopyState.SIGNED, day, work.actor))


def _last(work: Work, contract: Contract, copy: Copy) -> CopyStep | None:
    steps = steps_of(work.connection, contract, copy)
    return steps[-1] if steps else None


def _move(work: Work, contract: Contract, copy: Copy, step: CopyStep) -> None:
    before = _last(work, contract, copy)
    add_step(work.connection, contract, copy, step)
    work.log(
        f"contract.copy.{copy.value}",
        f"contract:{contract.id}",
        before=before.state if before else None,
        after={"state": step.state.value, "on": str(step.on)},
        reason=step.reason,
    )
