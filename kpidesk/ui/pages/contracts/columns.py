"""The list of contracts: its columns, and how a state looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from kpidesk.core.contract import ContractState
from kpidesk.core.copies import CopyState
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.copying import copies_text
from kpidesk.ui.table import Column
from kpidesk.ui.words import contract_state_text, day_text, span_text

if TYPE_CHECKING:
    from kpidesk.usecases.contracts import ContractRow


def contract_columns() -> list[Column[ContractRow]]:
    """编号 (names the department) 姓名 岗位 方案 期限 状态 纸质件 签署日期; 部门 if asked."""
    return [
        Column("number", "编号", lambda row: row.number, width=170),
        Column("name", "姓名", lambda row: row.person_name, width=80),
        Column("department", "部门", lambda row: row.department, width=96, hidden=True),
        Column("post", "岗位", lambda row: row.post, width=104),
        Column(
            "scheme",
            "方案",
            lambda row: row.scheme_title,
            tip=lambda row: row.scheme_title,
            stretch=True,
        ),
        Column(
            "term",
            "期限",
            _term_text,
            sort=lambda row: (row.term.start, row.term.end),
            width=178,
        ),
        Column(
            "state",
            "状态",
            _state_text,
            tone=lambda row: Tone.NEUTRAL if _is_over(row) else state_tone(row.state),
            sort=lambda row: list(ContractState).index(row.state),
            width=84,
        ),
        Column(
            "copies",
            "纸质件",
            lambda row: copies_text(row.copies),
            tip=lambda row: copies_text(row.copies),
            sort=lambda row: [list(CopyState).index(one) for one in row.copies if one],
            width=140,
        ),
        Column(
            "printed",
            "打印日期",
            lambda row: day_text(row.printed_on),
            sort=lambda row: row.printed_on,
            width=100,
            hidden=True,
        ),
        Column(
            "signed",
            "签署日期",
            lambda row: day_text(row.signed_on),
            sort=lambda row: row.signed_on,
            width=100,
        ),
    ]


def _state_text(row: ContractRow) -> str:
    return "已终止" if _is_over(row) else contract_state_text(row.state)


def _is_over(row: ContractRow) -> bool:
    return row.ended_on is not None and not row.is_amendment


def _term_text(row: ContractRow) -> str:
    """The days of a contract; from when an amendment changes them."""
    if row.effective_on is not None:
        return f"{row.effective_on} 起{'终止' if row.is_ending else '变更'}"
    if row.ended_on is not None:
        return f"{row.term.start} 至 {row.ended_on - timedelta(days=1)}"
    return span_text(row.term)


def state_tone(state: ContractState) -> Tone:
    """The colour of a state."""
    match state:
        case ContractState.DRAFT:
            return Tone.NEUTRAL
        case ContractState.PRINTED:
            return Tone.WARN
        case ContractState.SIGNED:
            return Tone.GOOD
        case ContractState.VOID:
            return Tone.BAD
        case _:
            assert_never(state)
