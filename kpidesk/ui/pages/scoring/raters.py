"""考核人: who rates on the sheet at hand. Peers are recorded, and not named on sheet or report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.rating import RaterNames
from kpidesk.ui.forms import Form, FormDialog
from kpidesk.ui.pages.scoring.rater_field import RaterField
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import label
from kpidesk.usecases import appraisals
from kpidesk.usecases.appraisals import HEAD, SUPERIOR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import Leaders, SheetChange, SheetView
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import PersonRow

_TOLD = (
    "写姓名、拼音或工号的一部分，回车选中，接着写下一个。登记以后，每个分数都记下是谁评的。同一类有几个人时，按登记的顺序填分；"
    "互评和多人的评分在评分表、报告上只写人数，不写姓名。"
)


class RatersDialog(FormDialog):
    """Asks for the names of each kind of raters; nobody has to be typed who is in the register."""

    def __init__(self, desk: Desk, parent: QWidget, view: SheetView) -> None:
        """The people to choose from are loaded behind it."""
        form = Form(desk.look)
        form.add_widget(label(_TOLD, "muted", wrap=True))
        self._raters: list[tuple[str, RaterField]] = []
        self._leaders: Leaders | None = None
        for kind in appraisals.rater_kinds(view):
            if kind.fixed:
                form.add_widget(label(f"{kind.label}：{'、'.join(kind.names)}（本人）"))
                continue
            field = form.add(RaterField(desk, kind.label))
            field.set_value(kind.names)
            self._raters.append((kind.rater, field))
        self._sheet = view.appraisal.id
        party = view.contract.party_b
        title = f"考核人：{party.name}"
        super().__init__(desk, parent, title, form, act=self._make, done=self._said, width=600)
        day = view.sheet.cycle.last_day
        desk.ask(
            lambda company: appraisals.rater_choices(company, party.person, day),
            lambda found: self._show(*found),
            owner=self,
        )

    def _show(self, people: Sequence[PersonRow], leaders: Leaders) -> None:
        self._leaders = leaders
        for _, field in self._raters:
            field.show_people([one for one in people if one.person.name != leaders.person])
            for button, name in (
                (field.superior_button, leaders.superior),
                (field.head_button, leaders.head),
            ):
                button.setEnabled(bool(name))
                button.setToolTip(plain_tip(name or f"{leaders.person}没有登记在职的上级"))

    def accept(self) -> None:
        """上级 and 部门负责人 are said as who they are first."""
        if (leaders := self._leaders) is None:
            return  # they come at once
        if self.form.check():
            for _, field in self._raters:
                try:
                    names = leaders.names(field.value())
                except ValueError as problem:
                    field.refuse(str(problem))
                    return
                if {SUPERIOR, HEAD} & set(field.value()):
                    field.write(names)
        super().accept()

    def _make(self) -> Callable[[Company], SheetChange]:
        raters = [RaterNames(rater, field.value()) for rater, field in self._raters]
        actor, today = self.desk.officer, self.desk.today
        return lambda company: appraisals.name_raters(
            company, self._sheet, raters=raters, actor=actor, today=today
        )

    def _said(self, _: object) -> None:
        self.desk.tell("考核人已登记")
