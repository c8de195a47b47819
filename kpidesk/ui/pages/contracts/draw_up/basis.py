"""The second step: by which scheme, as what, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.settings import Ref
from kpidesk.ui.forms import ChoiceField, DateField, Form
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
        self._schemes: dict[str, Scheme] = {}
        self.form = form = Form(desk.look)
        self.scheme: ChoiceField[str] = form.add(ChoiceField("考核方案", [], required=True))
        self.indicators: ChoiceField[str] = form.add(
            ChoiceField(
                "指标取自方案",
                [],
                required=True,
                hint="所选方案的原文缺少指标，请另选一个方案提供指标和评分标准。",
            )
        )
        self.role: ChoiceField[str] = form.add(ChoiceField("被考核岗位", [], required=True))
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
        self.scheme.changed.connect(self._follow_scheme)
        for field in (self.indicators, self.start, self.length):
            field.changed.connect(self._tell)

    def show_schemes(self, schemes: Sequence[Scheme], chosen: str) -> None:
        """Offer these schemes; `chosen` is taken already."""
        self._schemes = {one.id: one for one in schemes}
        self.scheme.set_options([(one.id, one.title) for one in schemes])
        usable = [one for one in schemes if one.is_scored and not needs_indicators(one)]
        self.indicators.set_options([(one.id, one.title) for one in usable])
        first = chosen if chosen in self._schemes else next(iter(self._schemes), None)
        self.scheme.set_value(first)
        self.indicators.set_value(usable[0].id if usable else None)
        self._follow_scheme()
        self.form.settle()

    def suggest(self, posts: Sequence[str]) -> None:
        """Choose the scheme that appraises the first of these posts, and its role."""
        found = [
            (len(role.title), scheme, role)
            for scheme in self._schemes.values()
            for role in scheme.roles
            if posts and role.title in posts[0]
        ]
        if found and not self.form.is_dirty:
            _, scheme, role = max(found, key=lambda one: one[0])
            self.scheme.set_value(scheme.id)
            self._follow_scheme()
            self.role.set_value(role.name)
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
        terms = self._schemes[self.scheme.chosen()]
        indicator_id = self.indicators.chosen() if needs_indicators(terms) else ""
        scheme = with_indicators(terms, self._schemes[indicator_id]) if indicator_id else terms
        start = self.start.value()
        if start is None:
            msg = "请填写责任期限开始日，例如 2026-01-01"
            raise ValueError(msg)
        term = Cycle.starting(start, self.length.chosen()).period
        return Basis(scheme, terms.id, indicator_id, self.role.chosen(), term)

    def _follow_scheme(self) -> None:
        try:
            scheme = self._schemes[self.scheme.chosen()]
        except ValueError:
            return  # nothing is chosen while the list is being filled
        needs = needs_indicators(scheme)
        self.indicators.setVisible(needs)
        self.indicators.setEnabled(needs)
        self.role.set_options([(one.name, one.title) for one in scheme.roles])
        if not self.role.raw():
            self.role.set_value(scheme.roles[0].name)
        self.role.setVisible(len(scheme.roles) > 1)
        self._tell()

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
