"""A contract's way onto paper and back: printed, returned, signed, void."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpidesk.core.appraisal import Appraisal, AppraisalId
from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.scheme import Scheme
from kpidesk.store import contracts as store
from kpidesk.store.appraisals import add_appraisal, next_appraisal_id
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.listing import ContractDetails, details_of
from kpidesk.usecases.contracts.printing import BOTH, PRINTED, paper_key, render
from kpidesk.usecases.cycles import cycles_in
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company, Work, reason_given
from kpidesk.usecases.sheets import Standings


def mark_printed(
    company: Company,
    ids: Sequence[ContractId],
    *,
    actor: str,
    today: date,
    progress: Progress | None = None,
) -> Changes:
    """The contracts are on paper: their terms are frozen, and the very PDFs are kept.

    All of them or, when it is cancelled, none. Printing again changes nothing.
    """
    watched = progress or Unwatched()
    with company.change(actor) as work:
        fresh = [
            one
            for one in (details_of(company, work.connection, id_) for id_ in dict.fromkeys(ids))
            if one.contract.printed(today) != one.contract
        ]
        papers: list[tuple[Contract, list[bytes]]] = []
        for done, details in enumerate(fresh):
            watched.step(done, len(fresh), f"正在存档 {details.contract.number}")
            if watched.cancelled:
                return Changes.NONE
            papers.append(
                (
                    details.contract,
                    _rendered(work, details),
                )
            )
        for contract, pdfs in papers:
            after = contract.printed(today)
            store.save_contract(work.connection, after)
            hashes = {
                paper_key(copy): store.keep_paper(work.connection, after, copy, pdf)
                for copy, pdf in zip(BOTH, pdfs, strict=True)
            }
            _log(work, PRINTED, contract, after, papers=hashes)
        watched.step(len(fresh), len(fresh))
    company.shelf.clear()
    return Changes.CONTRACTS if fresh else Changes.NONE


def return_to_draft(
    company: Company, contract: ContractId, *, reason: str, actor: str, today: date
) -> Changes:
    """Take a printed contract back; the paper that is out becomes outdated."""
    del today
    why = reason_given(reason, "退回草稿")
    with company.change(actor) as work:
        before = details_of(company, work.connection, contract).contract
        after = before.returned()
        store.save_contract(work.connection, after)
        _log(work, "contract.return", before, after, why)
    return Changes.CONTRACTS


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
    with company.change(actor) as work:
        standings = Standings()
        for id_ in chosen:
            details = details_of(company, work.connection, id_)
            after = details.contract.signed(signed_on)
            store.save_contract(work.connection, after)
            _log(work, "contract.sign", details.contract, after)
            if details.scheme.is_scored:
                _open_sheets(work, after, details.scheme, standings)
    return Changes.CONTRACTS | Changes.APPRAISALS if chosen else Changes.NONE


def void(
    company: Company, contract: ContractId, *, reason: str, actor: str, today: date
) -> Changes:
    """Declare a contract void that was not signed; its number is not used again."""
    del today
    why = reason_given(reason, "作废")
    with company.change(actor) as work:
        before = details_of(company, work.connection, contract).contract
        after = before.voided()
        store.save_contract(work.connection, after)
        _log(work, "contract.void", before, after, why)
    return Changes.CONTRACTS


def _rendered(work: Work, details: ContractDetails) -> list[bytes]:
    return [render(work.company, work.connection, details, copy) for copy in BOTH]


def _open_sheets(work: Work, contract: Contract, scheme: Scheme, standings: Standings) -> None:
    cycles = cycles_in(scheme, dict(contract.settings), contract.term)
    first = next_appraisal_id(work.connection)
    for number, cycle in enumerate(cycles):
        appraisal = Appraisal(
            AppraisalId(first + number), contract.id, contract.party_b.person, cycle
        )
        add_appraisal(work.connection, appraisal, standings.blank(scheme, contract, appraisal))
    opened = {"first": str(first), "sheets": str(len(cycles))}
    work.log("appraisal.open", f"contract:{contract.id}", after=opened)


def _log(
    work: Work,
    action: str,
    before: Contract,
    after: Contract,
    reason: str = "",
    *,
    papers: dict[str, str] | None = None,
) -> None:
    """The audit line of a change of state."""
    work.log(
        action,
        f"contract:{after.id}",
        before=before.state,
        after={
            "state": after.state.value,
            "sha256": store.terms_hash(after),
            **(papers or {}),
            **({"signed_on": str(after.signed_on)} if after.state is ContractState.SIGNED else {}),
        },
        reason=reason,
    )
