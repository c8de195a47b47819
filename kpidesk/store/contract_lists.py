"""What lists show of contracts and amendments: rows, without their terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from kpidesk.core.contract import ContractId, ContractState
from kpidesk.core.period import Period
from kpidesk.store.rows import CONTRACTS, SCHEMES, AnyRow, Ids

_LIST: Final = (
    select(
        CONTRACTS.c.id,
        CONTRACTS.c.number,
        CONTRACTS.c.person_id,
        CONTRACTS.c.person_number,
        CONTRACTS.c.person_name,
        CONTRACTS.c.department,
        CONTRACTS.c.post,
        SCHEMES.c.title,
        CONTRACTS.c.term_start,
        CONTRACTS.c.term_end,
        CONTRACTS.c.state,
        CONTRACTS.c.revision,
        CONTRACTS.c.printed_on,
        CONTRACTS.c.signed_on,
    )
    .join(
        SCHEMES,
        (SCHEMES.c.id == CONTRACTS.c.scheme_id) & (SCHEMES.c.version == CONTRACTS.c.scheme_version),
    )
    .order_by(CONTRACTS.c.id)
)
_CONTRACTS: Final = _LIST.where(CONTRACTS.c.amends_id.is_(None))
_AMENDMENTS: Final = _LIST.add_columns(
    CONTRACTS.c.amends_id, CONTRACTS.c.effective_on, CONTRACTS.c.ended_on
).where(CONTRACTS.c.amends_id.is_not(None))


def contract_rows(connection: Connection, among: Period | Ids | None = None) -> Sequence[AnyRow]:
    """What lists show of every contract, with its scheme's title; in the order drawn up.

    Or of those whose terms meet a period, or of some by id. Amendments are listed apart.
    """
    return connection.execute(_among(_CONTRACTS, among)).all()


def amendment_rows(connection: Connection, among: Period | Ids | None = None) -> Sequence[AnyRow]:
    """The same of every amendment; then which contract it changes, from when, or ends."""
    return connection.execute(_among(_AMENDMENTS, among)).all()


@dataclass(frozen=True, slots=True)
class PaperInHand:
    """A contract or amendment that is still to be printed, or to be signed."""

    id: ContractId
    number: str
    person_name: str
    state: ContractState
    printed_on: date | None


def papers_in_hand(connection: Connection) -> Sequence[PaperInHand]:
    """Drafts and what waits for signatures, each contract followed by its amendments."""
    columns = [CONTRACTS.c[one.name] for one in fields(PaperInHand)]
    states = [ContractState.DRAFT.value, ContractState.PRINTED.value]
    order = func.coalesce(CONTRACTS.c.amends_id, CONTRACTS.c.id), CONTRACTS.c.id
    query = select(*columns).where(CONTRACTS.c.state.in_(states)).order_by(*order)
    return [
        PaperInHand(ContractId(id_), number, name, ContractState(state), day)
        for id_, number, name, state, day in connection.execute(query)
    ]


def terms_in(connection: Connection) -> Sequence[Period]:
    """The terms that contracts have."""
    query = select(CONTRACTS.c.term_start, CONTRACTS.c.term_end).distinct()
    return [Period(row[0], row[1]) for row in connection.execute(query)]


def _among(query: Select[*tuple[Any, ...]], among: Period | Ids | None) -> Select[*tuple[Any, ...]]:
    match among:
        case None:
            return query
        case Period(start=start, end=end):
            return query.where(CONTRACTS.c.term_start < end, CONTRACTS.c.term_end > start)
        case _:
            return query.where(CONTRACTS.c.id.in_(among))
