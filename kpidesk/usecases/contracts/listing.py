"""Contracts as they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.scheme import Scheme
from kpidesk.store import contracts as store
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract for lists."""

    id: ContractId
    number: str
    person: PersonId
    person_number: str
    person_name: str
    department: str
    post: str
    scheme_title: str
    term: Period
    state: ContractState
    revision: int
    printed_on: date | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """A contract, the scheme that it computes with, and the hash of what its paper says."""

    contract: Contract
    scheme: Scheme
    sha256: str


def list_contracts(company: Company) -> tuple[ContractRow, ...]:
    """Every contract, in the order in which they were drawn up."""
    with company.read() as connection:
        rows = store.contract_rows(connection)
    return tuple(
        ContractRow(
            row.id,
            row.number,
            row.person_id,
            row.person_number,
            row.person_name,
            row.department,
            row.post,
            row.title,
            Period(row.term_start, row.term_end),
            ContractState(row.state),
            row.revision,
            row.printed_on,
            row.signed_on,
        )
        for row in rows
    )


def load_contract(company: Company, contract: ContractId) -> ContractDetails:
    """One contract with its scheme."""
    with company.read() as connection:
        return details_of(company, connection, contract)


def details_of(company: Company, connection: Connection, contract: ContractId) -> ContractDetails:
    """One contract with its scheme, within a transaction."""
    loaded = store.load_contract(connection, contract, company.path)
    terms, digest = found(loaded, "这份责任书")
    return ContractDetails(terms, scheme_of(company, connection, terms), digest)


def scheme_of(company: Company, connection: Connection, contract: Contract) -> Scheme:
    """The pinned scheme that a contract computes with."""
    return contract_scheme(
        company,
        connection,
        (contract.scheme, contract.scheme_version),
        (contract.indicator_scheme, contract.indicator_scheme_version),
    )
