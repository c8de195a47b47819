"""考核人: who rates on the sheet at hand. Peers are recorded, and not named on sheet or report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpidesk.core.rating import RaterNames
from kpidesk.ui.forms import Form, FormDialog, TextField
from kpidesk.ui.widgets import label
from kpidesk.usecases import appraisals

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.appraisals import SheetChange, SheetView
    from kpidesk.usecases.company import Company

_BETWEEN = re.compile(r"[、,，;；]+")
_TOLD = (
    "登记以后，每个分数都记下是谁评的。同一类有几个人时，按登记的顺序填分；"
    "互评和多人的评分在评分表、报告上只写人数，不写姓名。"
)
_MOST = 200


def raters_dialog(desk: Desk, parent: QWidget, view: SheetView) -> FormDialog:
    """Ask for the names of each kind of raters."""
    form = Form(desk.look)
    form.add_widget(label(_TOLD, "muted", wrap=True))
    fields: list[tuple[str, TextField]] = []
    for kind in appraisals.rater_kinds(view):
        if kind.fixed:
            form.add_widget(label(f"{kind.label}：{'、'.join(kind.names)}（本人）"))
            continue
        field = form.add(TextField(kind.label, most=_MOST, example="几个人用顿号分开"))
        field.set_value("、".join(kind.names))
        fields.append((kind.rater, field))
    appraisal = view.appraisal.id

    def act() -> Callable[[Company], SheetChange]:
        raters = [
            RaterNames(
                rater, tuple(x for one in _BETWEEN.split(field.value()) if (x := one.strip()))
            )
            for rater, field in fields
        ]
        actor, today = desk.officer, desk.today
        return lambda company: appraisals.name_raters(
            company, appraisal, raters=raters, actor=actor, today=today
        )

    title = f"考核人：{view.contract.party_b.name}"
    return FormDialog(desk, parent, title, form, act=act, done=lambda _: desk.tell("考核人已登记"))
