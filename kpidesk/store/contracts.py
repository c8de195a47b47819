"""Contracts, to and from rows; and the very PDFs that were printed of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Select, func, insert, select, update

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.contract import Contract, ContractId, ContractState, Copy
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.store.endings import endings
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.ids import next_id
from kpidesk.store.rows import CONTRACTS, PAPERS, AnyRow

_AT_ONCE: Final = 500
"""So many contracts are asked for in one question."""


def as_drafted(contract: Contract) -> Contract:
    """What the paper says, and no more: the same from print to signature."""
    return replace(contract, state=ContractState.DRAFT, printed_on=None, signed_on=None)


def next_contract_id(connection: Connection) -> ContractId:
    """The id for a new contract."""
    return ContractId(next_id(connection, CONTRACTS))


def add_contract(connection: Connection, contract: Contract) -> None:
    """A new contract, whose id came from `next_contract_id`."""
    connection.execute(insert(CONTRACTS), {"id": contract.id, **_columns(contract)})


def save_contract(connection: Connection, contract: Contract) -> None:
    """The draft as it is now; the file's guards refuse to change what is frozen."""
    connection.execute(update(CONTRACTS).where(CONTRACTS.c.id == contract.id), _columns(contract))


def save_state(connection: Connection, contract: Contract) -> None:
    """Where the contract stands now; the text of its terms is not written anew."""
    connection.execute(
        update(CONTRACTS).where(CONTRACTS.c.id == contract.id),
        {
            "state": contract.state.value,
            "printed_on": contract.printed_on,
            "signed_on": contract.signed_on,
        },
    )


def load_contract(
    connection: Connection, contract: ContractId, path: Path
) -> tuple[Contract, str] | None:
    """A contract and the hash of its terms; DamagedFileError when they are not what was saved."""
    return load_contracts(connection, [contract], path).get(contract)


def load_contracts(
    connection: Connection, contracts: Sequence[ContractId], path: Path
) -> dict[ContractId, tuple[Contract, str]]:
    """The same of many contracts, read together; those that are not there are left out."""
    return {
        ContractId(row.id): _checked(row, path)
        for some in _parts(contracts)
        for row in connection.execute(select(CONTRACTS).where(CONTRACTS.c.id.in_(some))).all()
    }


def _parts(contracts: Sequence[ContractId]) -> Iterator[Sequence[ContractId]]:
    return (contracts[start : start + _AT_ONCE] for start in range(0, len(contracts), _AT_ONCE))


def _checked(row: AnyRow, path: Path) -> tuple[Contract, str]:
    if content_hash(row.terms) != row.sha256:
        raise DamagedFileError(path, f"责任书 {row.number} 的内容与校验值不符")
    terms = from_json(row.terms, Contract)
    found = replace(
        terms,
        state=ContractState(row.state),
        printed_on=row.printed_on,
        signed_on=row.signed_on,
    )
    if any(row._mapping[name] != value for name, value in _listed(found).items()):  # noqa: SLF001 - SQLAlchemy's public name
        raise DamagedFileError(path, f"责任书 {row.number} 的登记与内容不符")
    return found, row.sha256


def signed_contracts(connection: Connection, scheme: str) -> Sequence[ContractId]:
    """The signed contracts under a scheme, in the order drawn up; without amendments."""
    query = _in_state(ContractState.SIGNED).where(CONTRACTS.c.scheme_id == scheme)
    return connection.execute(query).scalars().all()


def unsigned_contracts(connection: Connection) -> Sequence[ContractId]:
    """The drafts and those on paper that wait to be signed, in the order drawn up."""
    query = _in_state(ContractState.DRAFT, ContractState.PRINTED)
    return connection.execute(query).scalars().all()


def _in_state(*states: ContractState) -> Select[ContractId]:
    return (
        select(CONTRACTS.c.id)
        .where(
            CONTRACTS.c.state.in_([one.value for one in states]), CONTRACTS.c.amends_id.is_(None)
        )
        .order_by(CONTRACTS.c.id)
    )


