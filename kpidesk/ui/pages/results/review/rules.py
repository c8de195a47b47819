"""等级分布指引与申诉期限: the company's own rules for results."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.review.guideline import Guide
from kpidesk.ui.forms import Form, FormDialog, NumberField
from kpidesk.ui.widgets import label
from kpidesk.usecases import reviewing
from kpidesk.usecases.reviewing import ReviewRules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company

_YEAR = Decimal(365)


def rules_dialog(
    desk: Desk, parent: QWidget, rules: ReviewRules, grades: Sequence[str]
) -> FormDialog:
    """Ask for the share of each grade, and for the times of appeals."""
    form = Form(desk.look)
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
        new = ReviewRules(kept, int(days[0]), int(days[1]))
        actor, today = desk.officer, desk.today
        return lambda company: reviewing.save_review_rules(company, new, actor=actor, today=today)

    return FormDialog(
        desk,
        parent,
        "等级分布指引与申诉期限",
        form,
        act=act,
        done=lambda _: desk.tell("考核规则已保存"),
    )


def _days(title: str, hint: str) -> NumberField:
    return NumberField(
        title, unit="天", required=True, least=Decimal(1), most=_YEAR, places=0, hint=hint
    )
