"""What became of a contract: its copies, its amendments, and what it changes if it is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kpidesk.core.contract import ContractId, ContractState, Copy
from kpidesk.core.copies import CopyStep
from kpidesk.core.differences import Difference, differences
from kpidesk.store import contracts as store
from kpidesk.store.copies import steps_of
from kpidesk.usecases.contracts.amending import before_amendment
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment of a contract, for a list; `ends`: it ends the contract early."""

    id: ContractId
    number: str
    state: ContractState
    effective_on: date
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How the copies of the newest issue went; amendments of it; what it changes, if it is one."""

    contract: ContractId
    copies: dict[Copy, tuple[CopyStep, ...]]
    amendments: tuple[AmendmentLine, ...] = ()
    changes: tuple[Difference, ...] = ()


def course_of(company: Company, contract: ContractId) -> Course:
    """What became of a contract or an amendment."""
    with company.read() as connection:
        details = details_of(company, connection, contract)
        known = details.contract
        before = before_amendment(company, connection, known)
        lines = tuple(
            AmendmentLine(id_, number, state, other.effective_on, other.ended_on is not None)
            for id_, number, state in store.amendments_of(connection, contract)
            if (other := details_of(company, connection, id_).contract.amends) is not None
        )
        return Course(
            contract,
            {copy: tuple(steps_of(connection, known, copy)) for copy in Copy},
            lines,
            differences(details.scheme, before.contract, known) if before else (),
        )
