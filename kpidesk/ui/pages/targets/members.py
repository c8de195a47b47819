"""Who is in a plan: others are added, those without a contract can be left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.forms import ChoiceField, Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.people import PersonId
    from kpidesk.ui.pages.targets.page import TargetsPage
    from kpidesk.ui.pages.targets.rows import GridRow


class AddDialog(Dialog):
    """Who else is to be in the plan."""

    def __init__(self, page: TargetsPage, others: Sequence[tuple[PersonId, str]]) -> None:
        """`others` are in service, and not in the plan."""
        super().__init__(page, "添加人员", width=420)
        self._page = page
        self.form = Form(page.desk.look)
        self.who: ChoiceField[PersonId] = self.form.add(
            ChoiceField("人员", others, required=True, searchable=True)
        )
        self.body.addWidget(self.form)
        self.add_buttons("添加")

    def accept(self) -> None:
        """Add whoever is chosen."""
        if not self.form.check():
            return
        super().accept()
        plan, chosen = self._page.current(), self.who.chosen()
        out = tuple(one for one in plan.left_out if one != chosen)
        new = replace(plan.with_lines([plan.blank(chosen)]), left_out=out)
        self._page.push("添加人员", new)


def add(page: TargetsPage) -> None:
    """Ask who else is to be in the plan."""
    view = page.view
    if view is None or not view.others:
        page.desk.tell("在职的人都已在计划里")
    else:
        AddDialog(page, view.others).open()


def leave_out(page: TargetsPage, rows: Sequence[GridRow]) -> None:
    """Leave people without a contract out, for good."""
    plan = page.plan
    if plan is None:
        return
    gone = {one.person.id for one in rows if one.person}
    kept = tuple(one for one in plan.lines if one.person not in gone)
    out = tuple(sorted({*plan.left_out, *gone}))
    page.push(f"移出 {len(gone)} 人", replace(plan, lines=kept, left_out=out))
