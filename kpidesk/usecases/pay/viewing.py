"""Pay as it is looked at: the groups and their periods, and everything about one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kpidesk.core.accounts import Account, Entry
from kpidesk.core.facts import TEAM, Subject
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.names import known_parameters
from kpidesk.core.payroll.books import (
    Books,
    lines_of,
    role_changes,
    what_stands_against,
)
from kpidesk.core.payroll.group import LATE, PayGroup, PayPeriod, late_period
from kpidesk.core.payroll.grouping import overlapping
from kpidesk.core.payroll.inputs import Asked, PayField
from kpidesk.core.payroll.lawful import LegalDesk
from kpidesk.core.people import PersonId
from kpidesk.core.results import Evaluation
from kpidesk.core.review.standing import Stage
from kpidesk.store.pay_runs import Run, standing_runs
from kpidesk.usecases.legal import legal_settings
from kpidesk.usecases.pay.approving import approvals, stands_at
from kpidesk.usecases.pay.bookkeeping import books_of, left_behind, runs_of
from kpidesk.usecases.pay.gathering import (
    Gathered,
    GroupRef,
    all_groups,
    gather,
    ref_of,
    unrecorded,
)
from kpidesk.usecases.pay.standing import PayDesk, PersonPay
from kpidesk.usecases.reviewing.rules import SchemeApproval
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group to choose, with its periods and which of them are settled."""

    ref: GroupRef
    title: str
    people: int
    periods: tuple[PayPeriod, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayView:
    """A period of a group.

    `next_` is the period that is to be settled next; `run` what settled this one; `stops` why
    this one cannot be settled now. `recomputed` is what today's figures come to, whatever was
    settled; `runs` are all settlements that stand.
    """

    gathered: Gathered
    period: PayPeriod
    next_: PayPeriod | None
    evaluation: Evaluation
    books: Books
    run: Run | None
    people: tuple[PersonPay, ...]
    team_fields: tuple[PayField, ...]
    stops: tuple[Finding, ...]
    recomputed: Evaluation
    asked: Asked
    runs: tuple[Run, ...]
    approval_rule: SchemeApproval
    """Whether results of the scheme are approved before pay, and why."""

    @property
    def group(self) -> PayGroup:
        """The group."""
        return self.gathered.group

    @property
    def unapproved(self) -> tuple[Finding, ...]:
        """What the general manager has to approve before the period can be settled."""
        waiting = (one.approval for one in self.people if not self.settled)
        return tuple(one for one in waiting if one and one.effect is not Effect.WARNS)

    @property
    def unapproved_at(self) -> Counter[Stage]:
        """How many of these stand where."""
        return Counter(stage for one in self.unapproved if (stage := stands_at(one)) is not None)

    @property
    def unasked(self) -> tuple[str, ...]:
        """Whose scores are paid without an approval, where nobody said whether they need one."""
        return tuple(
            one.member.person.name
            for one in self.people
            if one.approval is not None and one.approval.effect is Effect.WARNS
        )

    @property
    def settled(self) -> bool:
        """Whether the period is settled."""
        return self.run is not None

    def entries_of(self, subject: Subject) -> tuple[Entry, ...]:
        """What the accounts of somebody hold up to the period, corrections left out."""
        keys = [one.key for one in self.group.periods(self.books.closed)]
        upto = keys[: keys.index(self.period.key) + 1] if self.period.key in keys else keys
        return tuple(
            one
            for one in self.evaluation.entries
            if one.subject == subject
            and one.account is not Account.CORRECTION
            and one.period in upto
        )

    def corrections_of(self, subject: Subject) -> tuple[Entry, ...]:
        """The differences of earlier periods that somebody is paid in this one."""
        return tuple(
            one
            for one in self.evaluation.entries
            if one.subject == subject
            and one.account is Account.CORRECTION
            and one.period == self.period.key
        )


def list_groups(company: Company) -> tuple[GroupRow, ...]:
    """The groups whose pay is settled here; those of contracts that were signed."""
    with company.read() as connection:
        rows = []
        for group in all_groups(company, connection):
            closed = tuple(one.settlement.period for one in runs_of(company, connection, group))
            title, people = group.scheme.title, len(group.people)
            periods = group.periods(closed)
            rows.append(GroupRow(ref_of(group), title, people, periods, closed))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Statement:
    """Whose statement of which period of which group."""

    ref: GroupRef
    period: str
    subject: Subject


def find_statement(company: Company, scheme: str, run: int, person: PersonId) -> Statement:
    """Where the statement of somebody in a settlement stands."""
    with company.read() as connection:
        runs = standing_runs(connection, scheme, company.path, company.settlements)
        settled = found(next((one for one in runs if one.id == run), None), "这次结算").settlement
        inputs = settled.inputs
        ref = GroupRef(inputs.scheme, inputs.scheme_version, inputs.settings, inputs.cycle)
        groups = all_groups(company, connection)
    mine = [one for one in inputs.people if one.person == person]
    have = {one.subject for one in settled.results}  # of several parts, the one that was paid
    first = mine[0] if mine else None
    paid = next((one for one in mine if one.seen.key in have), found(first, "这个人的薪酬单"))
    group = next((one for one in groups if ref_of(one) == ref), None)
    subject = group.subject_under(person, paid.contract) if group else None
    return Statement(ref, settled.period, subject or paid.seen.key)


def load_pay(company: Company, ref: GroupRef, period: str = "") -> PayView:
    """A period of a group; without one, that which is to be settled next."""
    with company.read() as connection:
        return view_of(company, connection, ref, period)


def view_of(company: Company, connection: Connection, ref: GroupRef, period: str = "") -> PayView:
    """A period of a group, within a transaction."""
    groups = all_groups(company, connection)
    group = found(next((one for one in groups if ref_of(one) == ref), None), "这一组薪酬")
    runs = runs_of(company, connection, group)
    books = books_of(company, connection, group, runs)
    gathered = gather(company, connection, group)
    recomputed = gathered.inputs.evaluated(group.scheme)
    coming = _next(group, books)
    due = books.due(coming.key, recomputed, lines_of(group))
    pending = tuple(one for one in due.posted if one not in books.posted)
    next_ = None if coming.is_late and not pending else coming
    chosen = _chosen(group, books, next_, period)
    run = next((one for one in runs if one.settlement.period == chosen.key), None)
    shown = books.settled if run is not None else due.evaluation
    behind = (*left_behind(company, connection, group, groups), *role_changes(group))
    shown = replace(shown, findings=(*shown.findings, *behind))
    stops = () if run else _stops(connection, group, groups, shown, chosen)
    asked = Asked.of(group, gathered.facts)
    law = LegalDesk(group, shown, chosen, legal_settings(connection))
    approved = approvals(connection, gathered)
    desk = PayDesk(gathered, chosen, shown, run, stops, pending, asked, law, recomputed, approved)
    return PayView(
        gathered,
        chosen,
        next_,
        shown,
        books,
        run,
        tuple(desk.people()),
        tuple(asked.fields(chosen, TEAM)),
        stops,
        recomputed,
        asked,
        runs,
        approved.rule,
    )


def _stops(
    connection: Connection,
    group: PayGroup,
    groups: Sequence[PayGroup],
    shown: Evaluation,
    period: PayPeriod,
) -> tuple[Finding, ...]:
    """Why a period cannot be settled; where scores are not recorded, that is all to say of them."""
    unscored = tuple(unrecorded(connection, group))
    told = {one.subject for one in unscored}
    others = [one for one in what_stands_against(group, shown, period) if one.subject not in told]
    return (*_other_terms(group, groups), *unscored, *others)


def _next(group: PayGroup, books: Books) -> PayPeriod:
    """What is to be settled next: the first period that is open, or late corrections."""
    for one in group.periods():
        if one.key not in books.closed:
            return one
    late = sum(1 for key in books.closed if key.startswith(LATE))
    return late_period(group.cycle.period, late + 1)


def _chosen(group: PayGroup, books: Books, next_: PayPeriod | None, key: str) -> PayPeriod:
    periods = group.periods(books.closed)
    if next_ is not None and next_.is_late:
        periods = (*periods, next_)
    wanted = key or (next_.key if next_ else periods[-1].key)
    return found(next((one for one in periods if one.key == wanted), None), "这一期")


def _other_terms(group: PayGroup, groups: Sequence[PayGroup]) -> Iterator[Finding]:
    """A team paid by rules of the team needs one set of parameters: else its sums would lack some.

    Which parameters differ, and in whose contracts, is what the officer has to know.
    """
    if not any(one.of_team for one in group.scheme.facts):
        return
    for other in overlapping(groups, group):
        mine, theirs = dict(group.settings), dict(other.settings)
        labels = [
            parameter.label
            for name, parameter in known_parameters(group.scheme).items()
            if mine.get(name, parameter.default) != theirs.get(name, parameter.default)
        ]
        if labels:
            people = "、".join(one.person.name for one in other.people)
            message = (
                f"同一方案里，{people}的责任书参数不同（{'、'.join(labels)}），"
                "团队的任务和提成不能合在一起计算：请用补充协议统一参数后再核算"
            )
            yield Finding(Code.CONFLICTING_FACTS, Effect.BLOCKS, message)
