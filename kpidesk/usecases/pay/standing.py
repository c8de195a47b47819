"""What the people of a period come to: lines, sum, state, what is missing, what is to be known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpidesk.core.accounts import Account, Entry
from kpidesk.core.facts import Subject
from kpidesk.core.figure import YUAN, Figure, total
from kpidesk.core.findings import Effect, Finding, condensed
from kpidesk.core.payroll.books import PaidLine, paid_lines
from kpidesk.core.payroll.group import Member, PayPeriod
from kpidesk.core.payroll.inputs import Asked, PayField
from kpidesk.core.payroll.lawful import LegalDesk, LegalNote
from kpidesk.core.people import PersonId
from kpidesk.core.period import CYCLE
from kpidesk.core.results import Evaluation
from kpidesk.store.pay_facts import PayLine
from kpidesk.store.pay_runs import Run
from kpidesk.usecases.pay.approving import Approvals
from kpidesk.usecases.pay.gathering import Gathered
from kpidesk.usecases.pay.limits import on_sheets


class PayState(StrEnum):
    """Where somebody's pay of a period stands."""

    EMPTY = "未录入"
    LACKING = "缺数据"
    READY = "可核算"
    ESTIMATED = "暂估"
    SETTLED = "已结算"
    DIFFERS = "有差额"


@dataclass(frozen=True, slots=True)
class PersonPay:
    """Somebody's pay of a period: lines, their sum, and what is still to be posted for it.

    `sum_` is None while nothing was computed. `pending` are differences of this closed period
    that the next settlement posts.
    """

    member: Member
    state: PayState
    lines: tuple[PaidLine, ...]
    sum_: Figure | None
    fields: tuple[PayField, ...]
    ledger: tuple[PayLine, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    pending: tuple[Entry, ...]
    notes: tuple[LegalNote, ...] = ()
    """What the law may ask of it."""
    estimated: frozenset[str] = frozenset()
    """The lines that rest on scores which nobody has approved; by name."""
    approval: Finding | None = None
    """What is to be known of these: it holds settling up where they need an approval."""


@dataclass(frozen=True, slots=True)
class PayDesk:
    """What the people of a view are made from."""

    gathered: Gathered
    period: PayPeriod
    shown: Evaluation
    run: Run | None
    stops: tuple[Finding, ...]
    pending: tuple[Entry, ...]
    asked: Asked
    law: LegalDesk
    recomputed: Evaluation
    approvals: Approvals

    def people(self) -> Iterator[PersonPay]:
        """Everybody who is paid in the period."""
        told, ledgers = self._told(), self._ledgers()
        for member in self.gathered.group.members:
            lines = self._lines(member)
            if lines or self.period.is_late or member.in_service(self.period.days):
                warnings = condensed((*told.get("", ()), *told.get(member.subject, ())))
                ledger = self._of_part(member, ledgers.get(member.person.id, ()))
                yield self._person(member, lines, ledger, warnings)

    def _told(self) -> dict[Subject, list[Finding]]:
        """What is to be known of the amounts of the period, by whose they are; of everybody's, too.

        Looked through once: with five hundred people there are as many findings.
        """
        when, found = ("", CYCLE, self.period.key), dict[Subject, list[Finding]]()
        for one in self.shown.findings:
            if one.effect is Effect.WARNS and one.period in when:
                found.setdefault(one.subject, []).append(one)
        return found

    def _ledgers(self) -> dict[PersonId | None, list[PayLine]]:
        """The dated lines of the period, by person."""
        found: dict[PersonId | None, list[PayLine]] = {}
        for one in self.gathered.lines:
            if one.body and one.body.on in self.period.days:
                found.setdefault(one.person, []).append(one)
        return found

    def _of_part(self, member: Member, lines: Sequence[PayLine]) -> tuple[PayLine, ...]:
        """Of somebody's dated lines, those of the days of a part."""
        group, person = self.gathered.group, member.person.id
        return tuple(
            one
            for one in lines
            if one.body and group.subject_on(person, one.body.on) == member.subject
        )

    def _lines(self, member: Member) -> tuple[PaidLine, ...]:
        return tuple(paid_lines(self.gathered.group, self.shown, self.period, member.subject))

    def _person(
        self,
        member: Member,
        lines: tuple[PaidLine, ...],
        ledger: tuple[PayLine, ...],
        warnings: tuple[Finding, ...],
    ) -> PersonPay:
        subject = member.subject
        elsewhere = on_sheets(self.gathered.group.scheme)
        fields = tuple(
            one
            for one in self.asked.fields(self.period, subject)
            if one.fact is not None or one.known.name not in elsewhere
        )
        mine = tuple(one for one in self.stops if one.subject == subject)
        item_end = f"@{self.period.key}"
        pending = tuple(
            one
            for one in self.pending
            if one.subject == subject
            and one.account is Account.CORRECTION
            and one.item.endswith(item_end)
        )
        sum_ = self._sum(lines, member)
        state = self._state(lines, sum_, fields, ledger, mine, pending)
        notes = self.law.notes(member, lines)
        today = paid_lines(self.gathered.group, self.recomputed, self.period, subject)
        estimated = self.approvals.estimated(member, today)
        approval = self.approvals.finding(member) if estimated else None
        if approval is not None and approval.effect is Effect.WARNS:
            warnings = (*warnings, approval)
        elif approval is not None and state is PayState.READY:
            state = PayState.ESTIMATED
        return PersonPay(
            member,
            state,
            lines,
            sum_,
            fields,
            ledger,
            mine,
            warnings,
            pending,
            notes,
            estimated,
            approval,
        )

    def _sum(self, lines: Sequence[PaidLine], member: Member) -> Figure | None:
        """What the lines come to; None while one is missing that waits for others' figures."""
        there = {one.result.name for one in lines}
        lacking = any(
            one.result not in there
            for one in self.gathered.group.items
            if one.grain is self.period.grain
            and not (one.total or one.apart or one.lead or one.optional)
            and (not one.roles or member.contract.role in one.roles)
        )
        return None if lacking and self.stops else sum_of(lines)

    def _state(  # noqa: PLR0917 - everything that a state depends on
        self,
        lines: Sequence[PaidLine],
        sum_: Figure | None,
        fields: Sequence[PayField],
        ledger: Sequence[PayLine],
        findings: Sequence[Finding],
        pending: Sequence[Entry],
    ) -> PayState:
        if self.run is not None:
            return PayState.DIFFERS if pending else PayState.SETTLED
        if any(one.correction and one.figure.value for one in lines) and not findings:
            return PayState.DIFFERS
        entered = ledger or any(one.fact and not one.agreed for one in fields)
        asked = any(not one.agreed for one in fields)
        if not entered and asked:
            return PayState.EMPTY
        return PayState.LACKING if findings or sum_ is None else PayState.READY


def headcount(people: Iterable[PersonPay]) -> int:
    """How many they are: whoever is paid in parts counts once."""
    return len({one.member.person.id for one in people})


def sum_of(lines: Sequence[PaidLine]) -> Figure | None:
    """What the lines of a statement come to, those apart left out; None without any line."""
    figures = [one.figure for one in lines if not one.apart]
    if not figures:
        return None
    return total(figures, YUAN).named("应发合计")
