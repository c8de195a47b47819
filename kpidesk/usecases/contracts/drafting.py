"""Drawing contracts up, and changing them while they are drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpidesk.core.agreed import asked_targets
from kpidesk.core.contract import Contract, ContractId, PartyA, PartyB
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from kpidesk.core.people import Person, PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.target import Target
from kpidesk.store import contracts as store
from kpidesk.store import people as people_store
from kpidesk.store.settings import load_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import PROFILE, CompanyProfile
from kpidesk.usecases.contracts.amending import before_amendment, check_amending
from kpidesk.usecases.contracts.checking import check_terms
from kpidesk.usecases.contracts.listing import details_of, scheme_of
from kpidesk.usecases.contracts.planned import note_draft, planned_targets
from kpidesk.usecases.schemes import bound, pin_current
from kpidesk.usecases.session import Company, Work, found


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """New drafts, in the order of the people."""

    changes: Changes
    ids: tuple[ContractId, ...]


def blank_targets(scheme: Scheme, role: str, term: Period) -> tuple[Target, ...]:
    """What a contract with somebody in a role may agree on, nothing filled in yet."""
    del term
    return tuple(
        Target(one.name, one.label, one.unit, None, (), one.adds_up) for one in scheme.agreed(role)
    )


def draw_up(
    company: Company,
    *,
    people: Sequence[PersonId],
    scheme: str,
    role: str,
    term: Period,
    settings: Mapping[str, SettingValue] | Sequence[tuple[str, SettingValue]] = (),
    indicator_scheme: str = "",
    targets: Sequence[Target] = (),
    special_terms: Sequence[str] = (),
    in_part: bool = False,
    actor: str,
    today: date,
) -> DrawnUp:
    """One draft for each person, all of them or none; each gets the next free number.

    With `in_part`, a cycle that the term holds only some months of is judged for these.
    """
    if not people:
        msg = "请至少选择一个人"
        raise InvalidValueError(msg)
    with company.change(actor) as work:
        terms = pin_current(work, scheme)
        indicators = pin_current(work, indicator_scheme) if indicator_scheme else None
        combined = bound(terms, indicators)
        profile = found(load_setting(work.connection, PROFILE, CompanyProfile), "公司信息")
        party_a = PartyA(profile.name, profile.representative, profile.address, profile.agent)
        ids: list[ContractId] = []
        for person_id in dict.fromkeys(people):
            person = found(people_store.load_person(work.connection, person_id), "所选的人")
            contract = Contract(
                id=store.next_contract_id(work.connection),
                number=_next_number(work, _department(work, person), term.start.year),
                scheme=terms.id,
                scheme_version=terms.version,
                role=role,
                party_a=party_a,
                party_b=_party_b(work, person),
                term=term,
                indicator_scheme=indicators.id if indicators else "",
                indicator_scheme_version=indicators.version if indicators else 0,
                targets=_asked_for(targets, combined, role, dict(settings)),
                settings=tuple(sorted(dict(settings).items())),
                special_terms=tuple(special_terms),
                in_part=in_part,
            )
            contract = _planned(work, contract, combined)
            if not ids:  # what can be wrong with the terms is the same for everybody
                check_terms(contract, combined)
            _check_person(work, person, contract)
            store.add_contract(work.connection, contract)
            work.log("contract.draw_up", f"contract:{contract.id}", after=contract)
            note_draft(work, contract)
            ids.append(contract.id)
    del today
    return DrawnUp(Changes.CONTRACTS | Changes.SCHEMES | Changes.TARGETS, tuple(ids))


def edit_contract(company: Company, contract: Contract, *, actor: str, today: date) -> Changes:
    """The draft as given; the person, the scheme, the state and the paper trail stay."""
    del today
    with company.change(actor) as work:
        old = details_of(company, work.connection, contract.id).contract
        own = _amended(old, contract) if old.is_amendment else _of_the_contract(old, contract)
        scheme = scheme_of(company, work.connection, old.edited(**own))
        after = old.edited(
            **own,
            targets=_asked_for(contract.targets, scheme, contract.role, dict(contract.settings)),
            settings=tuple(sorted(contract.settings)),
            special_terms=contract.special_terms,
        )
        if after == old:
            return Changes.NONE
        check_terms(after, scheme)
        if (terms := before_amendment(company, work.connection, after)) is not None:
            check_amending(terms, after)
        twin = store.contract_with_number(work.connection, after.number)
        if twin not in (None, after.id):
            msg = f"编号 {after.number} 已经用在另一份责任书上，请换一个编号"
            raise InvalidValueError(msg)
        if not after.is_amendment:
            _refuse_overlap(work, after)
        store.save_contract(work.connection, after)
        work.log("contract.edit", f"contract:{after.id}", before=old, after=after)
        noted = note_draft(work, after, before=old)
    return Changes.CONTRACTS | (Changes.TARGETS if noted else Changes.NONE)


def save_targets(work: Work, contract: ContractId, fact: str, target: Target | None) -> bool:
    """One figure of a draft as the plan has it; False when the draft says that already."""
    before = details_of(work.company, work.connection, contract)
    old = before.contract
    specs = {one.name: one for one in before.scheme.agreed(old.role)}
    if fact not in specs:
        return False
    new = [one for one in old.targets if one.fact != fact]
    if target is not None:
        new.append(replace(target, label=specs[fact].label, unit=specs[fact].unit))
    after = old.edited(
        targets=_asked_for(
            sorted(new, key=lambda one: list(specs).index(one.fact)),
            before.scheme,
            old.role,
            dict(old.settings),
        ),
    )
    if set(after.targets) == set(old.targets):
        return False
    check_terms(after, before.scheme)
    store.save_contract(work.connection, after)
    work.log("contract.edit", f"contract:{after.id}", before=old, after=after, reason="随目标计划")
    return True


def _planned(work: Work, contract: Contract, scheme: Scheme) -> Contract:
    """The draft with what plans say of its person, where nothing else is agreed on."""
    settings = dict(contract.settings)
    said = {one.fact for one in contract.targets}
    asked = [one for one in asked_targets(scheme, contract.role, settings) if one.name not in said]
    planned = planned_targets(work, contract, asked)
    if not planned:
        return contract
    order = [one.name for one in scheme.agreed(contract.role)]
    targets = sorted((*contract.targets, *planned), key=lambda one: order.index(one.fact))
    return replace(contract, targets=tuple(targets))


def _of_the_contract(old: Contract, new: Contract) -> dict[str, object]:
    """What is edited in a contract, and in no amendment."""
    return {
        "number": new.number.strip(),
        "role": new.role,
        "party_a": new.party_a,
        "party_b": replace(new.party_b, person=old.party_b.person),
        "term": new.term,
        "added": new.added,
    }


def _amended(old: Contract, new: Contract) -> dict[str, object]:
    """What is edited in an amendment only: from when it changes what, and why."""
    if old.amends is None or new.amends is None:
        return {}
    day, reason = new.amends.effective_on, new.amends.reason.strip()
    return {"amends": replace(old.amends, effective_on=day, reason=reason)}


def _asked_for(
    targets: Sequence[Target], scheme: Scheme, role: str, settings: Mapping[str, SettingValue]
) -> tuple[Target, ...]:
    """The targets in which something is filled in, but for those of indicators that are rated."""
    asked = {one.name for one in asked_targets(scheme, role, settings)}
    unused = {one.name for one in scheme.agreed(role)} - asked
    filled = (one for one in targets if one.total is not None or one.months)
    return tuple(one for one in filled if one.fact not in unused)


def _department(work: Work, person: Person) -> str:
    return found(people_store.load_department(work.connection, person.department), "部门").name


def _party_b(work: Work, person: Person) -> PartyB:
    superior = (
        people_store.load_person(work.connection, person.superior)
        if person.superior is not None
        else None
    )
    return PartyB(
        person.id,
        person.name,
        person.number,
        _department(work, person),
        person.post,
        superior.name if superior else "",
    )


def _next_number(work: Work, department: str, year: int) -> str:
    """部门-年-序号: 销售部-2026-003."""
    prefix = f"{department}-{year}-"
    taken = store.numbers_starting(work.connection, prefix)
    tails = (one[len(prefix) :] for one in taken)
    highest = max((int(one) for one in tails if one.isascii() and one.isdigit()), default=0)
    return f"{prefix}{highest + 1:03d}"


def _check_person(work: Work, person: Person, contract: Contract) -> None:
    if not person.in_service(contract.term):
        when = f"{person.left_on} 离职" if person.left_on else f"{person.hired_on} 才入职"
        msg = (
            f"{person.name}{when}，在责任期限({contract.term.start} 至 {contract.term.last_day})内"
            "不在职，请去掉此人或调整期限"
        )
        raise NotAllowedError(msg)
    _refuse_overlap(work, contract)


def _refuse_overlap(work: Work, contract: Contract) -> None:
    others = store.contracts_in_force(
        work.connection, contract.party_b.person, contract.scheme, contract.term
    )
    for id_, number, start, end in others:
        if id_ != contract.id:
            other = Period(start, end)
            msg = (
                f"{contract.party_b.name}已有同一方案、期限重叠的责任书 {number}"
                f"({other.start} 至 {other.last_day})；请调整期限，或先作废那一份"
            )
            raise NotAllowedError(msg)
