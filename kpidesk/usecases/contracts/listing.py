"""Contracts as they are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from kpidesk.core.contract import Contract, ContractId
from kpidesk.core.scheme import Scheme
from kpidesk.store import contracts as store
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """A contract, the scheme that it computes with, and the hash of what its paper says."""

    contract: Contract
    scheme: Scheme
    sha256: str


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
