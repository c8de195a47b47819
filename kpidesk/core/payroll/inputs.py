"""What is to be entered for pay: which figures, of whom, due at which settlement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpidesk.core.context import Context
from kpidesk.core.facts import TEAM, Fact, Facts, Subject
from kpidesk.core.fed import has_ledger, has_lines
from kpidesk.core.figure import Figure
from kpidesk.core.inputs import wanted_periods
from kpidesk.core.names import KnownFact
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.period import CYCLE, Grain, Period
from kpidesk.core.scheme import FactSpec


@dataclass(frozen=True, slots=True)
class PayField:
    """A figure to enter. `agreed`: the contract says it; `fact` what stands there.

    `inherited`: it was entered for a longer period that this one is part of. `fed`: dated lines
    add up to it, to `summed` where the sum is known; `lined`: there are some in the period.
    """

    subject: Subject
    known: KnownFact
    period: str
    days: Period
    optional: bool = False
    agreed: bool = False
    inherited: bool = False
    fact: Fact | None = None
    fed: bool = False
    summed: Figure | None = None
    lined: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures that a group's pay is made from, and at which settlement each is due."""

    group: PayGroup
    context: Context
    feeds: dict[str, tuple[str, ...]]
    """The kinds of dated line that add up to a fact."""
    due: dict[tuple[bool, str, str], tuple[tuple[str, Period], ...]]
    """By whether it is the team's, its name, and the settlement: its periods."""
    wanted: dict[tuple[bool, str], tuple[Period, ...]]

    @classmethod
    def of(cls, group: PayGroup, facts: Facts) -> Asked:
        """What a group asks for, beside what stands there."""
        context = Context(group.scheme, group.cycle, facts, dict(group.settings))
        made = cls(group, context, {}, {}, {})
        for kind in group.scheme.events:
            for name in kind.feeds:
                made.feeds[name] = (*made.feeds.get(name, ()), kind.name)
        for spec in group.scheme.facts:
            known = (context.team_known if spec.of_team else context.known)[spec.name]
            made.wanted[spec.of_team, spec.name] = wanted_periods(context, known)
            for settlement, key, days in made._dues(spec, known):
                place = (spec.of_team, spec.name, settlement)
                made.due[place] = (*made.due.get(place, ()), (key, days))
        return made

    def fields(self, period: PayPeriod, subject: Subject) -> Iterator[PayField]:
        """The figures of somebody (or of the team) that are due when a period is settled."""
        group, context = self.group, self.context
        member = group.member(subject)
        role = member.contract.role if member else ""
        for spec in group.scheme.facts:
            if spec.of_team != (subject == TEAM):
                continue
            if spec.roles and subject != TEAM and role not in spec.roles:
                continue
            for key, days in self.due.get((spec.of_team, spec.name, period.key), ()):
                before = days.end <= group.cycle.period.start
                if member is not None and not before and not member.in_service(days):
                    continue
                fact = context.find(subject, spec.name, days, whole=key == CYCLE)
                kinds = self.feeds.get(spec.name, ())
                fed = bool(kinds) and fact is None and has_ledger(context.facts, subject)
                yield PayField(
                    subject,
                    context.known_of(subject)[spec.name],
                    key,
                    days,
                    optional=spec.optional,
                    agreed=spec.plan and not spec.of_team,
                    inherited=fact is not None and fact.period != key,
                    fact=fact,
                    fed=fed,
                    summed=context.number(subject, spec.name, days, required=False)
                    if fed
                    else None,
                    lined=bool(kinds) and has_lines(context.facts, subject, kinds, days),
                )

    def wants(self, subject: Subject, name: str, period: str, starts_on: date) -> bool:
        """Whether a figure is one of the cycle; other cycles have figures of the same name."""
        wanted = self.wanted.get((subject == TEAM, name))
        if wanted is None:
            return False
        if period == CYCLE:
            member, whole = self.group.member(subject), self.group.cycle.period
            return starts_on == (member.starts_on(whole) if member else whole.start)
        days = Period.parse(period)
        return any(days.covers(one) for one in wanted)

    def _dues(self, spec: FactSpec, known: KnownFact) -> Iterator[tuple[str, str, Period]]:
        """At which settlements a fact is due, for which periods.

        Each at the first settlement that does not end before it, or the last. A figure of the
        whole cycle that nothing goes without is asked for from the first one on.
        """
        periods = self.group.periods()
        if known.grains[0] is Grain.CYCLE:
            for one in periods if not spec.optional else periods[-1:]:
                yield one.key, CYCLE, self.group.cycle.period
            return
        for days in self.wanted[spec.of_team, spec.name]:
            at = next((one for one in periods if one.days.end >= days.end), periods[-1])
            yield at.key, days.key, days
