"""The sample company's year up to the signatures: people come and go, contracts are drawn up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from kpidesk.core.added_item import Added
from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.usecases.appraisals import carried_on, list_appraisals
from kpidesk.usecases.company import company_profile, save_profile
from kpidesk.usecases.contracts import (
    BOTH,
    draw_up,
    draw_up_amendment,
    edit_contract,
    load_contract,
    mark_printed,
    move_copies,
    sign,
    void,
)
from kpidesk.usecases.incidents import write_incident
from kpidesk.usecases.people import (
    add_department,
    add_person,
    edit_person,
    leave_person,
    list_people,
)
from kpidesk.usecases.sample.contracts import MONTHLY, Terms, next_terms, terms_of
from kpidesk.usecases.sample.diary import Diary
from kpidesk.usecases.sample.figures import Figures
from kpidesk.usecases.sample.material import Director, Happening, Manager, Material, Member, Move
from kpidesk.usecases.session import Company
from kpidesk.usecases.targets import (
    PlanKey,
    copy_last_year,
    last_year,
    load_view,
    publish,
    save_plan,
)

_POINTS = Decimal(5)
"""What an item of an improvement plan is worth as an indicator."""


@dataclass(slots=True)
class Year:
    """The company being lived in, and the ids of what was made so far."""

    company: Company
    figures: Figures
    departments: dict[str, DepartmentId] = field(default_factory=dict)
    people: dict[str, PersonId] = field(default_factory=dict)
    contracts: dict[tuple[str, int], ContractId] = field(default_factory=dict)
    sheets: dict[tuple[str, date], AppraisalId] = field(default_factory=dict)
    """By the person's number and the first day of the cycle."""
    amendments: list[ContractId] = field(default_factory=list)

    @property
    def material(self) -> Material:
        """What the company is made from."""
        return self.figures.material

    @property
    def officer(self) -> str:
        """Who enters everything."""
        return self.material.officer

    def write(self, diary: Diary) -> None:
        """Put it all into the diary."""
        days = self.material.days
        diary.on(days.founded, self._furnish)
        for member in self.material.people:
            diary.on(max(days.founded, member.hired_on), partial(self._add, member))
            if member.left_on:
                diary.on(member.left_on, partial(self._leave, member, member.left_on))
        for director in self.material.directors:
            self._write_contract(diary, director)
        for manager in self.material.managers:
            self._write_contract(diary, manager)
        self._write_amendment(diary)
        copies = self.material.copies
        diary.on(copies.sealed_on, partial(self._move, CopyState.SEALED, BOTH))
        diary.on(copies.delivered_on, partial(self._move, CopyState.DELIVERED, (Copy.PARTY_B,)))
        self._write_next_year(diary)
        for one in self.material.incidents:
            diary.on(one.on, partial(self._write_down, one))
        for move in self.material.moves:
            diary.on(move.on, partial(self._move_on, move))

    def _write_contract(self, diary: Diary, who: Director | Manager) -> None:
        days, year = self.material.days, self.material.year
        terms = terms_of(who, self.figures)
        own = who.drawn_up if isinstance(who, Manager) else None
        diary.on(own or days.drawn_up, partial(self._draw_up, who.person, year, terms))
        diary.on(own or days.printed, partial(self._print, who.person, year))
        diary.on(who.signed or days.signed, partial(self._sign, who.person, year))

    def _write_next_year(self, diary: Diary) -> None:
        plan, year = self.material.next_year, self.material.year + 1
        for who in self.material.managers:
            number = who.person
            if number in (*plan.drafts, *plan.printed, plan.void):
                terms = next_terms(who, self.figures)
                diary.on(plan.drawn_up, partial(self._draw_up, number, year, terms))
            if number in plan.printed:
                diary.on(plan.printed_on, partial(self._print, number, year))
        diary.on(plan.drawn_up, self._plan_targets)
        for number in plan.drafts:
            diary.on(plan.drawn_up, partial(self._take_up, number, year))
        diary.on(plan.void_on, partial(self._void, plan.void, year, plan.void_reason))

    def _write_amendment(self, diary: Diary) -> None:
        plan = self.material.amendment
        diary.on(plan.drawn_up, self._amend)
        diary.on(plan.printed_on, self._print_amendment)
        diary.on(plan.signed_on, self._sign_amendment)

    # -- deeds --------------------------------------------------------------------------------

    def _furnish(self, day: date) -> None:
        profile = replace(company_profile(self.company), address=self.material.address)
        save_profile(self.company, profile, actor=self.officer, today=day)
        for unit in self.material.departments:
            self.departments[unit.name] = add_department(
                self.company,
                name=unit.name,
                parent=self.departments[unit.parent] if unit.parent else None,
                actor=self.officer,
                today=day,
            ).id

    def _add(self, member: Member, day: date) -> None:
        self.people[member.number] = add_person(
            self.company,
            number=member.number,
            name=member.name,
            department=self.departments[member.department],
            post=member.post,
            superior=self.people[member.superior] if member.superior else None,
            hired_on=member.hired_on,
            actor=self.officer,
            today=day,
        ).id

    def _move_on(self, move: Move, day: date) -> None:
        person = next(
            one.person
            for one in list_people(self.company)
            if one.person.id == self.people[move.person]
        )
        after = replace(
            person,
            department=self.departments[move.department],
            post=move.post,
            superior=self.people[move.superior],
        )
        edit_person(self.company, after, since=move.on, actor=self.officer, today=day)

    def _leave(self, member: Member, last_day: date, day: date) -> None:
        leave_person(
            self.company,
            self.people[member.number],
            last_day=last_day,
            reason="个人原因辞职",
            actor=self.officer,
            today=day,
        )

    def _draw_up(self, number: str, year: int, terms: Terms, day: date) -> None:
        drawn = draw_up(
            self.company,
            people=[self.people[number]],
            scheme=terms.scheme,
            role=terms.role,
            term=terms.term,
            settings=terms.settings,
            indicator_scheme=terms.indicator_scheme,
            targets=terms.targets,
            special_terms=terms.special_terms,
            actor=self.officer,
            today=day,
        )
        self.contracts[number, year] = drawn.ids[0]

    def _plan_targets(self, day: date) -> None:
        """Those who have no contract of the next year yet get last year's figures, raised."""
        key = PlanKey(MONTHLY, "", "sales_plan", Period.months(self.material.year + 1, 1, 12))
        who: dict[str, Any] = {"actor": self.officer, "today": day}
        view = load_view(self.company, key)
        more = Decimal(self.material.next_year.raise_)
        last = last_year(self.company, key)
        whole = {id_ for id_, line in last.items() if None not in line.months}
        without = {one.id for one in view.people if one.id in whole and not one.agreed}
        save_plan(self.company, copy_last_year(view, view.plan, last, more, without).plan, **who)
        publish(self.company, key, follow=False, **who)

    def _print(self, number: str, year: int, day: date) -> None:
        mark_printed(self.company, [self.contracts[number, year]], actor=self.officer, today=day)

    def _sign(self, number: str, year: int, day: date) -> None:
        contract = self.contracts[number, year]
        sign(self.company, contract, signed_on=day, actor=self.officer, today=day)
        for row in list_appraisals(self.company):
            self.sheets[row.person_number, row.cycle.start] = row.id

    def _write_down(self, one: Happening, day: date) -> None:
        write_incident(
            self.company,
            person=self.people[one.person],
            on=one.on,
            side=one.side,
            note=one.note,
            actor=self.officer,
            today=day,
        )

    def _take_up(self, number: str, year: int, day: date) -> None:
        """What was not done by the plan is judged next year as an indicator of the contract."""
        items = carried_on(self.company, self.people[number])
        if not items:
            return
        contract = load_contract(self.company, self.contracts[number, year]).contract
        item, due = items[0].item, items[0].due
        agreed = due if due is not None and due in contract.term else None
        added = Added(item.what, _POINTS, item.measure or item.what, agreed)
        after = replace(contract, added=(added,))
        edit_contract(self.company, after, actor=self.officer, today=day)

    def _amend(self, day: date) -> None:
        plan = self.material.amendment
        who: dict[str, Any] = {"actor": self.officer, "today": day}
        amendment = draw_up_amendment(
            self.company,
            self.contracts[plan.person, self.material.year],
            effective_on=plan.effective_on,
            reason=plan.reason,
            **who,
        ).id
        self.amendments.append(amendment)
        draft = load_contract(self.company, amendment).contract
        terms = (*draft.special_terms, *plan.terms)
        edit_contract(self.company, replace(draft, special_terms=terms), **who)

    def _print_amendment(self, day: date) -> None:
        mark_printed(self.company, self.amendments, actor=self.officer, today=day)

    def _sign_amendment(self, day: date) -> None:
        sign(self.company, self.amendments, signed_on=day, actor=self.officer, today=day)

    def _move(self, to: CopyState, copies: tuple[Copy, ...], day: date) -> None:
        ids = [self.contracts[one.person, self.material.year] for one in self.material.directors]
        move_copies(self.company, ids, copies=copies, to=to, on=day, actor=self.officer, today=day)

    def _void(self, number: str, year: int, reason: str, day: date) -> None:
        contract = self.contracts[number, year]
        void(self.company, contract, reason=reason, actor=self.officer, today=day)
