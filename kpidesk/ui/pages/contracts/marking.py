"""Dialogs that move contracts from state to state: signed on a day, back to draft, void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.ui.dialogs import ask_reason
from kpidesk.ui.forms import DateField, Form, FormDialog
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.usecases import contracts as contract_cases
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.contract import ContractId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.dialogs.messages import ReasonDialog
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import ContractRow

_NAMED = 3


def kind_of(rows: Sequence[ContractRow]) -> str:
    """What the documents are called together."""
    kinds = {_kind(row) for row in rows}
    return "和".join(sorted(kinds, reverse=True))


def _kind(row: ContractRow) -> str:
    if row.is_ending:
        return "终止协议"
    return "补充协议" if row.is_amendment else "责任书"


def naming(rows: Sequence[ContractRow]) -> str:
    """王䶮 的责任书 销售部-2026-001; several are counted."""
    kind = kind_of(rows)
    if len(rows) == 1:
        return f"{rows[0].person_name}的{kind} {rows[0].number}"
    names = "、".join(row.person_name for row in rows[:_NAMED])
    return f"{names}{'等' if len(rows) > _NAMED else ''}的 {len(rows)} 份{kind}"


def sign(desk: Desk, parent: QWidget, rows: Sequence[ContractRow]) -> FormDialog | None:
    """登记签署: the day on the paper, not before it was printed and not after today."""
    if why_not(Action.SIGN, rows):
        return None
    latest = max(row.printed_on for row in rows if row.printed_on is not None)
    form = Form(desk.look)
    day = form.add(
        DateField(
            desk.look,
            "签署日期",
            required=True,
            least=latest,
            most=max(desk.today, latest),
            hint=f"双方签字、盖章的日期，不早于打印日期 {latest}",
        )
    )
    day.set_value(max(desk.today, latest))
    ids = [row.id for row in rows]

    def act() -> Callable[[Company], object]:
        signed_on, actor, today = day.value(), desk.officer, desk.today
        if signed_on is None:
            msg = "请填写签署日期"
            raise ValueError(msg)
        return lambda company: contract_cases.sign(
            company, ids, signed_on=signed_on, actor=actor, today=today
        )

    dialog = FormDialog(
        desk,
        parent,
        f"登记签署：{naming(rows)}",
        form,
        save="登记签署",
        act=act,
        done=lambda _: desk.tell(f"已登记签署 {len(rows)} 份责任书"),
    )
    dialog.open()
    return dialog


def return_to_draft(
    desk: Desk, parent: QWidget, rows: Sequence[ContractRow]
) -> ReasonDialog | None:
    """退回草稿: may be edited again; the paper that is out becomes outdated."""
    if why_not(Action.RETURN, rows):
        return None

    def then(reason: str) -> None:
        ids, actor, today = [row.id for row in rows], desk.officer, desk.today
        desk.act(
            lambda company: _each(
                ids,
                lambda one: contract_cases.return_to_draft(
                    company, one, reason=reason, actor=actor, today=today
                ),
            ),
            lambda _: desk.tell(f"已退回草稿 {len(rows)} 份"),
        )

    return ask_reason(
        parent,
        title=f"退回草稿：{naming(rows)}",
        text="退回后可以修改；已经打印的纸质责任书随之作废，修改后请重新打印。",
        action="退回草稿",
        then=then,
    )


def void(desk: Desk, parent: QWidget, rows: Sequence[ContractRow]) -> ReasonDialog | None:
    """作废: kept in the list, never used again."""
    if why_not(Action.VOID, rows):
        return None

    def then(reason: str) -> None:
        ids, actor, today = [row.id for row in rows], desk.officer, desk.today
        desk.act(
            lambda company: _each(
                ids,
                lambda one: contract_cases.void(
                    company, one, reason=reason, actor=actor, today=today
                ),
            ),
            lambda _: desk.tell(f"已作废 {len(rows)} 份"),
        )

    return ask_reason(
        parent,
        title=f"作废：{naming(rows)}",
        text="作废后不能恢复，编号保留，也不再用于考核。",
        action="作废",
        then=then,
    )


def _each(ids: Sequence[ContractId], act: Callable[[ContractId], Changes]) -> Changes:
    """Do it with one after the other: each is an action of its own in the log."""
    changes = Changes.NONE
    for one in ids:
        changes |= act(one)
    return changes
