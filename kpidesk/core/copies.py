"""The paper copies of a contract: where each of the two stands, and what may come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, assert_never

from kpidesk.core.contract import Contract, ContractState
from kpidesk.core.errors import InvalidValueError, NotAllowedError


class CopyState(StrEnum):
    """Where a paper copy stands, in the order of its way."""

    PRINTED = "printed"  # 已打印
    WAITING = "waiting"  # 待签: handed out
    SIGNED = "signed"  # 已签: by both parties
    SEALED = "sealed"  # 已盖章
    SCANNED = "scanned"  # 已扫描: its picture is filed
    DELIVERED = "delivered"  # 已交付: with whom it belongs to

    @property
    def text(self) -> str:
        """As people say it."""
        return _TEXTS[self]

    def is_after(self, other: CopyState) -> bool:
        """Whether it comes later on the way."""
        return _ORDER.index(self) > _ORDER.index(other)


@dataclass(frozen=True, slots=True)
class CopyStep:
    """A copy came to a state on a day; `reason` says why it went back."""

    state: CopyState
    on: date
    by: str
    reason: str = ""


def next_step(contract: Contract, last: CopyStep | None, step: CopyStep, today: date) -> CopyStep:
    """The step, when the copy may take it; NotAllowedError or InvalidValueError else.

    Steps forward may leave states out. A step back needs a reason. What follows a signature needs
    a signed contract; only a scan may come in before the signature is registered. A copy that the
    program did not print itself (`last` is None) may be anywhere on its way: what is out was
    printed from the very bytes that are frozen.
    """
    _check_on_paper(contract)
    if last is not None and last.state is step.state:
        msg = f"{contract.title} 的这一份已经是“{step.state.text}”"
        raise NotAllowedError(msg)
    needs_signature = step.state in (CopyState.SIGNED, CopyState.SEALED, CopyState.DELIVERED)
    if needs_signature and contract.state is not ContractState.SIGNED:
        msg = f"{contract.title} 还没有登记签署，请先登记签署，再标记“{step.state.text}”"
        raise NotAllowedError(msg)
    if step.on > today:
        msg = f"日期({step.on})还没有到，今天是 {today}，请填写实际的日期"
        raise InvalidValueError(msg)
    if last is None:
        return step
    if not step.state.is_after(last.state):
        if not step.reason.strip():
            msg = (
                f"{contract.title} 的这一份已是“{last.state.text}”，"
                f"改回“{step.state.text}”须填写理由"
            )
            raise NotAllowedError(msg)
    elif step.on < last.on:
        msg = (
            f"日期({step.on})早于{contract.title} 上一步“{last.state.text}”的日期({last.on})，"
            "请改正日期"
        )
        raise InvalidValueError(msg)
    return step


def _check_on_paper(contract: Contract) -> None:
    match contract.state:
        case ContractState.PRINTED | ContractState.SIGNED:
            return
        case ContractState.VOID:
            msg = f"{contract.title} 已作废，纸质件不再登记"
        case ContractState.DRAFT:
            msg = f"{contract.title} 还没有打印，没有纸质件可以登记"
        case _:
            assert_never(contract.state)
    raise NotAllowedError(msg)


_ORDER: Final = tuple(CopyState)
_TEXTS: Final = {
    CopyState.PRINTED: "已打印",
    CopyState.WAITING: "待签",
    CopyState.SIGNED: "已签",
    CopyState.SEALED: "已盖章",
    CopyState.SCANNED: "已扫描",
    CopyState.DELIVERED: "已交付",
}