def contracts_before(
    connection: Connection, schemes: Sequence[str], role: str, day: date
) -> Sequence[tuple[ContractId, PersonId]]:
    """Contracts under any of the schemes and in a role, not void, that began before a day.

    The latest comes last; without amendments.
    """
    query = (
        select(CONTRACTS.c.id, CONTRACTS.c.person_id)
        .where(
            CONTRACTS.c.scheme_id.in_(schemes),
            CONTRACTS.c.role == role,
            CONTRACTS.c.state != ContractState.VOID.value,
            CONTRACTS.c.term_start < day,
            CONTRACTS.c.amends_id.is_(None),
        )
        .order_by(CONTRACTS.c.term_start, CONTRACTS.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def amendments_of(
    connection: Connection, contract: ContractId
) -> Sequence[tuple[ContractId, str, ContractState]]:
    """Every amendment of a contract with its number and state, in the order drawn up."""
    query = (
        select(CONTRACTS.c.id, CONTRACTS.c.number, CONTRACTS.c.state)
        .where(CONTRACTS.c.amends_id == contract)
        .order_by(CONTRACTS.c.id)
    )
    return [(row[0], row[1], ContractState(row[2])) for row in connection.execute(query)]


def signed_amendments_among(
    connection: Connection, contracts: Sequence[ContractId]
) -> dict[ContractId, list[ContractId]]:
    """The signed amendments of each of some contracts, in the order drawn up."""
    found: dict[ContractId, list[ContractId]] = {}
    for some in _parts(contracts):
        query = (
            select(CONTRACTS.c.amends_id, CONTRACTS.c.id)
            .where(CONTRACTS.c.amends_id.in_(some), CONTRACTS.c.state == ContractState.SIGNED.value)
            .order_by(CONTRACTS.c.id)
        )
        for base, id_ in connection.execute(query).all():
            found.setdefault(ContractId(base), []).append(ContractId(id_))
    return found


def schemes_among(
    connection: Connection, contracts: Sequence[ContractId]
) -> dict[ContractId, tuple[str, int, str, int]]:
    """The scheme of each of some contracts, and the one that lends it indicators."""
    columns = (
        CONTRACTS.c.id,
        CONTRACTS.c.scheme_id,
        CONTRACTS.c.scheme_version,
        CONTRACTS.c.indicator_scheme_id,
        CONTRACTS.c.indicator_scheme_version,
    )
    return {
        ContractId(row[0]): (row[1], row[2], row[3] or "", row[4] or 0)
        for some in _parts(contracts)
        for row in connection.execute(select(*columns).where(CONTRACTS.c.id.in_(some))).all()
    }


def schemes_signed(connection: Connection) -> Sequence[tuple[str, int, str, int]]:
    """The schemes, with those that lend them indicators, that signed contracts rest on."""
    query = (
        select(
            CONTRACTS.c.scheme_id,
            CONTRACTS.c.scheme_version,
            CONTRACTS.c.indicator_scheme_id,
            CONTRACTS.c.indicator_scheme_version,
        )
        .where(CONTRACTS.c.state == ContractState.SIGNED.value)
        .distinct()
        .order_by(CONTRACTS.c.scheme_id, CONTRACTS.c.scheme_version)
    )
    rows = connection.execute(query)
    return [(row[0], row[1], row[2] or "", row[3] or 0) for row in rows]


def numbers_starting(connection: Connection, prefix: str) -> Sequence[str]:
    """Every contract number that begins with a text."""
    query = select(CONTRACTS.c.number).where(
        func.substr(CONTRACTS.c.number, 1, len(prefix)) == prefix
    )
    return connection.execute(query).scalars().all()


def contract_with_number(connection: Connection, number: str) -> ContractId | None:
    """Which contract has a number."""
    query = select(CONTRACTS.c.id).where(CONTRACTS.c.number == number)
    return connection.execute(query).scalar()


def contracts_in_force(
    connection: Connection, person: PersonId, scheme: str, term: Period, *, signed: bool = False
) -> Sequence[tuple[ContractId, str, date, date]]:
    """Contracts of a person under a scheme, not void, whose terms meet a period.

    One that is to be ended early holds until then; with `signed`, only signed contracts count,
    and only signed agreements end them.
    """
    query = select(
        CONTRACTS.c.id, CONTRACTS.c.number, CONTRACTS.c.term_start, CONTRACTS.c.term_end
    ).where(
        CONTRACTS.c.person_id == person,
        CONTRACTS.c.scheme_id == scheme,
        CONTRACTS.c.amends_id.is_(None),
        CONTRACTS.c.state != ContractState.VOID.value,
        CONTRACTS.c.term_start < term.end,
        CONTRACTS.c.term_end > term.start,
    )
    if signed:
        query = query.where(CONTRACTS.c.state == ContractState.SIGNED.value)
    ended = endings(connection, drawn_up=not signed)
    found = [
        (row[0], row[1], row[2], min(row[3], ended.get(row[0], row[3])))
        for row in connection.execute(query)
    ]
    return [one for one in found if one[3] > term.start]


def load_paper(connection: Connection, contract: Contract, copy: Copy, path: Path) -> bytes | None:
    """What was printed, byte for byte; DamagedFileError when it is not."""
    row = connection.execute(
        select(PAPERS.c.pdf, PAPERS.c.sha256).where(
            PAPERS.c.contract_id == contract.id,
            PAPERS.c.revision == contract.revision,
            PAPERS.c.copy == copy.value,
        )
    ).first()
    if row is None:
        return None
    if sha256(row.pdf).hexdigest() != row.sha256:
        raise DamagedFileError(path, f"责任书 {contract.number} 的打印存档与校验值不符")
    return bytes(row.pdf)


def _columns(contract: Contract) -> dict[str, object]:
    terms = canonical_json(as_drafted(contract), Contract)
    return {**_listed(contract), "terms": terms, "sha256": content_hash(terms)}


def _listed(contract: Contract) -> dict[str, object]:
    """The columns that say again what the terms say, for lists and searches."""
    return {
        "number": contract.number,
        "person_id": contract.party_b.person,
        "person_number": contract.party_b.number,
        "person_name": contract.party_b.name,
        "department": contract.party_b.department,
        "post": contract.party_b.post,
        "scheme_id": contract.scheme,
        "scheme_version": contract.scheme_version,
        "indicator_scheme_id": contract.indicator_scheme or None,
        "indicator_scheme_version": contract.indicator_scheme_version or None,
        "role": contract.role,
        "term_start": contract.term.start,
        "term_end": contract.term.end,
        "state": contract.state.value,
        "revision": contract.revision,
        "printed_on": contract.printed_on,
        "signed_on": contract.signed_on,
        "amends_id": contract.amends.contract if contract.amends else None,
        "effective_on": contract.amends.effective_on if contract.amends else None,
        "ended_on": contract.amends.ended_on if contract.amends else None,
    }
