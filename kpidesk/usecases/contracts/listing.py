"""Contracts as they are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kpidesk.core.added import with_added
from kpidesk.core.amending import in_force
from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.scheme import Scheme
from kpidesk.store import contracts as store
from kpidesk.usecases.schemes import contract_scheme
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """A contract, the scheme that it computes with, and the hash of what its paper says.

    `base` is the scheme without what the contract adds to it.
    """

    contract: Contract
    scheme: Scheme
    sha256: str
    base: Scheme | None = None


def load_contract(company: Company, contract: ContractId) -> ContractDetails:
    """One contract with its scheme."""
    with company.read() as connection:
        return details_of(company, connection, contract)


def details_of(company: Company, connection: Connection, contract: ContractId) -> ContractDetails:
    """One contract with its scheme, within a transaction."""
    loaded = store.load_contract(connection, contract, company.path)
    terms, digest = found(loaded, "这份责任书")
    base = base_scheme(company, connection, terms)
    return ContractDetails(terms, with_added(base, terms.added), digest, base)


def terms_on(
    company: Company, connection: Connection, contract: ContractId, day: date
) -> ContractDetails:
    """A contract as it stands on a day, with the hash of the terms in force: its amendment's."""
    details = details_of(company, connection, contract)
    for one in signed_amendments(company, connection, contract):
        terms = in_force(details.contract, [one.contract], day)
        if terms != details.contract:
            details = ContractDetails(terms, details.scheme, one.sha256)
    return details


def signed_amendments(
    company: Company, connection: Connection, contract: ContractId
) -> tuple[ContractDetails, ...]:
    """The amendments of a contract that are signed, in their order."""
    return tuple(
        details_of(company, connection, id_)
        for id_, _, state in store.amendments_of(connection, contract)
        if state is ContractState.SIGNED
    )


def many_details(
    company: Company, connection: Connection, contracts: Iterable[ContractId]
) -> dict[ContractId, ContractDetails]:
    """Many contracts with their schemes, read together."""
    loaded = store.load_contracts(connection, list(dict.fromkeys(contracts)), company.path)
    return {
        id_: ContractDetails(terms, scheme_of(company, connection, terms), digest)
        for id_, (terms, digest) in loaded.items()
    }


def many_amendments(
    company: Company, connection: Connection, contracts: Iterable[ContractId]
) -> Mapping[ContractId, tuple[ContractDetails, ...]]:
    """The signed amendments of each of some contracts, in their order; those without left out."""
    found = store.signed_amendments_among(connection, list(dict.fromkeys(contracts)))
    loaded = many_details(company, connection, (id_ for ids in found.values() for id_ in ids))
    return {base: tuple(loaded[id_] for id_ in ids) for base, ids in found.items()}


def schemes_of(
    company: Company, connection: Connection, contracts: Iterable[ContractId]
) -> dict[ContractId, Scheme]:
    """The schemes that some contracts compute with, without reading their terms."""
    found = store.schemes_among(connection, list(dict.fromkeys(contracts)))
    return {
        id_: contract_scheme(company, connection, one[:2], one[2:]) for id_, one in found.items()
    }


def scheme_of(company: Company, connection: Connection, contract: Contract) -> Scheme:
    """The pinned scheme that a contract computes with, what it adds to the indicators included."""
    return with_added(base_scheme(company, connection, contract), contract.added)


def base_scheme(company: Company, connection: Connection, contract: Contract) -> Scheme:
    """The pinned scheme itself."""
    return contract_scheme(
        company,
        connection,
        (contract.scheme, contract.scheme_version),
        (contract.indicator_scheme, contract.indicator_scheme_version),
    )
