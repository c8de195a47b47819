"""Plans and contracts say the same: what contracts have agreed on, and drafts that follow.

A contract that is printed or signed speaks for its person. What is typed or imported into a draft
goes into the plan, so that there is one figure and not two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from sqlalchemy import Connection

from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import FactSpec
from kpidesk.core.target import Target
from kpidesk.core.target_plan import PlanLine, contract_places, merged, target_of
from kpidesk.store import targets as store
from kpidesk.store.contracts import amendments_of
from kpidesk.store.contracts import load_contract as stored_contract
from kpidesk.store.targets import PlanKey
from kpidesk.usecases.contracts.listing import terms_on
from kpidesk.usecases.session import Company, Work


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a contract says of a figure, and which months of the plan these are."""

    contract: ContractId
    number: str
    person: PersonId
    state: ContractState
    places: tuple[int, ...]
    target: Target | None

    @property
    def is_issued(self) -> bool:
        """Whether it is on paper: nothing but an amendment changes it."""
        return self.state is not ContractState.DRAFT


def agreed_in(
    company: Company, connection: Connection, key: PlanKey
) -> dict[PersonId, tuple[Agreed, ...]]:
    """What the contracts of each person say, with the amendments in force at the end."""
    found: dict[PersonId, tuple[Agreed, ...]] = {}
    for id_, term in store.contracts_under(
        connection, key.scheme, key.indicator_scheme, key.period
    ):
        places = contract_places(key.period, term)
        if not places:
            continue
        contract = _terms(company, connection, id_)
        if contract is None:
            continue
        one = Agreed(
            id_,
            contract.number,
            contract.party_b.person,
            contract.state,
            places,
            next((one for one in contract.targets if one.fact == key.fact), None),
        )
        found[one.person] = (*found.get(one.person, ()), one)
    return found


def with_agreed(line: PlanLine, agreed: Iterable[Agreed], *, drafts: bool) -> PlanLine:
    """The line as contracts on paper say it; with `drafts`, as those say it too."""
    for one in agreed:
        if one.is_issued or drafts:
            line = merged(line, one.target, one.places)
    return line


def planned_targets(
    work: Work, contract: Contract, asked: Sequence[FactSpec]
) -> tuple[Target, ...]:
    """What plans say of the figures that a new contract agrees on; what is not whole is left."""
    wanted = {one.name: one for one in asked}
    planned = _of_person(_plans_for(work, contract), contract.party_b.person)
    return tuple(
        replace(one, label=wanted[fact].label, unit=wanted[fact].unit)
        for fact, one in planned.items()
        if fact in wanted
    )


def planned_figures(
    company: Company,
    *,
    people: Sequence[PersonId],
    scheme: str,
    indicator_scheme: str = "",
    term: Period,
) -> dict[str, tuple[Decimal, ...]]:
    """What plans would put into new contracts: for each figure, the totals of those who have one.

    In the order of the people; whoever has none is left out.
    """
    found: dict[str, tuple[Decimal, ...]] = {}
    with company.read() as connection:
        plans = _plans_in(connection, company, scheme, indicator_scheme, term)
    for person in people:
        for fact, target in _of_person(plans, person).items():
            if target.total is not None:
                found[fact] = (*found.get(fact, ()), target.total)
    return found


def _of_person(plans: _Plans, person: PersonId) -> dict[str, Target]:
    """What plans say of somebody's figures; what is not whole is left."""
    planned: dict[str, Target] = {}
    for stored, places in plans:
        plan = stored.working
        line = plan.line(person)
        if line is None or plan.fact in planned:
            continue
        try:
            target = target_of(plan, line, places)
        except InvalidValueError:
            continue
        if target is not None:
            planned[plan.fact] = target
    return planned


def note_draft(work: Work, contract: Contract, before: Contract | None = None) -> bool:
    """Take the targets of a draft into the plans that have them; whether one has changed.

    What the draft does not say stays in the plan, unless it was taken out: `before` said it.
    """
    if contract.is_amendment:
        return False
    said = {one.fact: one for one in contract.targets}
    concerned = set(said) | {one.fact for one in (before.targets if before else ())}
    changed = False
    for stored, places in _plans_for(work, contract):
        plan = stored.working
        person = contract.party_b.person
        if person in plan.left_out or plan.fact not in concerned:
            continue
        line = plan.line(person) or plan.blank(person)
        after = merged(line, said.get(plan.fact), places)
        if after != line:
            new = plan.with_lines([after])
            store.save_draft(work.connection, new)
            about = f"targets:{stored.id}"
            was, is_ = plan.changed_from(new), new.changed_from(plan)
            work.log("targets.edit", about, before=was, after=is_, reason=contract.title)
            changed = True
    return changed


_Plans: TypeAlias = "Sequence[tuple[store.StoredPlan, tuple[int, ...]]]"


def _plans_for(work: Work, contract: Contract) -> _Plans:
    return _plans_in(
        work.connection, work.company, contract.scheme, contract.indicator_scheme, contract.term
    )


def _plans_in(
    connection: Connection, company: Company, scheme: str, indicator_scheme: str, term: Period
) -> _Plans:
    """The plans in which all months of a contract lie, the shortest first."""
    every = store.plans(connection, company.path, scheme, indicator_scheme)
    placed = [(one, contract_places(one.key.period, term)) for one in every]
    return sorted((one for one in placed if one[1]), key=lambda one: one[0].key.period.days)


def _terms(company: Company, connection: Connection, id_: ContractId) -> Contract | None:
    if amendments_of(connection, id_):
        loaded = stored_contract(connection, id_, company.path)
        if loaded is None:
            return None
        return terms_on(company, connection, id_, loaded[0].term.last_day).contract
    loaded = stored_contract(connection, id_, company.path)
    return loaded[0] if loaded else None
