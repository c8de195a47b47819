"""Contracts that were ended early, each by a signed agreement: from which day they hold no more."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, select

from kpidesk.core.contract import ContractId, ContractState
from kpidesk.store.rows import APPRAISALS, CONTRACTS

_ENDING: Final = CONTRACTS.alias("ending")
_DRAWN_UP: Final = (
    _ENDING.c.amends_id.is_not(None),
    _ENDING.c.ended_on.is_not(None),
    _ENDING.c.state != ContractState.VOID.value,
)
_SIGNED: Final = (*_DRAWN_UP, _ENDING.c.state == ContractState.SIGNED.value)
__all__ = ["endings", "is_judged"]


def endings(connection: Connection, *, drawn_up: bool = False) -> dict[ContractId, date]:
    """From which day each contract that was ended early holds no more.

    With those that are only `drawn_up`, it is that on which contracts are to end.
    """
    which = _DRAWN_UP if drawn_up else _SIGNED
    query = select(_ENDING.c.amends_id, _ENDING.c.ended_on).where(*which)
    return {ContractId(row[0]): row[1] for row in connection.execute(query)}


def is_judged() -> ColumnElement[bool]:
    """Whether a sheet counts: its cycle was over before its contract was ended."""
    return ~(
        select(_ENDING.c.id)
        .where(
            *_SIGNED,
            _ENDING.c.amends_id == APPRAISALS.c.contract_id,
            _ENDING.c.ended_on < APPRAISALS.c.cycle_end,
        )
        .exists()
    )
