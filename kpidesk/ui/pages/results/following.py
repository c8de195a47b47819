"""What became of the improvement plan: one look at one item at a time, the earlier ones above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.follow_up import FollowUp, Outcome
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, MultilineField
from kpidesk.ui.widgets import label
from kpidesk.ui.words import day_text
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.follow_up import Tracked
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company

OUTCOMES = (
    (Outcome.DONE, "已完成"),
    (Outcome.GOES_ON, "继续（另定完成日期）"),
    (Outcome.NOT_DONE, "未完成（结束跟踪）"),
    (Outcome.DROPPED, "取消（不再需要）"),
)
_SAYS = {
    Outcome.DONE: "已完成",
    Outcome.GOES_ON: "继续",
    Outcome.NOT_DONE: "未完成",
    Outcome.DROPPED: "取消",
}
_WIDTH = 560


def offer_follow_up(desk: Desk, parent: QWidget, appraisal: AppraisalId) -> None:
    """Load the plan, then ask what became of an item."""

    def ask(items: tuple[Tracked, ...]) -> None:
        if items:
            follow_up_dialog(desk, parent, appraisal, items).open()

    desk.ask(lambda company: appraisals.plan_of(company, appraisal), ask, owner=parent)


def follow_up_dialog(
    desk: Desk, parent: QWidget, appraisal: AppraisalId, items: tuple[Tracked, ...]
) -> FormDialog:
    """Ask what became of an item of a plan."""
    form = LookForm(desk, items)

    def act() -> Callable[[Company], Changes]:
        look, actor, today = form.look(), desk.officer, desk.today
        return lambda company: appraisals.record_look(
            company, appraisal, look=look, actor=actor, today=today
        )

    return FormDialog(
        desk,
        parent,
        "跟踪改进计划",
        form,
        act=act,
        save="记录",
        done=lambda _: desk.tell("跟踪结果已记录"),
        width=_WIDTH,
    )


class LookForm(Form):
    """Begins with the item that has waited longest; what was found earlier stays in view."""

    def __init__(self, desk: Desk, items: tuple[Tracked, ...]) -> None:
        """`items` are those of one plan."""
        super().__init__(desk.look)
        self._items = {one.item.what: one for one in items}
        options = [(what, what) for what in self._items]
        self.what = self.add(ChoiceField("改进事项", options, required=True))
        self._told = label("", "muted", wrap=True)
        self.add_widget(self._told)
        self.on = self.add(DateField(desk.look, "跟踪日期", required=True), half=True)
        self.outcome = self.add(ChoiceField("结果", list(OUTCOMES), required=True), half=True)
        self.until = self.add(DateField(desk.look, "新的完成日期", required=True))
        self.result = self.add(
            MultilineField("说明", required=True, most=400, hint="做到了什么、还差什么")
        )
        self.on.set_value(desk.today)
        self.what.set_value(_first(items).item.what)
        self.outcome.set_value(Outcome.DONE)
        self.outcome.changed.connect(self._ask_for_day)
        self.what.changed.connect(self._tell)
        self._ask_for_day()
        self._tell()

    def look(self) -> FollowUp:
        """What was typed; the fields are sound."""
        on, outcome = self.on.value(), self.outcome.chosen()
        if on is None:
            msg = "请填写跟踪日期"
            raise ValueError(msg)
        until = self.until.value() if outcome is Outcome.GOES_ON else None
        return FollowUp(self.what.chosen(), outcome, self.result.value(), on, until)

    def check(self) -> bool:
        """A new day that has passed already is refused where the fields are."""
        if not super().check():
            return False
        try:
            self.look()
        except ValueError as problem:
            self.refuse(str(problem))
            return False
        return True

    def _ask_for_day(self) -> None:
        goes_on = self.outcome.value() is Outcome.GOES_ON
        self.until.setVisible(goes_on)
        self.until.setEnabled(goes_on)

    def _tell(self) -> None:
        self._told.setText(story(self._items[self.what.chosen()]))


def story(one: Tracked) -> str:
    """What was agreed on, and each look so far."""
    item = one.item
    agreed = (
        ("措施", item.measure),
        ("责任人", item.responsible),
        ("完成日期", day_text(item.due)),
    )
    lines = ["，".join(f"{name}：{text}" for name, text in agreed if text) or "没有定措施和日期"]
    for look in one.looks:
        until = f"，改到 {day_text(look.until)}" if look.until else ""
        lines.append(f"{day_text(look.on)} {_SAYS[look.outcome]}{until}：{look.result}")
    return "\n".join(lines)


def _first(items: tuple[Tracked, ...]) -> Tracked:
    """The open item that is due first; the first of all when none is open."""
    due = [one for one in items if one.is_open and one.due is not None]
    still = [one for one in items if one.is_open]
    return min(due, key=lambda one: str(one.due), default=(*still, *items)[0])
