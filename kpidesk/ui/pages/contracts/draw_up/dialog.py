"""The dialog 拟定责任书: four steps at most, nothing lost on the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kpidesk.ui.dialogs import confirm
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.draw_up.basis import Basis, BasisStep
from kpidesk.ui.pages.contracts.draw_up.people import PeopleStep
from kpidesk.ui.pages.contracts.draw_up.terms import TermsSteps
from kpidesk.ui.widgets import Badge, Banner, push_button, row, scrolled
from kpidesk.usecases import contracts as contract_cases
from kpidesk.usecases import people as people_cases
from kpidesk.usecases import schemes as scheme_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.core.people import PersonId
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import DrawnUp
    from kpidesk.usecases.people import PersonRow

_SIZE = QSize(940, 640)
_PEOPLE, _BASIS, _PARAMETERS, _TARGETS = range(4)
_NAMES = ("人员", "方案与期限", "参数与权重", "目标")


@dataclass(frozen=True, slots=True)
class _Offer:
    people: tuple[PersonRow, ...]
    schemes: tuple[Scheme, ...]


class DrawUpDialog(Dialog):
    """Asks step by step; a step with nothing to choose is passed over."""

    chapter = "拟定"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        drawn_up: Callable[[DrawnUp], object],
        *,
        people: Sequence[PersonId] = (),
        scheme: str = "",
    ) -> None:
        """`people` are ticked and `scheme` is chosen already; `drawn_up` gets the new drafts."""
        super().__init__(parent, "拟定责任书", width=_SIZE.width())
        self._desk, self._drawn_up = desk, drawn_up
        self._scheme_id = scheme
        self._basis: Basis | None = None
        self._saving = False
        self._skips_people = bool(people)
        self.people = PeopleStep(desk, people)
        self.people.changed.connect(self._name_buttons)
        self.basis = BasisStep(desk)
        self.terms = TermsSteps(desk)
        self._banner = Banner(desk.look)
        self._marks = [Badge(desk.look, f"{n}  {name}") for n, name in enumerate(_NAMES, 1)]
        self._build()
        desk.ask(_offer, self._show_offer, owner=self)

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for step in (
            self.people,
            scrolled(self.basis),
            scrolled(self.terms.parameters_page),
            self.terms.targets_page,
        ):
            self.stack.addWidget(step)
        self.body.addLayout(row(*self._marks, None, spacing=10))
        self.body.addWidget(self._banner)
        self.body.addWidget(self.stack, 1)
        self.back = push_button(self._desk.look, "上一步", self.go_back, icon="arrow-left")
        self.back.setAutoDefault(False)
        self.add_buttons("下一步")
        buttons = self._outer.itemAt(self._outer.count() - 1).layout()
        if isinstance(buttons, QHBoxLayout):
            buttons.insertWidget(0, self.back)
        self.resize(_SIZE)
        self._go(_BASIS if self._skips_people else _PEOPLE)

    @property
    def step(self) -> int:
        """The step in view, from 0."""
        return self.stack.currentIndex()

    # --- steps

    def accept(self) -> None:
        """On to the next step that has something to choose; draw up after the last."""
        self._banner.say("")
        if self._saving or not self._check(self.step):
            return
        following = [step for step in range(self.step + 1, len(_NAMES)) if self._has(step)]
        if following:
            self._go(following[0])
        else:
            self._draw_up()

    def go_back(self) -> None:
        """The step before; what was filled in stays."""
        before = [step for step in range(self.step) if self._has(step)]
        if before:
            self._go(before[-1])

    def reject(self) -> None:
        """Close; asks first when something was chosen."""
        if self._saving:
            return
        if not self.terms.is_touched and not self.basis.form.is_dirty:
            super().reject()
            return
        confirm(
            self._desk,
            self,
            title="放弃拟定？",
            text="已填写的内容还没有生成责任书，关闭后将丢失。",
            action="放弃",
            danger=True,
            then=self._give_up,
        )

    def _give_up(self) -> None:
        super().reject()

    def _go(self, step: int) -> None:
        if step == _BASIS and self._basis is None and not self._scheme_id:
            self.basis.suggest(self.people.posts())
        self.stack.setCurrentIndex(step)
        for number, mark in enumerate(self._marks):
            tone = Tone.ACCENT if number == step else Tone.NEUTRAL
            mark.say(mark.text(), Tone.GOOD if number < step else tone)
            mark.setVisible(self._has(number))
        self.back.setVisible(any(self._has(one) for one in range(step)))
        if step in (_PARAMETERS, _TARGETS):
            self.terms.begin(is_targets=step == _TARGETS)
        self._name_buttons()

    def _has(self, step: int) -> bool:
        if step == _PARAMETERS:
            return self._basis is None or self.terms.has_parameters
        if step == _TARGETS:
            return self._basis is None or self.terms.has_targets
        return True

    @Slot()
    def _name_buttons(self) -> None:
        last = not any(self._has(step) for step in range(self.step + 1, len(_NAMES)))
        count = len(self.people.chosen())
        self.accept_button.setText(f"生成 {count} 份草稿" if last else "下一步")

    def _check(self, step: int) -> bool:
        match step:
            case 0:
                return self.people.check()
            case 1:
                if not self.basis.check():
                    return False
                self._basis = self.basis.basis()
                self.terms.take(self._basis, self.people.chosen())
                return True
            case 2:
                return self.terms.check_parameters()
            case _:
                return self.terms.targets.check()

    # --- at both ends

    def _show_offer(self, offer: _Offer) -> None:
        self.people.show_people(offer.people)
        self.basis.show_schemes(offer.schemes, self._scheme_id)
        self._go(self.step)

    def _draw_up(self) -> None:
        basis = self._basis
        if basis is None:
            return
        people, settings = self.people.chosen(), self.terms.settings()
        targets = self.terms.finished_targets()
        actor, today = self._desk.officer, self._desk.today
        self._set_saving(saving=True)

        def work(company: Company) -> DrawnUp:
            return contract_cases.draw_up(
                company,
                people=people,
                scheme=basis.scheme_id,
                role=basis.role,
                term=basis.term,
                settings=settings,
                indicator_scheme=basis.indicator_id,
                targets=targets,
                actor=actor,
                today=today,
            )

        self._desk.act(work, self._succeed, self._fail, owner=self)

    def _succeed(self, made: DrawnUp) -> None:
        self._set_saving(saving=False)
        super().accept()
        self._drawn_up(made)

    def _fail(self, problem: Exception) -> None:
        self._set_saving(saving=False)
        self._banner.say(message_of(problem))

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self.accept_button.setEnabled(not saving)


def _offer(company: Company) -> _Offer:
    rows = scheme_cases.list_schemes(company)
    usable = (one.id for one in rows if not one.lost)
    schemes = tuple(scheme_cases.scheme_details(one, company=company).scheme for one in usable)
    return _Offer(people_cases.list_people(company), schemes)
