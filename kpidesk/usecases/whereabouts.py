"""Which results stand where: what the list is filtered by, and the first page counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from kpidesk.core.review.standing import Stage
from kpidesk.usecases.lists import ResultRow, SheetState


class Where(StrEnum):
    """A place on the way of results, as the officer calls it."""

    READY = "可定分"
    SCORED = "已定分"
    UNHEARD = "未面谈"
    HEARD = "已面谈"
    UNSUBMITTED = "待提交"
    WAITING = "待审批"
    RETURNED = "已退回"
    FINAL = "已批准"
    UNCONFIRMED = "待确认"
    CONFIRMED = "已确认"
    APPEALED = "申诉中"
    UPHELD = "待更正"
    CLOSED = "已关闭"


def is_there(row: ResultRow, where: Where) -> bool:
    """Whether a result stands at a place; those of closed cycles only at the last."""
    return where is Where.CLOSED if row.is_closed else _AT[where](row)


def _is_scored(row: ResultRow) -> bool:
    return row.state is SheetState.SCORED


def _at(stage: Stage) -> Callable[[ResultRow], bool]:
    return lambda row: row.review.stage is stage


_AT: Final[Mapping[Where, Callable[[ResultRow], bool]]] = {
    Where.READY: lambda row: row.state is SheetState.READY,
    Where.SCORED: _is_scored,
    Where.UNHEARD: lambda row: _is_scored(row) and not row.interviewed,
    Where.HEARD: lambda row: row.interviewed,
    Where.UNSUBMITTED: lambda row: _is_scored(row) and not row.review.is_locked,
    Where.WAITING: _at(Stage.WAITING),
    Where.RETURNED: _at(Stage.RETURNED),
    Where.FINAL: lambda row: row.review.is_final,
    Where.UNCONFIRMED: lambda row: _at(Stage.APPROVED)(row) and row.review.appeal is None,
    Where.CONFIRMED: _at(Stage.CONFIRMED),
    Where.APPEALED: lambda row: row.review.appeal is not None,
    Where.UPHELD: _at(Stage.UPHELD),
    Where.CLOSED: lambda _: False,
}
