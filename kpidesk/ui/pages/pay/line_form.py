"""The form of a dated line: a field for each of its kind's, and the shares of a team's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from kpidesk.core.event_kinds import EventFieldKind
from kpidesk.core.facts import TEAM
from kpidesk.core.payroll.record import Cell
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, NumberField, TextField
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from kpidesk.core.event_kinds import EventField, EventKind
    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms.field import Field
    from kpidesk.ui.pages.pay.page import PayPage
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.pay import LineEntered, PayLine, PayView


class LineForm:
    """Fields for a line of a kind, filled from an old line where one is put right."""

    def __init__(
        self, desk: Desk, view: PayView, subject: str, kind: EventKind, old: PayLine | None
    ) -> None:
        self.form = Form(desk.look)
        self._view, self._kind, self._subject = view, kind, subject
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
            for member in view.group.members:
                field = self.form.add(NumberField(member.person.name, unit="%"), half=True)
                field.set_value(parts.get(str(member.person.id)))
                self._shares[member.person.id] = field
        self.source = self.form.add(TextField("资料来源", hint="例如 银行回单号、合同号"))
        closed = view.settled
        self.reason = (
            self.form.add(
                TextField("更正理由", required=True, hint="本期已结算，差额在下一期补发或扣回")
            )
            if closed
            else None
        )
        if old is not None and old.body is not None:
            self.on.set_value(old.body.on)
            self.source.set_value(old.stated.source)
        elif view.period.days.last_day < desk.today:
            self.on.set_value(view.period.days.last_day)
        self._old = old

    def work(self, desk: Desk) -> Callable[[Company], LineEntered]:
        """What saves the fields; they are sound by then."""
        values = {name: field.value() for name, field in self._fields.items()}
        cells = tuple(
            Cell.of(name, value) for name, value in values.items() if value not in (None, "")
        )
        member = self._view.group.member(self._subject)
        person = member.person.id if member else None
        shares: list[tuple[PersonId, Decimal]] = [
            (who, part) for who, field in self._shares.items() if (part := field.value())
        ]
        on = self.on.value() or desk.today
        source = self.source.value()
        reason = self.reason.value() if self.reason else ""
        replaces = self._old.id if self._old else None
        ref = pay.ref_of(self._view.group)
        actor, today = desk.officer, desk.today

        def save(company: Company) -> LineEntered:
            return pay.enter_line(
                company,
                ref,
                person=person,
                kind=self._kind.name,
                on=on,
                cells=cells,
                shares=shares,
                source=source,
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
    made = LineForm(desk, view, subject, kind, old)
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
