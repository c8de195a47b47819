"""改写得分: a score by hand in place of a measured one, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show
from kpidesk.ui.forms import Form, FormDialog, MultilineField, NumberField
from kpidesk.ui.widgets import label
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.sheet import SheetRow
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetChange
    from kpidesk.usecases.company import Company


_NOT_THESE = "填 0 就是零分。还没有数据的不要改写，留空就是“未评”；确实不用考核的，取消后点“免”。"


def override_dialog(
    desk: Desk, parent: QWidget, appraisal: AppraisalId, shown: SheetRow
) -> FormDialog:
    """Ask for the score and the reason of one row."""
    form = Form(desk.look)
    by_rule = shown.score.text if shown.score is not None and shown.override is None else ""
    rule = f"按评分标准计算的得分是 {by_rule} 分。" if by_rule else ""
    told = "改写后以您填写的得分为准，评分表和报告上注明“改”和理由。"
    form.add_widget(label(rule + told, "muted", wrap=True))
    form.add_widget(label(_NOT_THESE, "muted", wrap=True))
    score = form.add(
        NumberField(
            f"“{shown.indicator.name}”的得分",
            unit="分",
            required=True,
            least=ZERO,
            most=shown.full,
            hint=f"0～{show(shown.full)} 分",
        )
    )
    reason = form.add(
        MultilineField("理由", required=True, most=200, hint="记入操作日志，打印在评分表上")
    )
    if shown.override is not None:
        score.set_value(shown.override.score)
        reason.set_value(shown.override.reason)

    def act() -> Callable[[Company], SheetChange]:
        points, why = score.value(), reason.value()
        actor, today = desk.officer, desk.today
        if points is None:
            msg = "请填写得分"
            raise ValueError(msg)
        return lambda company: appraisals.override(
            company,
            appraisal,
            indicator=shown.indicator.name,
            score=points,
            reason=why,
            actor=actor,
            today=today,
        )

    return FormDialog(desk, parent, "改写得分", form, save="改写", act=act)
