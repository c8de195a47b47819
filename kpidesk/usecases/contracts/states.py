"""A contract's way onto paper and back: printed, returned, signed, void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.contract import Contract, ContractId, Copy
from kpidesk.core.copies import CopyState, CopyStep
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.scheme import Scheme
from kpidesk.store import contracts as store
from kpidesk.store.appraisals import add_appraisal, next_appraisal_id
from kpidesk.store.copies import add_step
from kpidesk.store.frozen import freeze
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.amending import check_says_something, take_effect
from kpidesk.usecases.contracts.copies import copies_printed, copies_signed
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.contracts.planned import note_draft
from kpidesk.usecases.contracts.printing import BOTH, PRINTED, paper_key, render
from kpidesk.usecases.cycles import cycles_in
from kpidesk.usecases.keeping.making import Reason, keep_before
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company, Work, reason_given
from kpidesk.usecases.sheets import Standings


def mark_printed(
    company: Company,
    ids: Sequence[ContractId],
    *,
    copies: Sequence[Copy] = BOTH,
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> Changes:
    """The contracts are on paper: their terms are frozen, and the very PDFs are kept.

    All of them or, when it is cancelled, none. Both PDFs are frozen whichever of the `copies` was
    printed, only those are 已打印 from now on. Printing again changes nothing.
    """
    watched = progress or Unwatched()
    changes = Changes.NONE
    with company.change(actor) as work:
        known = [details_of(company, work.connection, id_) for id_ in dict.fromkeys(ids)]
        again = [one for one in known if one.contract.printed(today) == one.contract]
        fresh = [one for one in known if one not in again]
        papers: list[dict[Copy, bytes]] = []
        for done, details in enumerate(fresh):
            watched.step(done, len(fresh), f"正在存档 {details.contract.number}")
            if watched.cancelled:
                return Changes.NONE
            check_says_something(company, work, details)
            papers.append(_rendered(work, details))
        for details, pdfs in zip(fresh, papers, strict=True):
            _issue(work, details, pdfs, copies, today)
            changes = Changes.CONTRACTS
        for details in again:
            changes |= copies_printed(work, details.contract, copies, today=today)
        watched.step(len(fresh), len(fresh))
    company.shelf.clear()
    return changes


def _issue(
    work: Work,
    details: ContractDetails,
    pdfs: dict[Copy, bytes],
    copies: Sequence[Copy],
    today: date,
) -> None:
    """Freeze a contract with its papers; those of the copies that were printed are out now."""
    after = details.contract.printed(today)
    issue = freeze(work.connection, after, pdfs)
    store.save_state(work.connection, after)
    for copy in copies:
        step = CopyStep(CopyState.PRINTED, today, work.actor)
        add_step(work.connection, after, copy, step)
    hashes = {paper_key(copy): digest for copy, digest in issue.papers.items()}
    out = " ".join(copies)
    _log(work, PRINTED, details, after, frozen={**hashes, "seal": issue.seal, "copies": out})


def return_to_draft(
    company: Company, contract: ContractId, *, reason: str, actor: str, today: date
) -> Changes:
    """Take a printed contract back; the paper that is out becomes outdated."""
    del today
    why = reason_given(reason, "退回草稿")
    with company.change(actor) as work:
        before = details_of(company, work.connection, contract)
        after = before.contract.returned()
        store.save_contract(work.connection, after)
        again = details_of(company, work.connection, contract)
        _log(work, "contract.return", replace(before, sha256=again.sha256), after, why)
        noted = note_draft(work, after)
    return Changes.CONTRACTS | (Changes.TARGETS if noted else Changes.NONE)


def sign(
    company: Company,
    ids: ContractId | Sequence[ContractId],
    *,
    signed_on: date,
    actor: str,
    today: date,
) -> Changes:
    """Both parties have signed: each cycle of the term gets its scoring sheet. All or none.

    A scheme that scores nothing has no sheets.
    """
    if signed_on > today:
        msg = f"签署日期({signed_on})还没有到，今天是 {today}，请填写实际签署的日期"
        raise InvalidValueError(msg)
    chosen = (ids,) if isinstance(ids, int) else tuple(dict.fromkeys(ids))
    if len(chosen) > 1:
        keep_before(company, Reason.SIGN)
    with company.change(actor) as work:
        standings = Standings()
        every = [details_of(company, work.connection, id_) for id_ in chosen]
        # What ends a contract comes first: another one may go on from there.
        for details in sorted(every, key=lambda one: not one.contract.is_ending):
            _refuse_beside_another(work, details.contract)
            after = details.contract.signed(signed_on)
            store.save_state(work.connection, after)
            _log(work, "contract.sign", details, after)
            copies_signed(work, after)
            if after.is_amendment:
                take_effect(work, after, details.scheme)
            elif details.scheme.is_scored:
                _open_sheets(work, after, details.scheme, standings)
    return Changes.CONTRACTS | Changes.APPRAISALS if chosen else Changes.NONE


def void(
    company: Company, contract: ContractId, *, reason: str, actor: str, today: date
) -> Changes:
    """Declare a contract void that was not signed; its number is not used again."""
    del today
    why = reason_given(reason, "作废")
    with company.change(actor) as work:
        before = details_of(company, work.connection, contract)
        after = before.contract.voided()
        store.save_state(work.connection, after)
        _log(work, "contract.void", before, after, why)
    return Changes.CONTRACTS


def _rendered(work: Work, details: ContractDetails) -> dict[Copy, bytes]:
    return {copy: render(work.company, work.connection, details, copy) for copy in BOTH}


def _refuse_beside_another(work: Work, contract: Contract) -> None:
    """While a contract under the same scheme holds, no other of its days is signed."""
    if contract.is_amendment:
        return
    person = contract.party_b
    others = store.contracts_in_force(
        work.connection, person.person, contract.scheme, contract.term, signed=True
    )
    for id_, number, _, end in others:
        if id_ != contract.id:
            msg = (
                f"{person.name}的责任书 {number} 到 {end - timedelta(days=1)} 才期满，与"
                f" {contract.number} 期限重叠；请先登记签署它的终止协议，再登记这一份"
            )
            raise NotAllowedError(msg)


def _open_sheets(work: Work, contract: Contract, scheme: Scheme, standings: Standings) -> None:
    cycles = cycles_in(scheme, dict(contract.settings), contract.term, in_part=contract.in_part)
    first = next_appraisal_id(work.connection)
    for number, cycle in enumerate(cycles):
        appraisal = Appraisal(
            AppraisalId(first + number), contract.id, contract.party_b.person, cycle
        )
        add_appraisal(work.connection, appraisal, standings.blank(scheme, contract, appraisal))
    days = " ".join(f"{one.start}/{one.end}" for one in cycles)
    opened = {"first": str(first), "sheets": str(len(cycles)), "cycles": days}
    work.log("appraisal.open", f"contract:{contract.id}", after=opened)


def _log(
    work: Work,
    action: str,
    before: ContractDetails,
    after: Contract,
    reason: str = "",
    *,
    frozen: dict[str, str] | None = None,
) -> None:
    """The audit line of a change of state."""
    work.log(
        action,
        f"contract:{after.id}",
        before=before.contract.state,
        after={
            "state": after.state.value,
            "sha256": before.sha256,
            **(frozen or {}),
            "printed_on": str(after.printed_on or ""),
            "signed_on": str(after.signed_on or ""),
        },
        reason=reason,
    )
