"""Amendments (补充协议): drawn up from a signed contract, and in force from their day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from kpidesk.core.amending import amended, check_amendment
from kpidesk.core.appraisal import AppraisalState
from kpidesk.core.contract import Amends, Contract, ContractId, ContractState
from kpidesk.core.differences import differences
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.period import CYCLE
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import make_sheet
from kpidesk.store import contracts as store
from kpidesk.store.appraisals import appraisals_under, load_appraisal, save_standing
from kpidesk.store.endings import endings
from kpidesk.store.pay_runs import settled_after
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.listing import ContractDetails, details_of, signed_amendments
from kpidesk.usecases.contracts.parting import check_judged, cut_sheet
from kpidesk.usecases.cycles import cycles_in
from kpidesk.usecases.session import Company, Work, found, reason_given
from kpidesk.usecases.sheets import standing


@dataclass(frozen=True, slots=True)
class AmendmentDrawnUp:
    """The new draft of an amendment."""

    changes: Changes
    id: ContractId


def draw_up_amendment(
    company: Company,
    contract: ContractId,
    *,
    effective_on: date,
    reason: str = "",
    ends: bool = False,
    judges_part: bool = False,
    actor: str,
    today: date,
) -> AmendmentDrawnUp:
    """A draft that says, so far, what the contract says; only one at a time may be under way.

    With `ends`, the contract holds no more from the effective day on; the reason is needed then.
    With `judges_part`, the cycle that this cuts is judged for its months.
    """
    why = reason_given(reason, "提前终止责任书") if ends else reason.strip()
    del today
    with company.change(actor) as work:
        base = details_of(company, work.connection, contract).contract
        if base.is_amendment and base.amends is not None:
            base = details_of(company, work.connection, base.amends.contract).contract
        if base.state is not ContractState.SIGNED or base.signed_on is None:
            msg = f"{base.title} 还没有签署，可以直接修改或退回草稿；补充协议用来变更已签署的责任书"
            raise NotAllowedError(msg)
        before = _before(company, work.connection, base)
        if (over := endings(work.connection).get(base.id)) is not None:
            msg = (
                f"{base.title} 已提前终止，最后一天是 {over - timedelta(days=1)}；请另拟一份责任书"
            )
            raise NotAllowedError(msg)
        rows = store.amendments_of(work.connection, base.id)
        for _, number, state in rows:
            if state in (ContractState.DRAFT, ContractState.PRINTED):
                msg = f"{number} 还没有签署，请先把它签署或作废，再拟下一份"
                raise NotAllowedError(msg)
        ordinal = len(rows) + 1
        terms = before.contract
        draft = replace(
            terms,
            id=store.next_contract_id(work.connection),
            number=f"{base.number}-{'终' if ends else '补'}{ordinal}",
            state=ContractState.DRAFT,
            revision=1,
            printed_on=None,
            signed_on=None,
            amends=Amends(
                base.id,
                base.number,
                base.signed_on,
                ordinal,
                effective_on,
                before.sha256,
                why,
                effective_on if ends else None,
                judges_part,
            ),
        )
        check_amending(before, draft)
        if judges_part:
            check_judged(before.scheme, terms, effective_on)
        store.add_contract(work.connection, draft)
        work.log("contract.amend", f"contract:{draft.id}", after=draft)
    return AmendmentDrawnUp(Changes.CONTRACTS, draft.id)


def before_amendment(
    company: Company, connection: Connection, amendment: Contract
) -> ContractDetails | None:
    """The terms that an amendment changes; None for a contract that is none."""
    if not amendment.is_amendment or amendment.amends is None:
        return None
    base = details_of(company, connection, amendment.amends.contract).contract
    return _before(company, connection, base, below=amendment.amends.ordinal)


def check_amending(before: ContractDetails, after: Contract) -> None:
    """Refuse an amendment that would change what lies before its day, or the cycles."""
    contract, scheme = before.contract, before.scheme
    part = contract.in_part
    cycles = cycles_in(scheme, dict(contract.settings), contract.term, in_part=part)
    if cycles_in(scheme, dict(after.settings), after.term, in_part=part) != cycles:
        msg = (
            "补充协议不能改变考核周期的长短；请作罢这项修改。"
            "要改期限、双方或岗位，先用“提前终止”结束这一份，再另拟一份责任书"
        )
        raise InvalidValueError(msg)
    check_amendment(contract, after, cycles)


def check_says_something(company: Company, work: Work, details: ContractDetails) -> None:
    """Refuse to issue an amendment that changes nothing."""
    before = before_amendment(company, work.connection, details.contract)
    if before and not differences(details.scheme, before.contract, details.contract):
        msg = f"{details.contract.title} 还没有改动任何内容，请先填写要变更的目标、参数或特别约定"
        raise NotAllowedError(msg)


def take_effect(work: Work, amendment: Contract, scheme: Scheme) -> None:
    """A signed amendment: the open sheets of its days are judged by it from now on.

    Refused where a sheet of those days is recorded, or a figure agreed now was entered on one.
    """
    if amendment.amends is None:
        return
    base = details_of(work.company, work.connection, amendment.amends.contract).contract
    if amendment.is_ending:
        _refuse_settled(work, base, amendment.amends.effective_on)
    terms = amended(base, amendment)
    for id_, state in appraisals_under(
        work.connection, base.id, ends_after=amendment.amends.effective_on
    ):
        appraisal = found(load_appraisal(work.connection, id_), "评分表")
        cycle = f"{appraisal.cycle.start} 至 {appraisal.cycle.last_day}"
        if state is AppraisalState.SCORED:
            msg = (
                f"{amendment.title} 从 {amendment.amends.effective_on} 起生效，"
                f"可是{base.party_b.name} {cycle} 的评分表已经定分；"
                f"请先重新打开它，或把{'终止' if amendment.is_ending else '生效'}日期改到它以后"
            )
            raise NotAllowedError(msg)
        if amendment.is_ending:
            continue  # it is judged no more
        agreed = {one.fact for one in terms.targets} - {one.fact for one in base.targets}
        typed = next((x for x in appraisal.entries if x.name in agreed and x.period == CYCLE), None)
        if typed is not None:
            label = next(one.label for one in terms.targets if one.fact == typed.name)
            msg = f"“{label}”已填在{base.party_b.name} {cycle} 的评分表上，请先清除，再登记签署"
            raise NotAllowedError(msg)
        save_standing(work.connection, id_, standing(make_sheet(scheme, terms, appraisal)))
    if amendment.amends.judges_part:
        cut_sheet(work, terms, scheme, amendment.amends.effective_on)


def _refuse_settled(work: Work, base: Contract, day: date) -> None:
    """What was settled for later days was paid by the contract: it is reversed first."""
    if late := settled_after(work.connection, base.scheme, base.party_b.person, day):
        msg = f"{base.party_b.name} {day} 以后的薪酬已经结算（{'、'.join(late)}），请先依次冲销"
        raise NotAllowedError(msg)


def _before(
    company: Company, connection: Connection, base: Contract, below: int | None = None
) -> ContractDetails:
    """A contract with its signed amendments, those of a lower number only where one is given."""
    details = details_of(company, connection, base.id)
    for one in signed_amendments(company, connection, base.id):
        ordinal = one.contract.amends.ordinal if one.contract.amends else 0
        if below is None or ordinal < below:
            terms = amended(details.contract, one.contract)
            details = ContractDetails(terms, details.scheme, one.sha256)
    return details
