"""Why pay waits for the approval of results, and where that is seen to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.review.standing import Stage
from kpidesk.usecases.whereabouts import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpidesk.usecases.pay import PayView

WHERE_TO: Mapping[Stage, object] = {
    Stage.UNSUBMITTED: ("where", Where.UNSUBMITTED),
    Stage.WAITING: "batches",
    Stage.RETURNED: ("where", Where.RETURNED),
    Stage.UPHELD: ("where", Where.UPHELD),
}
"""What of the results page is shown for those who stand there."""

WHAT_TO_DO: Mapping[Stage, str] = {
    Stage.UNSUBMITTED: "去提交审批",
    Stage.WAITING: "去登记审批",
    Stage.RETURNED: "去更正",
    Stage.UPHELD: "去更正",
}


def why_waiting(view: PayView, waiting: Mapping[Stage, int]) -> str:
    """3 人的考核结果还没有批准（未提交 2 人、待审批 1 人） …: why, and what to do."""
    parts = "、".join(f"{stage} {waiting[stage]} 人" for stage in Stage if waiting.get(stage))
    return (
        f"{sum(waiting.values())} 人的考核结果还没有批准（{parts}），按得分计算的薪酬是暂估，"
        f"批准以后才能结算：{_why(view)}"
    )


def _why(view: PayView) -> str:
    where = "“结果 → 校准与审批 → 考核规则…”"
    if view.approval_rule.rule is None:
        return f"这个方案的结果提交过总经理审批，以后的也要批准；不必审批的，请在{where}里规定"
    return f"{where}里规定了这个方案的结果需要总经理审批"
