"""免考核: an indicator left out of one sheet; what becomes of its weight has to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.exemption import Handling
from kpidesk.ui.forms import ChoiceField, Form, FormDialog, MultilineField
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

HANDLINGS = (
    (Handling.FULL, "按满分计"),
    (Handling.OUTSIDE, "不计分，总分不折算（最高得分随之降低）"),
    (Handling.SPREAD, "不计分，权重按比例分摊到其余指标"),
)
_TOLD = (
    "免考核不是零分，也不是没有评：这一项在评分表和报告上写“免”，注明理由和权重怎样处理。"
    "已填的内容保留，但不再计分。"
)


def exempt_dialog(
    desk: Desk, parent: QWidget, appraisal: AppraisalId, shown: SheetRow
) -> FormDialog:
    """Ask for the reason, and what becomes of the weight: nothing is chosen beforehand."""
    form = Form(desk.look)
    name = shown.indicator.name
    form.add_widget(label(_TOLD, "muted", wrap=True))
    handling = form.add(
        ChoiceField(f"“{name}”（{shown.worth}）的权重", HANDLINGS, required=True, none="请选择")
    )
    reason = form.add(
        MultilineField("理由", required=True, most=200, hint="如：本期休产假，不承担此项工作")
    )
    if shown.exemption is not None:
        handling.set_value(shown.exemption.handling)
        reason.set_value(shown.exemption.reason)

    def act() -> Callable[[Company], SheetChange]:
        chosen, why = handling.chosen(), reason.value()
        actor, today = desk.officer, desk.today
        return lambda company: appraisals.exempt(
            company,
            appraisal,
            indicator=name,
            handling=chosen,
            reason=why,
            actor=actor,
            today=today,
        )

    return FormDialog(desk, parent, "免考核", form, save="免考核", act=act)
