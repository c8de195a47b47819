"""考核规则: what needs approval, the guideline of grades, the times of appeals."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.review.guideline import Guide
from kpidesk.ui.forms import ChoiceField, Form, FormDialog, NumberField
from kpidesk.ui.widgets import label
from kpidesk.usecases import reviewing
from kpidesk.usecases.reviewing import ApprovalRule, ReviewRules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.reviewing import SchemeApproval

_YEAR = Decimal(365)


def rules_dialog(
    desk: Desk,
    parent: QWidget,
    rules: ReviewRules,
    approvals: Sequence[tuple[str, SchemeApproval]],
    grades: Sequence[str],
) -> FormDialog:
    """Ask of which schemes pay waits, for the share of each grade, for the times of appeals."""
    form = Form(desk.look)
    asked = [(one.family, form_field) for one, form_field in _approvals(form, approvals)]
    form.add_heading("等级分布指引")
    form.add_widget(
        label("只作提醒，不限制定级；留空的不提醒。末等不等于不胜任工作。", "muted", wrap=True)
    )
    guides = {one.grade: one for one in rules.guides}
    names = list(dict.fromkeys((*guides, *grades)))
    fields = []
    for name in names:
        most = form.add(
            NumberField(f"{name}：不超过", unit="%", least=ZERO, most=HUNDRED, places=1), half=True
        )
        least = form.add(
            NumberField(f"{name}：不少于", unit="%", least=ZERO, most=HUNDRED, places=1), half=True
        )
        if name in guides:
            most.set_value(guides[name].most)
            least.set_value(guides[name].least)
        fields.append((name, most, least))
    form.add_heading("申诉")
    file_days = form.add(_days("提出申诉的期限", "从公示开始（没有公示的从批准）起算"), half=True)
    answer_days = form.add(_days("答复申诉的期限", "从申诉之日起算"), half=True)
    file_days.set_value(Decimal(rules.file_days))
    answer_days.set_value(Decimal(rules.answer_days))

    def act() -> Callable[[Company], Changes]:
        made = [Guide(name, most.value(), least.value()) for name, most, least in fields]
        kept = tuple(one for one in made if one.text)
        days = (file_days.value() or Decimal(1), answer_days.value() or Decimal(1))
        there = {family for family, _ in asked}
        said = [one for one in rules.approvals if one.family not in there]
        for family, field in asked:
            if (needed := field.value()) is not None:
                said.append(ApprovalRule(family, needed))
        new = ReviewRules(kept, int(days[0]), int(days[1]), tuple(said))
        actor, today = desk.officer, desk.today
        return lambda company: reviewing.save_review_rules(company, new, actor=actor, today=today)

    return FormDialog(
        desk,
        parent,
        "考核规则",
        form,
        act=act,
        done=lambda _: desk.tell("考核规则已保存"),
    )


def _approvals(
    form: Form, approvals: Sequence[tuple[str, SchemeApproval]]
) -> list[tuple[SchemeApproval, ChoiceField[bool]]]:
    """A choice for each scheme in use: whether its pay waits for the general manager."""
    form.add_heading("哪些方案的结果需要总经理审批")
    form.add_widget(
        label(
            "需要的，用到得分的薪酬等批准以后才能结算；不需要的，定分以后就能结算。"
            "改动只影响以后的结算，已经结算的不变。"
            if approvals
            else "签了责任书的方案列在这里，现在还没有。",
            "muted",
            wrap=True,
        )
    )
    fields = []
    for title, one in approvals:
        none = "未规定（提交过，要等）" if one.submitted else "未规定（没提交过，不等）"
        field: ChoiceField[bool] = ChoiceField(
            title, [(True, "需要审批"), (False, "不需要审批")], none=none
        )
        field.set_value(one.rule)
        fields.append((one, form.add(field, half=True)))
    return fields


def _days(title: str, hint: str) -> NumberField:
    return NumberField(
        title, unit="天", required=True, least=Decimal(1), most=_YEAR, places=0, hint=hint
    )
