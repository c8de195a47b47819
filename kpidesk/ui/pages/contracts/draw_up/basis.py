"""The second step: by which scheme, as what, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.settings import Ref
from kpidesk.ui.forms import ChoiceField, DateField, Form
from kpidesk.ui.pages.scheme_choice import SchemeChoice
from kpidesk.ui.widgets import label
from kpidesk.ui.words import grain_text, span_text
from kpidesk.usecases.cycles import cycles_in, fitting_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk

_LENGTHS = (Grain.YEAR, Grain.HALF_YEAR, Grain.QUARTER, Grain.MONTH)
_LATE = 9
"""From October on, contracts are mostly drawn up for the coming year."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What contracts rest on; `scheme` has its indicators, its own or the other scheme's."""

    scheme: Scheme
    scheme_id: str
    indicator_id: str
    role: str
    term: Period


class BasisStep(QWidget):
    """Scheme, role and term, with what the term comes to in cycles."""

    def __init__(self, desk: Desk) -> None:
        """Without schemes until `show_schemes`."""
        super().__init__()
        self.form = form = Form(desk.look)
        self.choice = SchemeChoice(form)
        self.scheme, self.role = self.choice.scheme, self.choice.role
        self.indicators = self.choice.indicators
        self.start = form.add(
            DateField(desk.look, "责任期限开始日", required=True, hint="可以是任何一天"), half=True
        )
        self.length: ChoiceField[Grain] = form.add(
            ChoiceField("期限长度", [(one, grain_text(one)) for one in _LENGTHS], required=True),
            half=True,
        )
        today = desk.today
        self.start.set_value(date(today.year + (today.month > _LATE), 1, 1))
        self.length.set_value(Grain.YEAR)
        self._said = label("", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(form)
        layout.addWidget(self._said)
        layout.addStretch(1)
        self.choice.changed.connect(self._tell)
        for field in (self.start, self.length):
            field.changed.connect(self._tell)

    def show_schemes(self, schemes: Sequence[Scheme], chosen: str) -> None:
        """Offer these schemes; `chosen` is taken already."""
        self.choice.show_schemes(schemes, chosen)

    def suggest(self, posts: Sequence[str]) -> None:
        """Choose the scheme that appraises the first of these posts, and its role."""
        if not self.form.is_dirty and self.choice.suggest(posts):
            self.form.settle()

    def check(self) -> bool:
        """Whether it makes sense; says at the field what does not."""
        if not self.form.check():
            return False
        try:
            basis = self.basis()
            fitting_length(basis.scheme, basis.term)
        except KpiDeskError as problem:
            self.start.refuse(str(problem))
            return False
        return True

    def basis(self) -> Basis:
        """What was chosen; ValueError or KpiDeskError when it makes no sense."""
        scheme = self.choice.combined()
        scheme_id, indicator_id, role = self.choice.ids
        start = self.start.value()
        if start is None:
            msg = "请填写责任期限开始日，例如 2026-01-01"
            raise ValueError(msg)
        term = Cycle.starting(start, self.length.chosen()).period
        return Basis(scheme, scheme_id, indicator_id, role, term)

    def _tell(self) -> None:
        """What the term is, in days and cycles; nothing while it makes no sense."""
        try:
            basis = self.basis()
            settings = fitting_length(basis.scheme, basis.term)
            cycles = cycles_in(basis.scheme, settings, basis.term)
        except ValueError:
            self._said.setText("")
            return
        except KpiDeskError as problem:
            self._said.setText(str(problem))
            return
        if not basis.scheme.is_scored:
            self._said.setText(
                f"责任期限：{span_text(basis.term)}。这个方案按业绩核算，没有评分表。"
            )
            return
        first = cycle_of(basis.scheme, settings, cycles[0].start).period
        length = basis.scheme.cycle
        if isinstance(length, Ref):
            each = "（周期长度可在下一步改选）"
        else:
            each = f"，每期{grain_text(length)}"
        self._said.setText(
            f"责任期限：{span_text(basis.term)}。共考核 {len(cycles)} 次{each}，"
            f"第一次考核 {span_text(first)}。"
        )
