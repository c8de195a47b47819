"""What may be done with contracts in their states; a refusal says why and what to do instead."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from kpidesk.core.contract import ContractState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.usecases.contracts import ContractRow

_NAMED = 3
"""So many contracts are named in a refusal; the others are counted."""


class Action(Enum):
    """Something that is done with one or many contracts."""

    PRINT = auto()
    SAVE = auto()
    SIGN = auto()
    RETURN = auto()
    VOID = auto()
    COPIES = auto()
    AMEND = auto()


def why_not(action: Action, rows: Sequence[ContractRow]) -> str:
    """Why an action is not possible with these contracts; empty when it is."""
    if not rows:
        return "请先选中责任书（按住 Ctrl 或 Shift 可选多份）"
    wrong = [row for row in rows if not _allows(action, row.state)]
    if not wrong and action is Action.AMEND and any(row.ended_on for row in rows):
        return f"已提前终止，不能再变更，请另拟一份责任书（{rows[0].number}）"
    if not wrong and action is Action.AMEND and len(rows) > 1:
        return "补充协议一次拟一份，请只选一份责任书"
    if not wrong:
        return ""
    state = wrong[0].state
    alike = [row.number for row in wrong if row.state is state]
    others = f" 等 {len(alike)} 份" if len(alike) > _NAMED else ""
    return f"{_reason(action, state)}（{'、'.join(alike[:_NAMED])}{others}）"


def _allows(action: Action, state: ContractState) -> bool:
    match action:
        case Action.SAVE:
            return True
        case Action.PRINT:
            return state is not ContractState.VOID
        case Action.SIGN | Action.RETURN:
            return state is ContractState.PRINTED
        case Action.COPIES:
            return state in (ContractState.PRINTED, ContractState.SIGNED)
        case Action.AMEND:
            return state is ContractState.SIGNED
        case Action.VOID:
            return state in (ContractState.DRAFT, ContractState.PRINTED)
        case _:
            assert_never(action)


def _reason(action: Action, state: ContractState) -> str:
    match action, state:
        case Action.PRINT, _:
            return "已作废，不能打印"
        case Action.SIGN, ContractState.DRAFT:
            return "还是草稿，请先打印再登记签署"
        case Action.SIGN, ContractState.SIGNED:
            return "已登记签署"
        case Action.COPIES, ContractState.DRAFT:
            return "还是草稿，打印以后才有纸质件"
        case Action.AMEND, (ContractState.DRAFT | ContractState.PRINTED):
            return "还没有签署，可以直接修改，或退回草稿"
        case Action.RETURN, ContractState.DRAFT:
            return "本来就是草稿，可以直接修改"
        case ((Action.RETURN | Action.VOID), ContractState.SIGNED):
            return "已签署，不能再改动；如需变更，请另立补充协议"
        case _:
            return "已作废"
