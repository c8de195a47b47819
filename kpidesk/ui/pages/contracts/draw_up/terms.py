"""The last two steps: parameters and targets of what was chosen; kept when one goes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.period import Cycle
from kpidesk.core.settings import Ref
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.draft import TermsDraft, target_drafts
from kpidesk.ui.pages.contracts.draw_up.earlier import EarlierPanel
from kpidesk.ui.pages.contracts.parameters import ParametersPanel
from kpidesk.ui.pages.contracts.targets import TargetsPanel
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.widgets import column, label
from kpidesk.ui.words import number_text
from kpidesk.usecases import contracts
from kpidesk.usecases.cycles import cycles_in, fitting_length

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kpidesk.core.people import PersonId
    from kpidesk.core.settings import SettingValue
    from kpidesk.core.target import Target
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.contracts.draft import SetTarget
    from kpidesk.ui.pages.contracts.draw_up.basis import Basis
    from kpidesk.usecases.company import Company


class TermsSteps(QObject):
    """Two pages of the dialog, filled anew when another scheme or term is taken."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `take`."""
        super().__init__()
        self._desk = desk
        self._basis: Basis | None = None
        self._draft = TermsDraft()
        self._touched = False
        self.parameters: ParametersPanel | None = None
        self.earlier: EarlierPanel | None = None
        self.parameters_page = Holder()
        self.targets = TargetsPanel(desk)
        self.targets.edit.connect(self._edit)
        self.targets_page = QWidget()
        hint = (
            "留空的目标按“目标”页的计划带出，各人各是各的；这里填的是所选的人共同的目标。"
            "先填全期目标，再平均分解或逐月填写；还没有定下来的，生成草稿后再补。"
        )
        layout = column(label(hint, "muted", wrap=True), self.targets, spacing=8)
        layout.setStretch(1, 1)
        self.targets_page.setLayout(layout)

    @property
    def has_parameters(self) -> bool:
        """Whether the scheme leaves something to choose."""
        return self.parameters is not None and not self.parameters.is_empty

    @property
    def has_targets(self) -> bool:
        """Whether the scheme scores figures against targets."""
        return bool(self._measured().targets)

    @property
    def is_touched(self) -> bool:
        """Whether the officer filled something in."""
        return self._touched or (self.parameters is not None and self.parameters.form.is_dirty)

    def take(self, basis: Basis, people: Sequence[PersonId] = ()) -> None:
        """Offer what the scheme asks for; what was filled in stays where it fits.

        What earlier contracts of these people set is offered beside it.
        """
        before, self._basis = self._basis, basis
        if before is None or before.scheme != basis.scheme:
            look = self._desk.look
            self.parameters = ParametersPanel(look, basis.scheme)
            self.parameters.show_settings(fitting_length(basis.scheme, basis.term))
            self.earlier = EarlierPanel(self._desk, basis.scheme, self.parameters)
            self.parameters_page.put(self.earlier, self.parameters)
        if self.earlier is not None:
            self.earlier.look(people, basis)
        months = len(Cycle(basis.term).contract_months())
        kept = {one.fact: one for one in self._draft.targets}
        blank = target_drafts(basis.scheme, basis.role, months)
        self._draft = TermsDraft(
            tuple(
                kept[one.fact]
                if one.fact in kept and len(kept[one.fact].months) == len(one.months)
                else one
                for one in blank
            )
        )
        self._show()
        self._ask_plans(basis, people)

    def _ask_plans(self, basis: Basis, people: Sequence[PersonId]) -> None:
        """Say what the plan will fill in: what is left empty here is not missing then."""
        self.targets.show_planned({})

        def work(company: Company) -> dict[str, tuple[Decimal, ...]]:
            return contracts.planned_figures(
                company,
                people=people,
                scheme=basis.scheme_id,
                indicator_scheme=basis.indicator_id,
                term=basis.term,
            )

        def show(found: dict[str, tuple[Decimal, ...]]) -> None:
            if basis is self._basis:
                units = {one.fact: one.unit for one in self._draft.targets}
                self.targets.show_planned(
                    {
                        fact: _planned(totals, len(people), units[fact])
                        for fact, totals in found.items()
                        if fact in units
                    }
                )

        self._desk.ask(work, show, owner=self.targets)

    def begin(self, *, is_targets: bool) -> None:
        """Put the cursor where typing starts on one of the two pages."""
        if is_targets:
            self._show()  # the parameters say which indicators are measured
            self.targets.begin()
        elif self.parameters is not None and self.parameters.fields:
            next(iter(self.parameters.fields.values())).setFocus()

    def check_parameters(self) -> bool:
        """Whether the parameters can be used; says at the fields what is wrong."""
        basis, panel = self._basis, self.parameters
        if basis is None or panel is None:
            return True
        if not panel.check(basis.term.start):
            return False
        try:
            cycles_in(basis.scheme, panel.settings(), basis.term)
        except KpiDeskError as problem:
            length = basis.scheme.cycle
            if isinstance(length, Ref):  # another length was checked with the term itself
                panel.fields[length.parameter].refuse(str(problem))
            return False
        return True

    def settings(self) -> dict[str, SettingValue]:
        """The parameters that are set, once they are checked."""
        return {} if self.parameters is None else self.parameters.settings()

    def finished_targets(self) -> tuple[Target, ...]:
        """The targets that are filled in, once they are checked."""
        return self._measured().finished_targets()

    def _measured(self) -> TermsDraft:
        """The draft with the targets that the parameters leave; all while these are wrong."""
        if self._basis is None:
            return self._draft
        try:
            settings = tuple(self.settings().items())
        except ValueError:
            return self._draft
        draft = replace(self._draft, settings=settings)
        return draft.measured(self._basis.scheme, self._basis.role)

    def _show(self) -> None:
        if self._basis is not None:
            months = Cycle(self._basis.term).contract_months()
            self.targets.show_targets(self._measured().targets, months)

    @Slot(object)
    def _edit(self, edit: SetTarget) -> None:
        self._touched = True
        self._draft, _ = edit.apply(self._draft)
        self._show()


def _planned(totals: Sequence[Decimal], people: int, unit: str) -> tuple[str, Tone]:
    """What the plan has for the chosen people, and what it does not."""
    if len(totals) < people:
        return f"目标计划里 {len(totals)} 人有，{people - len(totals)} 人还没有", Tone.WARN
    if people == 1:
        return f"按目标计划带出 {number_text(totals[0])} {unit}".rstrip(), Tone.GOOD
    return f"按目标计划带出，{people} 人都有", Tone.GOOD
