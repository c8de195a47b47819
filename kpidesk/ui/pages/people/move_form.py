"""What a change of post asks: from when, where to, and what becomes of the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kpidesk.core.contract import ContractState
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.payroll.grouping import terms_cycles
from kpidesk.core.period import MONTHS_IN_YEAR, Grain, Period, add_months
from kpidesk.core.scheme import Span
from kpidesk.ui.forms import CheckField, ChoiceField, DateField, Form, TextField
from kpidesk.ui.pages.people.held_field import HeldField
from kpidesk.ui.pages.people.moved_words import left_out
from kpidesk.ui.pages.people.place_fields import department_field, superior_field
from kpidesk.ui.pages.scheme_choice import SchemeChoice
from kpidesk.ui.widgets import label
from kpidesk.ui.words import long_day_text, span_text
from kpidesk.usecases.cycles import cycles_in, fitting_length
from kpidesk.usecases.moving import Move, NewContract

if TYPE_CHECKING:
    from kpidesk.core.people import Person
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms import Field
    from kpidesk.ui.pages.people.listing import Listing
    from kpidesk.usecases.moving import Held

_REASON = "岗位调整"
_REASON_LENGTH = 120


@dataclass(frozen=True, slots=True)
class MoveOffer:
    """What there is to choose from."""

    held: tuple[Held, ...]
    schemes: tuple[Scheme, ...]


class MoveForm(Form):
    """Everything is filled in for the most usual case: one contract ends, another begins."""

    def __init__(
        self,
        desk: Desk,
        listing: Listing,
        person: Person,
        offer: MoveOffer,
        *,
        since: date | None = None,
    ) -> None:
        """`since`: the register has the new post already, from that day on."""
        super().__init__(desk.look)
        self._desk, self._person, self._offer = desk, person, offer
        self._posted = since
        self._add_post(listing)
        self.contracts = [self.add(HeldField(one)) for one in offer.held if not one.ending]
        self.switch_on = self.add(
            ChoiceField(
                "责任书从哪一天起换",
                self._days(),
                required=True,
                hint="从一个月的第一天换，原责任书到前一天为止",
            ),
            half=True,
        )
        self.reason = self.add(
            TextField(
                "终止原因",
                required=True,
                most=_REASON_LENGTH,
                hint="印在终止协议开头：“因……，经双方协商一致”",
            ),
            half=True,
        )
        self.reason.set_value(_REASON)
        self.add_heading("新岗位的责任书")
        self.draws = self.add(CheckField("从换签那天起，拟一份新岗位的责任书（草稿）"))
        self.draws.set_value(value=True)
        self.in_part = self.add(
            CheckField("期限里不满一个考核周期的几个月，合起来考核、核算（责任书上写明）")
        )
        self.in_part.set_value(value=True)
        self._said = label("", "muted", wrap=True)
        self.add_widget(self._said)
        self.choice = SchemeChoice(self, beside=True)
        self.last_day = self.add(DateField(desk.look, "责任期限到", required=True), half=True)
        self.takes_over = self.add(
            ChoiceField(
                "目标",
                [
                    (True, "沿用原责任书余下各月"),
                    (False, "按目标计划带出，没有的留空"),
                ],
                required=True,
                hint="两份责任书都有的目标才能沿用；没有分月的，按月数折算",
            ),
            half=True,
        )
        self.takes_over.set_value(value=True)
        self.choice.show_schemes(offer.schemes, "")
        self._fill()
        self.since.changed.connect(self._follow_day)
        self.post.changed.connect(self._follow_post)
        self.choice.changed.connect(self._tell)
        self.in_part.changed.connect(self._tell)
        asked: tuple[Field[Any], ...] = (self.switch_on, self.last_day, self.draws)
        for field in (*asked, *self.contracts):
            field.changed.connect(self._follow)
        self._follow()
        self.settle()

    def wanted(self) -> Move:
        """What was filled in; it was checked."""
        ends = tuple((one.held.row.id, one.chosen()) for one in self.contracts)
        day = self.switch_on.chosen() if self.switch_on.isEnabled() else None
        last = self.last_day.value()
        new = None
        if self.draws.value() and last is not None:
            scheme, lender, role = self.choice.ids
            takes = self.takes_over.isEnabled() and self.takes_over.chosen()
            in_part = self.in_part.isEnabled() and self.in_part.value()
            new = NewContract(scheme, lender, role, last, takes_over=takes, in_part=in_part)
        return Move(
            self._person.id,
            self.since.value() or self._desk.today,
            self.department.chosen(),
            self.post.value(),
            self.superior.value(),
            self.reason.value() if self.reason.isEnabled() else "",
            ends,
            day,
            new,
        )

    # --- building

    def _add_post(self, listing: Listing) -> None:
        person = self._person
        self.since = self.add(
            DateField(
                self._desk.look,
                "新岗位从哪天起",
                required=True,
                least=person.hired_on,
                most=self._desk.today,
                hint="记入任职记录；还没到的日子，请到那天再办",
            ),
            half=True,
        )
        self.department = self.add(department_field(listing), half=True)
        self.post = self.add(
            TextField(
                "岗位",
                required=True,
                known=listing.posts(),
            ),
            half=True,
        )
        self.superior = self.add(superior_field(listing, self._desk.today, person), half=True)
        self.since.set_value(self._posted or self._desk.today)
        self.department.set_value(person.department)
        self.post.set_value(person.post)
        self.superior.set_value(person.superior)
        self.add_heading("现在的责任书")
        waiting = [one for one in self._offer.held if one.ending]
        for one in waiting:
            self.add_widget(
                label(
                    f"{one.row.number}：终止协议 {one.ending} 已经拟定，"
                    "在“责任书”页打印、签署后生效。",
                    "muted",
                    wrap=True,
                )
            )
        if not self._offer.held:
            self.add_widget(label("没有在期的责任书。", "muted"))

    def _days(self) -> list[tuple[date, str]]:
        """From which days a contract may take over: those of the months of what is ended."""
        found = {
            day
            for one in self._offer.held
            if one.row.state is ContractState.SIGNED and not one.ending
            for day in one.starts
        }
        if not found:
            first = (self._posted or self._desk.today).replace(day=1)
            found = {add_months(first, number) for number in range(-1, MONTHS_IN_YEAR)}
        return [(day, long_day_text(day)) for day in sorted(found)]

    # --- filling in and following

    def _fill(self) -> None:
        self._follow_day()
        held = self._offer.held
        last = max((one.row.term.last_day for one in held), default=None)
        day = self.switch_on.value() or self._desk.today
        self.last_day.set_value(last or Period.containing(day, Grain.YEAR).last_day)
        if held and (self._posted is None or not self.choice.suggest([self._person.post])):
            self._choose(held[0])

    def _choose(self, one: Held) -> None:
        known = {scheme.id for scheme in self._offer.schemes}
        if one.scheme in known:
            self.choice.choose(one.scheme, one.role, one.indicator_scheme)

    def _follow_day(self) -> None:
        """Contracts change over on the day itself, or with the next month."""
        try:
            since = self.since.value() or self._desk.today
        except ValueError:
            return
        if not self.switch_on.is_dirty:
            days = [day for day, _ in self._days()]
            later = [day for day in days if day >= since]
            self.switch_on.set_value(later[0] if later else days[-1])

    def _follow_post(self) -> None:
        """The scheme that appraises the new post, where one names it."""
        self.choice.suggest([str(self.post.raw())])

    def _follow(self) -> None:
        for field in self.contracts:
            field.follow(self.switch_on.value())
        ends = any(field.ends for field in self.contracts)
        draws = self.draws.value()
        _use(self.reason, used=ends)
        _use(self.switch_on, used=ends or draws)
        _use(self.last_day, used=draws)
        _use(self.takes_over, used=draws and ends)
        self.choice.set_used(used=draws)
        self._tell()

    def _tell(self) -> None:
        """What the new term comes to in cycles; nothing while it makes no sense."""
        self._said.setText("")
        draws = self.draws.value()
        _use(self.in_part, used=False)
        try:
            day, last, scheme = (
                self.switch_on.chosen(),
                self.last_day.value(),
                self.choice.combined(),
            )
            if not draws or last is None:
                return
            term = Period(day, date.fromordinal(last.toordinal() + 1))
            whole = terms_cycles(scheme, (), term)
            is_ragged = scheme.span is Span.FIXED and (not whole or whole[-1].end < term.end)
            _use(self.in_part, used=is_ragged)
            if is_ragged and self.in_part.value():
                cycles = cycles_in(scheme, {}, term, in_part=True)
            else:
                cycles = cycles_in(scheme, fitting_length(scheme, term), term)
        except KpiDeskError as problem:
            self._said.setText(str(problem))
            return
        except ValueError:
            return
        counted = "按业绩核算，没有评分表"
        if scheme.is_scored:
            counted = f"共考核 {len(cycles)} 次，最后一次 {span_text(cycles[-1])}"
        out = left_out(term, cycles)
        self._said.setText(f"新责任书：{span_text(term)}，{counted}{out and f'；{out}'}。")


def _use(field: Field[Any], *, used: bool) -> None:
    field.setEnabled(used)
    field.setVisible(used)
