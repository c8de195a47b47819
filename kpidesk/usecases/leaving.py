"""What still hangs on somebody who is about to leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpidesk.core.contract import ContractState
from kpidesk.core.people import PersonId
from kpidesk.usecases.lists import ContractRow, list_documents
from kpidesk.usecases.people import PersonRow, list_people
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Ties:
    """What the officer has to see to when somebody leaves."""

    contracts: tuple[ContractRow, ...]
    """Those not void that hold on the day or later; `ended_on` where one was ended early."""
    led: tuple[PersonRow, ...]
    """Those in service on the day whose superior the person is."""


def ties_of(company: Company, person: PersonId, *, today: date) -> Ties:
    """The contracts that still hold for a person and the people whom they lead."""
    contracts = tuple(
        one
        for one in list_documents(company)
        if one.person == person and not one.is_amendment and _holds(one, today)
    )
    led = tuple(
        one
        for one in list_people(company, include_left=True)
        if one.person.superior == person
        and (one.person.left_on is None or one.person.left_on >= today)
    )
    return Ties(contracts, led)


def _holds(one: ContractRow, today: date) -> bool:
    return one.state is not ContractState.VOID and (one.ended_on or one.term.end) > today
