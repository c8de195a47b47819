"""What is to be entered for pay: which figures, of whom, due at which settlement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpidesk.core.context import Context
from kpidesk.core.facts import TEAM, Fact, Facts, Subject
from kpidesk.core.fed import has_ledger
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
    add up to it, to `summed` where the sum is known.
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


def pay_fields(
    group: PayGroup, period: PayPeriod, subject: Subject, facts: Facts
) -> Iterator[PayField]:
    """The figures of somebody (or of the team) that are due when a period is settled."""
    if period.is_late:
        return
    member = group.member(subject)
    role = member.contract.role if member else ""
    context = Context(group.scheme, group.cycle, facts, dict(group.settings))
    feeds = {name for kind in group.scheme.events for name in kind.feeds}
    for spec in group.scheme.facts:
        if spec.of_team != (subject == TEAM):
            continue
        if spec.roles and subject != TEAM and role not in spec.roles:
            continue
        known = context.known_of(subject)[spec.name]
        for key, days in _due(known, spec, context, group, period):
            before = days.end <= group.cycle.period.start
            if member is not None and not before and not member.in_service(days):
                continue
            fact = context.find(subject, spec.name, days, whole=key == CYCLE)
            fed = spec.name in feeds and has_ledger(facts, subject)
            yield PayField(
                subject,
                known,
                key,
                days,
                optional=spec.optional,
                agreed=spec.plan and not spec.of_team,
                inherited=fact is not None and fact.period != key,
                fact=fact,
                fed=fed,
                summed=context.number(subject, spec.name, days, required=False) if fed else None,
            )


def wants(group: PayGroup, subject: Subject, name: str, period: str, starts_on: date) -> bool:
    """Whether a figure is one of a group's cycle; other cycles have figures of the same name."""
    if period == CYCLE:
        return starts_on == group.cycle.period.start
    context = Context(group.scheme, group.cycle, Facts(), dict(group.settings))
    known = context.known_of(subject).get(name)
    if known is None:
        return False
    days = Period.parse(period)
    return any(days.covers(one) for one in wanted_periods(context, known))


def _due(
    known: KnownFact, spec: FactSpec, context: Context, group: PayGroup, period: PayPeriod
) -> Iterator[tuple[str, Period]]:
    """The periods of a fact that are due: each at the first settlement that does not end before.

    A figure of the whole cycle that nothing goes without is asked for from the first one on.
    """
    periods = [one for one in group.periods() if not one.is_late]
    if known.grains[0] is Grain.CYCLE:
        if not spec.optional or period.key == periods[-1].key:
            yield CYCLE, group.cycle.period
        return
    for days in wanted_periods(context, known):
        at = next((one for one in periods if one.days.end >= days.end), None)
        if at is not None and at.key == period.key:
            yield days.key, days
