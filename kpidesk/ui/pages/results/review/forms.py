"""The small forms of approval, publication, confirmation and appeals."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from kpidesk.core.appraisal import Opinion
from kpidesk.ui.deciding import deciding
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, MultilineField, TextField
from kpidesk.ui.pages.results.review.deciding import paper_field
from kpidesk.ui.widgets import label
from kpidesk.ui.words import cycle_text
from kpidesk.usecases import reviewing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.appraisal import AppraisalId
    from kpidesk.core.period import Period
    from kpidesk.core.review.steps import BatchId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.results import ResultRow

    Case = Callable[..., Any]

_WEEK = 7
_OPINIONS = {Opinion.AGREES: "同意", Opinion.RESERVES: "保留意见", Opinion.REFUSES: "拒签并送达"}
_AS_SAID = "按面谈记录上签署的意见"
_NAMED = 8


def names_of(rows: Sequence[ResultRow]) -> str:
    """The first names, and how many there are."""
    shown = "、".join(one.person_name for one in rows[:_NAMED])
    return f"{shown}等 {len(rows)} 人" if len(rows) > _NAMED else shown


def _counted(said: Sequence[reviewing.SignedOpinion]) -> str:
    """同意 5 人，保留意见 1 人."""
    counts = Counter(_OPINIONS[one.opinion] for one in said if one.opinion is not None)
    return "，".join(f"{text} {count} 人" for text, count in counts.items())


def _bound(desk: Desk, case: Case, *what: object, **more: object) -> Callable[[Company], Any]:
    """A use case with the officer and today, ready for an open company."""
    actor, today = desk.officer, desk.today
    return lambda company: case(company, *what, actor=actor, today=today, **more)


def submit_dialog(
    desk: Desk,
    parent: QWidget,
    rows: Sequence[ResultRow],
    done: Callable[[BatchId], object],
    *,
    near: Sequence[ResultRow] = (),
) -> FormDialog:
    """Ask which cycle of the results to submit, with a remark for the general manager.

    The first cycle offered is that of a result in `near`, where the cursor is, else the latest.
    """
    form = Form(desk.look)
    cycles: dict[Period, list[ResultRow]] = {}
    for one in rows:
        cycles.setdefault(one.cycle, []).append(one)
    latest = sorted(cycles, key=lambda one: (one.end, one.start), reverse=True)
    options = [(one, f"{cycle_text(one)}（{len(cycles[one])} 人）") for one in latest]
    cycle = form.add(ChoiceField("考核周期", options, required=True))
    told = label("", "muted", wrap=True)
    form.add_widget(told)
    note = form.add(MultilineField("提交说明", most=300, lines=2, hint="印在审批表上，可以不填"))
    form.add_widget(
        label(
            "提交后这些结果不能再改动，直到总经理批准或退回。提交过审批的方案，薪酬等批准以后才能结算"
            "（“考核规则…”里另有规定的除外）。",
            "muted",
            wrap=True,
        )
    )

    def tell() -> None:
        if (chosen := cycle.value()) is not None:
            told.setText(names_of(cycles[chosen]))

    cycle.changed.connect(tell)
    cycle.set_value(next((one.cycle for one in near if one.cycle in cycles), latest[0]))
    tell()

    def act() -> Callable[[Company], Any]:
        chosen = cycle.value()
        ids = [one.id for one in cycles[chosen]] if chosen is not None else []
        return _bound(desk, reviewing.submit, ids, note=note.value())

    def submitted(made: reviewing.BatchSubmitted) -> None:
        if made.id is not None:
            done(made.id)

    return FormDialog(
        desk, parent, "提交总经理审批", form, save="提交并打印审批表", act=act, done=submitted
    )


def publish_dialog(desk: Desk, parent: QWidget, batch: BatchId) -> FormDialog:
    """Ask from when to when, and how, approved results are made public."""
    form = Form(desk.look)
    start = form.add(DateField(desk.look, "公示开始", required=True), half=True)
    last = form.add(DateField(desk.look, "公示截止（含当天）", required=True), half=True)
    how = form.add(TextField("公示方式", required=True, most=100, example="办公区公告栏张贴"))
    start.set_value(desk.today)
    last.set_value(desk.today + timedelta(days=_WEEK - 1))
    form.add_widget(
        label("公示宜只列姓名、等级等必要内容，不公开他人的工资和评语。", "muted", wrap=True)
    )

    def act() -> Callable[[Company], Any]:
        return _bound(
            desk,
            reviewing.publish,
            batch,
            start=start.value(),
            last_day=last.value(),
            how=how.value(),
        )

    return _dialog(desk, parent, "登记公示", form, act=act, said="公示已登记")


def confirm_dialog(desk: Desk, parent: QWidget, rows: Sequence[ResultRow]) -> FormDialog:
    """Ask when and how employees took note of their results."""
    form = Form(desk.look)
    form.add_widget(label(f"{names_of(rows)}已知悉并确认考核结果。", wrap=True))
    on = form.add(DateField(desk.look, "确认日期", required=True), half=True)
    options = [(one, one) for one in ("本人在考核报告上签字", "公示期满无异议", "书面送达")]
    how = form.add(ChoiceField("确认方式", options, required=True), half=True)
    told = label("", "muted", wrap=True)
    form.add_widget(told)
    on.set_value(desk.today)
    how.set_value(options[0][0])
    ids = [one.id for one in rows]

    def offer(said: Sequence[reviewing.SignedOpinion]) -> None:
        """What was signed at the interview is not asked again."""
        texts = [one for one in said if one.text]
        if not texts:
            return
        if len(texts) == len(ids) and not form.is_dirty:
            how.set_options([(_AS_SAID, _AS_SAID), *options])
            how.set_value(_AS_SAID)
            form.settle()
            told.setText(f"面谈记录里都已签署意见：{_counted(texts)}。日期为登记确认的日期。")
        else:
            lacking = len(ids) - len(texts)
            told.setText(
                f"其中 {len(texts)} 人在面谈记录里已签署意见（{_counted(texts)}），"
                f"{lacking} 人没有；要按面谈记录登记，请只选前者。"
            )

    def act() -> Callable[[Company], Any]:
        if how.value() == _AS_SAID:
            return _bound(desk, reviewing.confirm_as_said, ids, on=on.value())
        return _bound(desk, reviewing.confirm, ids, on=on.value(), how=how.value())

    desk.ask(lambda company: reviewing.signed_opinions(company, ids), offer, owner=form)

    return _dialog(desk, parent, "登记员工确认", form, act=act, said="确认已登记")


def appeal_dialog(desk: Desk, parent: QWidget, appraisal: AppraisalId, name: str) -> FormDialog:
    """Ask who appeals, when, and about what."""
    form = Form(desk.look)
    by = form.add(TextField("申诉人", required=True), half=True)
    on = form.add(DateField(desk.look, "申诉日期", required=True), half=True)
    what = form.add(MultilineField("申诉的内容和理由", required=True, most=1000, lines=4))
    by.set_value(name)
    on.set_value(desk.today)
    form.add_widget(label("超过申诉期限的也登记，并注明超过几天；原结果不变。", "muted", wrap=True))

    def act() -> Callable[[Company], Any]:
        more = {"by": by.value(), "on": on.value(), "what": what.value()}
        return _bound(desk, reviewing.appeal, appraisal, **more)

    return _dialog(desk, parent, f"登记申诉：{name}", form, act=act, said="申诉已登记")


def hearing_dialog(desk: Desk, parent: QWidget, appraisal: AppraisalId, name: str) -> FormDialog:
    """Ask what was said when the appeal was heard."""
    form = Form(desk.look)
    on = form.add(DateField(desk.look, "日期", required=True), half=True)
    present = form.add(TextField("参加的人", required=True, most=200), half=True)
    said = form.add(MultilineField("听取的情况", required=True, most=1000, lines=4))
    on.set_value(desk.today)

    def act() -> Callable[[Company], Any]:
        more = {"on": on.value(), "present": present.value(), "said": said.value()}
        return _bound(desk, reviewing.hear, appraisal, **more)

    return _dialog(desk, parent, f"听取申诉：{name}", form, act=act, said="已登记")


def answer_dialog(desk: Desk, parent: QWidget, appraisal: AppraisalId, name: str) -> FormDialog:
    """Ask how the appeal was decided: upheld, dismissed, or taken back."""
    form = Form(desk.look)
    options: list[tuple[Case, str]] = [
        (reviewing.uphold, "申诉成立，更正结果"),
        (reviewing.dismiss, "申诉不成立，维持原结果"),
    ]
    if desk.may("reviewing.afterwards.withdraw"):
        options.append((reviewing.withdraw, "员工撤回申诉"))
    how = form.add(ChoiceField("处理结果", options, required=True))
    by = form.add(TextField("作出决定的人", hint="撤回申诉的不用填"), half=True)
    on = form.add(DateField(desk.look, "日期", required=True), half=True)
    reason = form.add(MultilineField("理由", required=True, most=500))
    paper = paper_field(desk, form, required=False)
    if (user := deciding(desk)) is not None:
        by.set_value(user)
        by.setEnabled(False)
    on.set_value(desk.today)
    form.add_widget(
        label(
            "申诉成立后：到“评分”页重新打开评分表更正、再次定分，或者校准；然后重新提交审批。"
            "原结果和更正后的结果都保留；已结算的薪酬由下一期补差。",
            "muted",
            wrap=True,
        )
    )

    def act() -> Callable[[Company], Any]:
        case = how.value() or reviewing.dismiss
        more: dict[str, object] = {"on": on.value(), "reason": reason.value()}
        if case is not reviewing.withdraw:
            more["by"] = by.value()
            more["paper"] = "" if paper is None else paper.value()
        return _bound(desk, case, appraisal, **more)

    return _dialog(desk, parent, f"处理申诉：{name}", form, act=act, said="申诉的处理结果已登记")


def _dialog(
    desk: Desk, parent: QWidget, title: str, form: Form, *, act: Callable[[], Any], said: str
) -> FormDialog:
    tell = partial(desk.tell, said)
    return FormDialog(desk, parent, title, form, save="登记", act=act, done=lambda _: tell())
