"""The form of a dated line: a field for each of its kind's, and the shares of a team's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from kpidesk.core.event_kinds import EventFieldKind
from kpidesk.core.facts import TEAM
from kpidesk.core.payroll.record import Cell
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, NumberField, TextField
from kpidesk.ui.forms.attachments import FilesField
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from kpidesk.core.event_kinds import EventField, EventKind
    from kpidesk.core.payroll.group import PayGroup
    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms.field import Field
    from kpidesk.ui.pages.pay.page import PayPage
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.pay import LineEntered, PayLine


class LineForm:
    """Fields for a line of a kind, filled from an old line where one is put right."""

    def __init__(
        self,
        desk: Desk,
        group: PayGroup,
        kind: EventKind,
        *,
        subject: str | None,
        old: PayLine | None = None,
        day: date | None = None,
        reason: bool | None = None,
    ) -> None:
        """`subject` None asks whose it is; `day` is offered.

        `reason` asks why: of a settled period (True), or perhaps of one (False).
        """
        self.form = Form(desk.look)
        self._group, self._kind, self._subject = group, kind, subject
        self._whose: ChoiceField[str] | None = None
        if subject is None:
            people = [(one.subject, one.person.name) for one in group.people]
            whose = ChoiceField("姓名", people, required=True, searchable=True)
            self._whose = self.form.add(whose, half=True)
        self.on = self.form.add(DateField(desk.look, "日期", required=True), half=True)
        held = {one.name: one.value for one in old.body.cells} if old and old.body else {}
        self._fields = {
            one.name: self.form.add(_field(desk, one), half=True) for one in kind.fields
        }
        for name, value in held.items():
            self._fields[name].set_value(value)
        parts = dict(old.body.shares) if old and old.body else {}
        self._shares: dict[PersonId, NumberField] = {}
        if subject == TEAM:
            self.form.add_heading("各人的比例（合计 100%）")
            for member in group.people:
                field = self.form.add(NumberField(member.person.name, unit="%"), half=True)
                field.set_value(parts.get(str(member.person.id)))
                self._shares[member.person.id] = field
        self.source = self.form.add(TextField("资料来源", hint="例如 银行回单号、合同号"))
        hint = "回单、合同、照片等；存进公司文件，在“实绩 → 逐笔事项”随时可以取出"
        self.files = self.form.add(FilesField(desk, "附件", hint=hint))
        self.reason: TextField | None = None
        if reason is not None:
            hint = "已结算，差额在下一期补发或扣回" if reason else "日期在已结算的期间时必须填写"
            self.reason = self.form.add(TextField("更正理由", required=reason, hint=hint))
        if old is not None and old.body is not None:
            self.on.set_value(old.body.on)
            self.source.set_value(old.stated.source)
            self.files.set_kept(old.files)
        elif day is not None:
            self.on.set_value(day)
        self._old = old

    def work(self, desk: Desk) -> Callable[[Company], LineEntered]:
        """What saves the fields; they are sound by then."""
        values = {name: field.value() for name, field in self._fields.items()}
        cells = tuple(
            Cell.of(name, value) for name, value in values.items() if value not in (None, "")
        )
        subject = self._subject if self._whose is None else self._whose.chosen()
        member = self._group.member(subject or TEAM)
        person = member.person.id if member else None
        shares: list[tuple[PersonId, Decimal]] = [
            (who, part) for who, field in self._shares.items() if (part := field.value())
        ]
        on = self.on.value() or desk.today
        source = self.source.value()
        reason = self.reason.value() if self.reason else ""
        replaces = self._old.id if self._old else None
        ref = pay.ref_of(self._group)
        actor, today = desk.officer, desk.today
        kept, added = self.files.kept, self.files.value()

        def save(company: Company) -> LineEntered:
            return pay.enter_line_with_files(
                company,
                ref,
                person=person,
                kind=self._kind.name,
                on=on,
                cells=cells,
                shares=shares,
                source=source,
                kept=kept,
                files=added,
                replaces=replaces,
                reason=reason,
                actor=actor,
                today=today,
            )

        return save


def line_dialog(page: PayPage, kind: EventKind, old: PayLine | None = None) -> None:
    """Ask for a line of the person at hand, or for what is to stand in its place; save it."""
    view, desk, subject = page.view, page.desk, page.details.subject
    if view is None:
        return
    last = view.period.days.last_day
    made = LineForm(
        desk,
        view.group,
        kind,
        subject=subject,
        old=old,
        day=last if last < desk.today else None,
        reason=True if view.settled else None,
    )
    whose = "全团队" if subject == TEAM else subject
    title = f"{'修改' if old else '添一笔'}：{kind.label}（{whose}）"
    FormDialog(desk, page, title, made.form, act=lambda: made.work(desk), width=600).open()


def _field(desk: Desk, spec: EventField) -> Field[Any]:
    required = not spec.optional
    match spec.kind:
        case EventFieldKind.NUMBER:
            return NumberField(spec.label, unit=spec.unit, required=required)
        case EventFieldKind.TEXT:
            return TextField(spec.label, required=required)
        case EventFieldKind.FLAG:
            options = [(True, "是"), (False, "否")]
            return ChoiceField(spec.label, options, required=required, none="未填")
        case EventFieldKind.DATE:
            return DateField(desk.look, spec.label, required=required)
        case _:
            assert_never(spec.kind)
