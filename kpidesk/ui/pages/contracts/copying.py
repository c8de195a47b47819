"""登记纸质件: copies of one or many contracts come to a state on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.contract import Copy
from kpidesk.core.copies import CopyState
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, TextField
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.ui.pages.contracts.marking import naming
from kpidesk.ui.words import copy_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import ContractRow

_SHORT = {Copy.PARTY_A: "甲", Copy.PARTY_B: "乙"}


def copies_text(copies: Sequence[CopyState | None]) -> str:
    """已盖章 when both stand there; 甲已扫描 乙未打印 when they do not; empty without paper."""
    if not any(copies):
        return ""
    texts = [one.text if one else "未打印" for one in copies]
    if len(set(texts)) == 1:
        return texts[0]
    return " ".join(f"{_SHORT[copy]}{text}" for copy, text in zip(Copy, texts, strict=True))


def follow_copies(desk: Desk, parent: QWidget, rows: Sequence[ContractRow]) -> FormDialog | None:
    """Ask where the copies stand now; by default all that are out go on from the hindmost."""
    if why_not(Action.COPIES, rows):
        return None
    form = Form(desk.look)
    both = tuple(Copy)
    which = form.add(
        ChoiceField(
            "哪一份",
            [(both, "甲乙两份"), *(((copy,), copy_text(copy)) for copy in Copy)],
            required=True,
        ),
        half=True,
    )
    which.set_value(_out(rows) or both)
    states = [(one, one.text) for one in CopyState]
    state = form.add(ChoiceField("现在的状态", states, required=True), half=True)
    state.set_value(_next(rows))
    day = form.add(DateField(desk.look, "日期", required=True, most=desk.today))
    day.set_value(desk.today)
    reason = form.add(
        TextField("理由", hint="只有退回较早的状态时必须填写；理由记入操作日志。", most=200)
    )
    ids = [row.id for row in rows]

    def act() -> Callable[[Company], object]:
        copies, to, on = which.value(), state.value(), day.value()
        why, actor, today = reason.value(), desk.officer, desk.today
        if copies is None or to is None or on is None:
            msg = "请选择纸质件、状态和日期"
            raise ValueError(msg)
        return lambda company: contract_cases.move_copies(
            company, ids, copies=copies, to=to, on=on, reason=why, actor=actor, today=today
        )

    def done(_: object) -> None:
        to = state.value()
        desk.tell(f"{len(rows)} 份的纸质件已登记为“{to.text if to else ''}”")

    dialog = FormDialog(
        desk, parent, f"登记纸质件：{naming(rows)}", form, save="登记", act=act, done=done
    )
    dialog.open()
    return dialog


def _next(rows: Sequence[ContractRow]) -> CopyState:
    """The state after the one of the hindmost copy."""
    order = list(CopyState)
    at = min((order.index(one) for row in rows for one in row.copies if one is not None), default=0)
    return order[min(at + 1, len(order) - 1)]


def _out(rows: Sequence[ContractRow]) -> tuple[Copy, ...]:
    """The copies that each of the contracts has on paper."""
    each = zip(*(row.copies for row in rows), strict=True)
    return tuple(copy for copy, states in zip(Copy, each, strict=True) if all(states))
