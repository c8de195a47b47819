"""Where the paper copies of contracts stand, and how they came there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, func, insert, select

from kpidesk.core.contract import Contract, ContractId, Copy
from kpidesk.core.copies import CopyState, CopyStep
from kpidesk.store.rows import CONTRACTS, COPY_STEPS


def add_step(connection: Connection, contract: Contract, copy: Copy, step: CopyStep) -> None:
    """A copy of a contract's newest issue comes to a state."""
    taken = steps_of(connection, contract, copy)
    connection.execute(
        insert(COPY_STEPS),
        {
            "contract_id": contract.id,
            "revision": contract.revision,
            "copy": copy.value,
            "number": len(taken) + 1,
            "state": step.state.value,
            "day": step.on,
            "actor": step.by,
            "reason": step.reason,
        },
    )


def steps_of(connection: Connection, contract: Contract, copy: Copy) -> Sequence[CopyStep]:
    """How a copy of a contract's newest issue came to where it stands, oldest first."""
    columns = COPY_STEPS.c
    rows = connection.execute(
        select(columns.state, columns.day, columns.actor, columns.reason)
        .where(
            columns.contract_id == contract.id,
            columns.revision == contract.revision,
            columns.copy == copy.value,
        )
        .order_by(columns.number)
    )
    return [CopyStep(CopyState(row[0]), row[1], row[2], row[3]) for row in rows]


def copy_states(connection: Connection) -> dict[tuple[ContractId, Copy], CopyState]:
    """Where the copies of each contract's newest issue stand."""
    return {
        (ContractId(row[0]), Copy(row[1])): CopyState(row[2])
        for row in connection.execute(_STANDING)
    }


_LAST = (
    select(
        COPY_STEPS.c.contract_id,
        COPY_STEPS.c.revision,
        COPY_STEPS.c.copy,
        func.max(COPY_STEPS.c.number).label("number"),
    )
    .group_by(COPY_STEPS.c.contract_id, COPY_STEPS.c.revision, COPY_STEPS.c.copy)
    .subquery()
)
_STANDING: Final = (
    select(COPY_STEPS.c.contract_id, COPY_STEPS.c.copy, COPY_STEPS.c.state)
    .join(
        _LAST,
        (_LAST.c.contract_id == COPY_STEPS.c.contract_id)
        & (_LAST.c.revision == COPY_STEPS.c.revision)
        & (_LAST.c.copy == COPY_STEPS.c.copy)
        & (_LAST.c.number == COPY_STEPS.c.number),
    )
    .join(
        CONTRACTS,
        (CONTRACTS.c.id == COPY_STEPS.c.contract_id)
        & (CONTRACTS.c.revision == COPY_STEPS.c.revision),
    )
)
