"""作为考核指标: what earlier plans left to do, each with its weight and what is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.added import total, with_added
from kpidesk.core.added_item import Added
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.forms import CheckField, Form, MultilineField, NumberField, TextField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Banner, label, scrolled
from kpidesk.ui.words import day_text, number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.follow_up import Tracked
    from kpidesk.core.period import Period
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk

_WIDTH, _HEIGHT = 620, 560
_LONGEST_NAME, _LONGEST = 30, 300
_USUAL = Decimal(5)
"""Percent, or points, that an item has to begin with."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one item."""

    wanted: CheckField
    name: TextField
    weight: NumberField
    standard: MultilineField
    due: date | None

    def added(self) -> Added | None:
        """What was filled in; None where it is not wanted, ValueError where it is not whole."""
        if not self.wanted.value():
            return None
        weight = self.weight.value()
        if weight is None:
            msg = f"请填写“{self.name.value()}”的权重"
            raise InvalidValueError(msg)
        return Added(self.name.value(), weight, self.standard.value(), self.due)


class AsIndicatorsDialog(Dialog):
    """The weights of the scheme's own indicators leave room, in proportion."""

    chapter = "拟定"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        scheme: Scheme,
        items: Sequence[Tracked],
        *,
        term: Period,
        added: Sequence[Added],
        done: Callable[[tuple[Added, ...]], object],
    ) -> None:
        """`scheme` is without anything added; `added` are those that stand in the draft.

        A day outside the `term` is not agreed on again.
        """
        super().__init__(parent, "改进事项作为考核指标", width=_WIDTH)
        self._scheme, self._done = scheme, done
        self._unit = "%" if scheme.is_weighted else "分"
        self._banner = Banner(desk.look)
        self._sum = label("", "muted", wrap=True)
        form = Form(desk.look)
        self.fields: list[_Fields] = []
        there = {one.name for one in added}
        for one in added:
            self._add(form, one.name, one, one.due)
        for item in items:
            name = item.item.what[:_LONGEST_NAME]
            if name not in there:
                standard = "；".join(part for part in (item.item.what, item.item.measure) if part)
                due = item.due if item.due is not None and item.due in term else None
                self._add(form, name, standard, due)
        said = (
            "勾选的事项作为指标印进责任书和评分表，由考核人按评分标准打分；"
            "方案原有各指标的权重按比例让出。"
            if scheme.is_weighted
            else "勾选的事项作为指标印进责任书和评分表，由考核人打分；满分合计相应增加。"
        )
        self.body.addWidget(label(said, "muted", wrap=True))
        self.body.addWidget(self._banner)
        self.body.addWidget(scrolled(form), 1)
        self.body.addWidget(self._sum)
        self.add_buttons("写进责任书")
        form.changed.connect(self._tell)
        self._tell()
        self.resize(_WIDTH, _HEIGHT)

    def accept(self) -> None:
        """Take them, once they can stand beside the scheme's indicators."""
        try:
            added = tuple(made for one in self.fields if (made := one.added()) is not None)
            with_added(self._scheme, added)
        except ValueError as problem:  # of a field, or of the core
            self._banner.say(str(problem), Tone.WARN)
            return
        super().accept()
        self._done(added)

    def _add(self, form: Form, name: str, what: Added | str, due: date | None) -> None:
        is_there = isinstance(what, Added)
        wanted = form.add(CheckField(f"{name}{f'（{day_text(due)} 前）' if due else ''}"))
        title = form.add(TextField("指标名称", required=True, most=_LONGEST_NAME), half=True)
        weight = form.add(
            NumberField("权重" if self._unit == "%" else "满分", unit=self._unit, required=True),
            half=True,
        )
        standard = form.add(MultilineField("评分标准", most=_LONGEST, lines=2))
        wanted.set_value(is_there or len(self.fields) == 0)
        title.set_value(name)
        weight.set_value(what.weight if isinstance(what, Added) else _USUAL)
        standard.set_value(what.standard if isinstance(what, Added) else what)
        self.fields.append(_Fields(wanted, title, weight, standard, due))

    def _tell(self) -> None:
        """What they come to, and what is left for the others."""
        try:
            added = [made for one in self.fields if (made := one.added()) is not None]
        except ValueError:
            self._sum.setText("")
            return
        together = number_text(total(added))
        if self._scheme.is_weighted:
            left = number_text(HUNDRED - total(added))
            self._sum.setText(f"改进事项合计 {together}%，其余指标合计 {left}%。")
        else:
            self._sum.setText(f"改进事项合计 {together} 分。")
