"""Saving what was confirmed: at once and undoable; with a reason once the period is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from kpidesk.core.facts import TEAM
from kpidesk.ui.dialogs import ask_reason, confirm
from kpidesk.usecases import pay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.facts import FactValue
    from kpidesk.core.payroll.inputs import PayField
    from kpidesk.ui.pages.pay.page import PayPage
    from kpidesk.usecases.pay import GroupRef, NewFact, PayLine

_CORRECTS = "这一期已经结算。更正以后，差额在下一期结算时补发或扣回，已结算的结果不改动。"


class PaySaver(QObject):
    """Puts each confirmed value on the page's undo stack, which saves it."""

    def __init__(self, page: PayPage) -> None:
        """Works for one page."""
        super().__init__(page)
        self._page = page

    def save(self, field: PayField, value: FactValue | None) -> None:
        """Save a value that was confirmed at a field."""
        view = self._page.view
        if view is None:
            return
        member = view.group.member(field.subject)
        person = None if field.subject == TEAM or member is None else member.person.id
        part = member.part if member else 0
        source = self._page.details.fields.source
        ref = pay.ref_of(view.group)
        own = None if field.inherited else field.fact
        before = pay.NewFact(
            person,
            field.known.name,
            field.period,
            own.value if own else None,
            own.origin.source if own else "",
            part,
        )
        after = pay.NewFact(person, field.known.name, field.period, value, source, part)
        if view.settled:
            dialog = ask_reason(
                self._page,
                title=f"更正“{field.known.label}”？",
                text=_CORRECTS,
                action="更正",
                then=lambda reason: self._enter(ref, [after], reason),
            )
            dialog.rejected.connect(self._page.refresh)
            return
        self._push(ref, f"填写“{field.known.label}”", [before], [after])

    def spread(self, field: PayField) -> None:
        """Let the figure hold in the open periods after its own, where none stands yet."""
        view = self._page.view
        if view is None or field.fact is None:
            return
        member = view.group.member(field.subject)
        person, part = (member.person.id, member.part) if member else (None, 0)
        there = view.gathered.facts.periods(field.subject, field.known.name)
        keys = [
            one.key
            for one in view.group.periods()
            if one.grain is view.period.grain
            and one.days.start > field.days.start
            and one.key not in there
            and one.key not in view.books.closed
            and (member is None or member.in_service(one.days))
        ]
        if not keys:
            self._page.desk.tell("以后各期都已经填了，或者没有以后的期间")
            return
        name, source = field.known.name, field.fact.origin.source
        value = field.fact.value
        before = [pay.NewFact(person, name, key, None, part=part) for key in keys]
        after = [pay.NewFact(person, name, key, value, source, part) for key in keys]
        self._push(pay.ref_of(view.group), f"沿用“{field.known.label}”", before, after)
        self._page.desk.tell(f"“{field.known.label}”已用于以后 {len(keys)} 期")

    def _push(
        self, ref: GroupRef, text: str, before: Sequence[NewFact], after: Sequence[NewFact]
    ) -> None:
        self._page.undo.push(
            _Entered(text, before, after, lambda facts: self._enter(ref, facts, ""))
        )

    def strike(self, line: PayLine) -> None:
        """Strike a line out, once confirmed; of a settled period with the reason."""
        view, page = self._page.view, self._page
        if view is None:
            return
        ref = pay.ref_of(view.group)
        if view.settled:
            ask_reason(
                page,
                title="删去这一笔？",
                text=_CORRECTS,
                action="删去",
                then=lambda reason: self._strike(ref, line, reason),
            )
            return
        confirm(
            page.desk,
            page,
            title="删去这一笔？",
            text="删去以后不再计入；操作日志中仍有记录。",
            action="删去",
            then=lambda: self._strike(ref, line, ""),
        )

    def _strike(self, ref: GroupRef, line: PayLine, reason: str) -> None:
        desk = self._page.desk
        actor, today = desk.officer, desk.today
        desk.act(
            lambda company: pay.strike_line(
                company, ref, line.id, reason=reason, actor=actor, today=today
            ),
            lambda _: desk.tell("已删去这一笔"),
            owner=self._page,
        )

    def _enter(self, ref: GroupRef, facts: Sequence[NewFact], reason: str) -> None:
        page, desk = self._page, self._page.desk
        actor, today = desk.officer, desk.today

        def refused(problem: Exception) -> None:
            desk.tasks.unhandled.emit(problem)
            page.refresh()

        desk.act(
            lambda company: pay.enter_facts(
                company, ref, facts=facts, reason=reason, actor=actor, today=today
            ),
            None,
            refused,
            owner=page,
        )


class _Entered(QUndoCommand):
    """Figures in place of others; taking them back enters the former ones again."""

    def __init__(
        self,
        label: str,
        before: Sequence[NewFact],
        after: Sequence[NewFact],
        put: Callable[[Sequence[NewFact]], None],
    ) -> None:
        super().__init__(label)
        self._before, self._after, self._put = before, after, put

    def redo(self) -> None:
        """Save the new figures."""
        self._put(self._after)

    def undo(self) -> None:
        """Save the former figures."""
        self._put(self._before)
