"""What comes next for results on their way to final: of one, and of many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from kpidesk.core.review.standing import Stage
from kpidesk.usecases.lists import ResultRow, SheetState


class NextStep(StrEnum):
    """What the officer does next, as the button says it; in the order of the way."""

    FINISH = "去定分"
    SUBMIT = "提交审批"
    DECIDE = "登记审批意见"
    MEND = "去更正"
    PUBLISH = "登记公示"
    CONFIRM = "登记确认"
    ANSWER = "处理申诉"
    CLOSE = "关闭周期"


_AFTER: Final[Mapping[Stage, NextStep]] = {
    Stage.UNSUBMITTED: NextStep.SUBMIT,
    Stage.WAITING: NextStep.DECIDE,
    Stage.RETURNED: NextStep.MEND,
    Stage.UPHELD: NextStep.MEND,
    Stage.CONFIRMED: NextStep.CLOSE,
}


def next_step(row: ResultRow) -> NextStep | None:
    """What comes next for a result; None once its cycle is closed."""
    review = row.review
    if row.is_closed:
        return None
    if review.appeal is not None:
        return NextStep.ANSWER
    if row.state is not SheetState.SCORED:
        return NextStep.MEND if review.stage in (Stage.RETURNED, Stage.UPHELD) else NextStep.FINISH
    if review.stage in (Stage.RETURNED, Stage.UPHELD) and _is_corrected(row):
        return NextStep.SUBMIT
    if review.stage is Stage.APPROVED:
        return NextStep.CONFIRM if review.published else NextStep.PUBLISH
    return _AFTER[review.stage]


def other_step(step: NextStep) -> NextStep | None:
    """What may be done instead: nobody has to publicise, and a sitting may mend a result."""
    return {NextStep.PUBLISH: NextStep.CONFIRM, NextStep.MEND: NextStep.SUBMIT}.get(step)


def _is_corrected(row: ResultRow) -> bool:
    """Whether it was recorded again after it was returned, or an appeal upheld."""
    since = row.review.since
    return row.scored_on is not None and since is not None and row.scored_on > since


def by_step(rows: Iterable[ResultRow]) -> dict[NextStep, list[ResultRow]]:
    """The results for which each step comes next, that of the most of them first."""
    found: dict[NextStep, list[ResultRow]] = {}
    for one in rows:
        if (step := next_step(one)) is not None:
            found.setdefault(step, []).append(one)
    order = list(NextStep)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), order.index(pair[0]))))
