"""测算: what pay would come to, for contracts in force and for drafts. Nothing is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection

from kpidesk.core.facts import Subject
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.payroll.inputs import Asked
from kpidesk.core.payroll.make_up import Holding, MakeUp, YearGoal
from kpidesk.core.payroll.what_if import Assumed, Lever, Outlook, Scope, WhatIf, levers
from kpidesk.usecases.pay.bookkeeping import runs_of
from kpidesk.usecases.pay.gathering import GroupRef, all_groups, draft_groups, gather, ref_of
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """A group to try things on: of signed contracts, or of drafts."""

    ref: GroupRef
    title: str
    people: int
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """A group as it stands: what can be moved, the period that comes next, what is held."""

    what_if: WhatIf
    coming: PayPeriod | None
    levers: tuple[Lever, ...]
    holdings: tuple[tuple[Subject, Holding], ...]
    years: tuple[tuple[Subject, YearGoal], ...]
    seen: dict[tuple[Scope, tuple[tuple[str, Decimal], ...]], Outlook] = field(default_factory=dict)
    """Outlooks that were computed before: the cases seldom change while one lever is moved."""

    @property
    def group(self) -> PayGroup:
        """The group."""
        return self.what_if.group

    def outlook(self, values: Mapping[str, Decimal], scope: Scope) -> Outlook:
        """What pay comes to under assumptions."""
        key = (scope, tuple(sorted(values.items())))
        if key not in self.seen:
            if len(self.seen) >= _MOST_SEEN:
                self.seen.clear()
            self.seen[key] = self.what_if.outlook(Assumed(dict(values), scope), self.coming)
        return self.seen[key]


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried, and the three cases beside it."""

    outlook: Outlook
    cases: tuple[Outlook, ...]


_MOST_SEEN = 64


def trial_groups(company: Company) -> tuple[TrialGroup, ...]:
    """The groups that can be tried: those in force, then drafts."""
    with company.read() as connection:
        signed, drafts = all_groups(company, connection), draft_groups(company, connection)
    return (
        *(_row(one, is_draft=False) for one in signed),
        *(_row(one, is_draft=True) for one in drafts),
    )


def _row(group: PayGroup, *, is_draft: bool) -> TrialGroup:
    return TrialGroup(ref_of(group), group.scheme.title, len(group.people), is_draft)


def load_situation(company: Company, chosen: TrialGroup) -> Situation:
    """A group as it stands, ready to be tried."""
    with company.read() as connection:
        groups = (
            draft_groups(company, connection)
            if chosen.is_draft
            else all_groups(company, connection)
        )
        group = found(next((x for x in groups if ref_of(x) == chosen.ref), None), "这一组薪酬")
        return _situation(company, connection, group, is_draft=chosen.is_draft)


def _situation(
    company: Company, connection: Connection, group: PayGroup, *, is_draft: bool
) -> Situation:
    runs = () if is_draft else runs_of(company, connection, group)
    closed = tuple(one.settlement.period for one in runs)
    gathered = gather(company, connection, group)
    base = gathered.inputs.evaluated(group.scheme)
    periods = group.periods()
    coming = next((one for one in periods if one.key not in closed), None)
    before = [one for one in periods if one.key in closed and one.grain is periods[0].grain]
    make_up = MakeUp(group, Asked.of(group, gathered.facts).context, base)
    holdings: list[tuple[Subject, Holding]] = []
    years: list[tuple[Subject, YearGoal]] = []
    for member in group.members:
        who = member.subject
        entries = [x for x in base.entries if x.subject == who and x.period in closed]
        if before:
            holdings += [(who, one) for one in make_up.holdings(who, entries, before[-1])]
        if (goal := make_up.year_goal(who)) is not None:
            years.append((who, goal))
    what_if = WhatIf(group, gathered.inputs, base, closed)
    entered = {one.name for one in gathered.inputs.facts}
    moved = tuple(one for one in levers(group) if not one.optional or one.name in entered)
    return Situation(what_if, coming, moved, tuple(holdings), tuple(years))


def try_out(
    situation: Situation,
    values: Mapping[str, Decimal],
    scope: Scope,
    cases: tuple[Decimal, ...],
) -> Trial:
    """What the assumptions come to, and each case: every lever in percent at so many percent."""
    percent = [one.name for one in situation.levers if one.in_percent]
    return Trial(
        situation.outlook(values, scope),
        tuple(
            situation.outlook({**values, **dict.fromkeys(percent, case)}, scope) for case in cases
        ),
    )
