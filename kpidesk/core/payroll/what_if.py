"""测算: what pay would come to if targets were reached to so many percent. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from kpidesk.core.exact import Number, round_half_up, share, sum_of
from kpidesk.core.facts import Fact, Subject
from kpidesk.core.figure import Origin
from kpidesk.core.findings import Effect, Finding
from kpidesk.core.measures import Ratio
from kpidesk.core.names import ValueKind
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.paying.department.rules import CatchUp, ConditionalBase
from kpidesk.core.paying.rules import EvenTarget
from kpidesk.core.payroll.books import paid_lines
from kpidesk.core.payroll.group import PayGroup, PayPeriod
from kpidesk.core.payroll.inputs import Asked, PayField
from kpidesk.core.payroll.make_up import value_of
from kpidesk.core.payroll.record import LedgerLine, PayInputs
from kpidesk.core.period import CYCLE, Grain
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import FactKind
from kpidesk.core.scoring.rules import Attainment, NewCustomers
from kpidesk.core.settings import Ref

_ORIGIN = Origin("测算假设，不是实际数据")
_PLACES = 2
_NUMBERS = frozenset({FactKind.NUMBER, FactKind.COUNT})
_SCORE: Final = "score."


class Scope(StrEnum):
    """Which figures are assumed."""

    MISSING = "missing"  # only what is not entered
    OPEN = "open"  # everything of the periods that are not settled
    ALL = "all"  # the whole cycle


@dataclass(frozen=True, slots=True)
class Lever:
    """A figure that may be assumed.

    With a `plan` it is moved in percent of that target, a score in percent of its `full` points;
    any other is given itself, or goes on as it was last entered.
    """

    name: str
    label: str
    unit: str
    plan: str = ""
    full: Decimal | None = None
    optional: bool = False

    @property
    def in_percent(self) -> bool:
        """Whether it is moved in percent."""
        return bool(self.plan) or self.full is not None


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed: percent or values by the lever's name, and of which figures."""

    values: Mapping[str, Decimal]
    scope: Scope = Scope.MISSING


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes of it: by person what the coming period and the whole cycle pay."""

    coming: Mapping[Subject, Number]
    whole: Mapping[Subject, Number]
    assumed: int
    """How many figures were assumed."""
    findings: tuple[Finding, ...]

    @property
    def total(self) -> Number:
        """What everybody comes to in the cycle."""
        return sum_of(self.whole.values())


def levers(group: PayGroup) -> tuple[Lever, ...]:
    """What can be assumed for a group, those in percent of a target or of full points first."""
    scheme, plans = group.scheme, dict(_plans(group))
    found = [
        Lever(one.name, one.label, one.unit, plans.get(one.name, ""), optional=one.optional)
        for one in scheme.facts
        if not (one.of_team or one.plan or one.kind not in _NUMBERS)
    ]
    if scheme.is_scored:
        found += [
            Lever(f"score.{one.name}", f"{one.name}得分", "分", full=scheme.full_points(one))
            for one in scheme.leaves()
            if not isinstance(one.rule, Attainment | NewCustomers)
        ]
    return tuple(sorted(found, key=lambda one: (not one.in_percent, one.optional)))


def _plans(group: PayGroup) -> Iterator[tuple[str, str]]:
    """The facts that are held against a target, with the target's name."""
    for leaf in group.scheme.leaves():
        match leaf.rule:
            case Attainment(Ratio(actual, plan)) | NewCustomers(actual, plan):
                yield actual, plan
            case _:
                pass
    for rule in group.scheme.pay:
        match rule:
            case QuarterlyBaseTarget():
                yield "actual", "target"
            case ConditionalBase() | CatchUp():
                measure = rule.task.measure
                word = group.setting(measure.parameter) if isinstance(measure, Ref) else measure
                yield str(word), rule.task.target
            case _:
                pass


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Tries assumptions on a group; `base` is what its real figures come to."""

    group: PayGroup
    inputs: PayInputs
    base: Evaluation
    closed: tuple[str, ...] = ()

    def outlook(self, assumed: Assumed, coming: PayPeriod | None) -> Outlook:
        """What pay comes to under assumptions."""
        trial = _Trial(self, assumed, {one.name: one for one in levers(self.group)})
        facts, ledger = trial.facts(), trial.ledger()
        inputs = replace(self.inputs, facts=facts, ledger=ledger)
        evaluation = inputs.evaluated(self.group.scheme)
        periods = self.group.periods()
        who = [one.subject for one in self.group.members]
        return Outlook(
            {one: _paid(self.group, evaluation, coming, one) for one in who} if coming else {},
            {one: sum_of(_paid(self.group, evaluation, x, one) for x in periods) for one in who},
            sum(1 for one in facts if one.origin is _ORIGIN),
            tuple(one for one in evaluation.findings if one.effect is not Effect.WARNS),
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """The figures of one trial."""

    what_if: WhatIf
    assumed: Assumed
    levers: Mapping[str, Lever]

    def facts(self) -> tuple[Fact, ...]:
        """What was agreed and entered as far as it is kept, and what is assumed."""
        inputs, group = self.what_if.inputs, self.what_if.group
        asked = Asked.of(group, inputs.all_facts)
        kept = [one for one in inputs.facts if one.name not in self.levers]
        for member in group.members:
            last: dict[str, Decimal] = {}
            for period in group.periods():
                for field in asked.fields(period, member.subject):
                    lever = self.levers.get(field.known.name)
                    if lever is not None and not field.agreed:
                        kept += self._field(field, lever, asked, last, period)
            kept += self._scores(member.subject)
        return tuple({(one.subject, one.name, one.period): one for one in kept}.values())

    def ledger(self) -> tuple[LedgerLine, ...]:
        """The dated lines of the periods that are kept."""
        if self.assumed.scope is Scope.MISSING:
            return self.what_if.inputs.ledger
        days = [one.days for one in self.what_if.group.periods() if self._keeps(one)]
        return tuple(
            one for one in self.what_if.inputs.ledger if any(one.on in period for period in days)
        )

    def _keeps(self, period: PayPeriod) -> bool:
        """Whether what was entered for a period stands."""
        match self.assumed.scope:
            case Scope.MISSING:
                return True
            case Scope.OPEN:
                return period.key in self.what_if.closed and period.grain is not Grain.CYCLE
            case Scope.ALL:
                return False
            case _:
                assert_never(self.assumed.scope)

    def _field(
        self,
        field: PayField,
        lever: Lever,
        asked: Asked,
        last: dict[str, Decimal],
        period: PayPeriod,
    ) -> Iterator[Fact]:
        """The figure that stands in a field during the trial; none where nothing is known."""
        fact, key = field.fact, (field.subject, lever.name, field.period)
        real = fact.value if fact is not None and isinstance(fact.value, Decimal) else None
        if real is not None:
            last[lever.name] = real
        if self._keeps(period) and (real is not None or field.lined):
            if fact is not None:
                yield fact
            return
        value = self._assume(field, lever, asked, last)
        if value is not None:
            yield Fact(*key[:2], value, key[2], _ORIGIN)

    def _assume(
        self, field: PayField, lever: Lever, asked: Asked, last: Mapping[str, Decimal]
    ) -> Decimal | None:
        chosen = self.assumed.values.get(lever.name)
        if not lever.plan:
            return last.get(lever.name) if chosen is None else chosen
        plan = self._plan(field, lever, asked)
        if chosen is None or plan is None:
            return None
        places = 0 if field.known.kind is ValueKind.COUNT else _PLACES
        return round_half_up(share(plan, chosen), places)

    def _plan(self, field: PayField, lever: Lever, asked: Asked) -> Number | None:
        """The target that a figure is held against: agreed, or as the program split it."""
        whole = field.period == CYCLE
        context, who = asked.context, field.subject
        fact = context.find(who, lever.plan, field.days, whole=whole)
        if fact is not None and isinstance(fact.value, Decimal):
            return fact.value
        for rule in self.what_if.group.scheme.pay:
            if isinstance(rule, EvenTarget) and rule.stands_for == lever.plan:
                return value_of(self.what_if.base, who, rule.result, field.period)
        return None

    def _scores(self, who: Subject) -> Iterator[Fact]:
        """Scores: recorded ones as they are kept, the others in percent of the full points."""
        real = {
            (one.name, one.period): one
            for one in self.what_if.inputs.facts
            if one.subject == who and one.name in self.levers
        }
        keeps = self.assumed.scope is Scope.MISSING
        scored = any(name.startswith(_SCORE) for name, _ in real)
        for lever in self.levers.values():
            chosen = self.assumed.values.get(lever.name)
            if keeps and scored:
                yield from (fact for (name, _), fact in real.items() if name == lever.name)
            elif lever.full is not None and chosen is not None:
                value = round_half_up(share(lever.full, chosen), _PLACES)
                yield Fact(who, lever.name, value, CYCLE, _ORIGIN)


def _paid(group: PayGroup, evaluation: Evaluation, period: PayPeriod, who: Subject) -> Number:
    """What somebody is paid in a period, reimbursements left out."""
    lines = paid_lines(group, evaluation, period, who)
    return sum_of(one.figure.value for one in lines if not one.apart)
