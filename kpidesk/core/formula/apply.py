"""A formula computed in an evaluation: names are looked up, what is wrong is reported."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kpidesk.core.context import Context
from kpidesk.core.explain import show
from kpidesk.core.facts import TEAM
from kpidesk.core.figure import NO_ORIGIN, POINTS, YES_NO, Figure, Op, Unit, given
from kpidesk.core.findings import Code, Effect
from kpidesk.core.formula.compute import Computer
from kpidesk.core.formula.meaning import finest_grain, meaning_of, read_grain, unit_of
from kpidesk.core.formula.parse import parse
from kpidesk.core.formula.place import Place
from kpidesk.core.formula.scope import (
    FactNamed,
    FullPoints,
    MetricNamed,
    ParameterNamed,
    ResultNamed,
    Scope,
)
from kpidesk.core.formula.tree import FormulaError, Function, Name, Node, names_in
from kpidesk.core.formula.values import Term
from kpidesk.core.measures import Metric
from kpidesk.core.measuring import metric
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.period import CYCLE, MONTHS_IN_YEAR, Grain, Period, add_months
from kpidesk.core.results import Board
from kpidesk.core.scoring.asked import facts_measured
from kpidesk.core.settings import NONE, Ref


@dataclass(frozen=True, slots=True)
class Use:
    """Where a formula stands: what it is called, the unit it gives, and the names it may use.

    `board` holds the results so far; `full` are the full points of an indicator being scored.
    """

    label: str
    name: str
    unit: Unit
    scope: Scope
    board: Board
    full: Decimal | None = None
    clause: str = ""


def apply(text: str, use: Use, place: Place, context: Context) -> Figure | None:
    """The figure that a formula gives; None with findings where something is missing or wrong."""
    try:
        node = parse(text, use.scope.names)
    except FormulaError as problem:
        _report(problem, use, context)
        return None
    computer = Computer(_Lookup(use, context))
    term = computer.run(node, place)
    figure = computer.fit(term, use.unit, node)
    for one in computer.problems:
        _report(one, use, context)
    return figure


def _report(problem: FormulaError, use: Use, context: Context) -> None:
    context.report(Code.BAD_FORMULA, Effect.WITHHOLDS, f"“{use.label}”的{problem}", name=use.name)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Looks names up among the facts, parameters and results of an evaluation."""

    use: Use
    context: Context

    def value(self, name: Name, place: Place) -> Term | None:
        """The figure of a name; None where it is missing (reported)."""
        meaning = meaning_of(name, self.use.scope)
        match meaning:
            case FactNamed(fact, of_team):
                return self._fact(fact, TEAM if of_team else place.subject, name, place)
            case ParameterNamed(text):
                return self._parameter(text, name)
            case MetricNamed(made):
                return self._metric(made, place)
            case ResultNamed():
                return self._result(meaning, place)
            case FullPoints():
                full = self.use.full or Decimal(0)
                return Term(given(full, POINTS, name.text, self.use.clause))
            case _:
                assert_never(meaning)

    def months(self, node: Node, place: Place) -> Sequence[Place]:
        """The whole calendar months (or what is the finest) of a place that were in service."""
        grain = finest_grain(node, self.use.scope)
        period = place.period or self.context.cycle.period
        return tuple(
            Place(place.subject, grain, one)
            for one in period.split(grain)
            if one == Period.containing(one.start, grain)
            and self.context.in_service(place.subject, one)
        )

    def shifted(self, place: Place, function: Function) -> Place:
        """The period before, or the same one a year earlier."""
        period = place.period or self.context.cycle.period
        if function is Function.BEFORE:
            earlier = period.before()
        else:
            start, end = (add_months(one, -MONTHS_IN_YEAR) for one in (period.start, period.end))
            earlier = Period(start, end)
        return Place(place.subject, place.grain, earlier)

    def group(self, node: Node, place: Place) -> Sequence[Place]:
        """Everyone in service in the place's period, in the person's group, who has such facts."""
        people = self.context.people
        period = place.period or self.context.cycle.period
        own = people.get(place.subject)
        return tuple(
            Place(one.key, place.grain, place.period)
            for one in people.values()
            if one.in_service(period)
            and (own is None or (one.group, one.team) == (own.group, own.team))
            and self._asked_of(one.role, node)
        )

    def no_divisor(self, divisor: Figure, text: str, place: Place) -> None:
        """Say which divisor is zero, and for whom."""
        self.context.report(
            Code.ZERO_DENOMINATOR,
            Effect.WITHHOLDS,
            f"“{self.use.label}”的公式里除数“{text}”为 {show(divisor.value)}，不能相除；"
            "请核对数据，或在公式里用 如果(…) 写明这时怎样计算",
            subject=place.subject,
            name=self.use.name,
            period=place.period.key if place.period else CYCLE,
        )

    def _asked_of(self, role: str, node: Node) -> bool:
        """Whether people of a role have every fact that a part of the formula names."""
        facts = (one for name in names_in(node) for one in self.use.scope.find(name.text))
        return all(
            role in one.fact.roles
            for one in facts
            if isinstance(one, FactNamed) and one.fact.roles and not one.of_team
        )

    def _fact(self, fact: KnownFact, subject: str, name: Name, place: Place) -> Term | None:
        if subject == TEAM and fact.name not in self.context.team_known:
            problem = f"“{fact.label}”是每个人的数据，全组的公式里请写 团队合计({name.text})"
            raise FormulaError(name.at, problem)
        context = self.context
        fed = subject in context.facts.ledgers and any(
            kind.amount and fact.name in kind.feeds for kind in context.scheme.events
        )
        grain = read_grain(fact, self._comparable(place, fact), name.at, summed=fed)
        wanted = place.period
        if wanted is not None and grain is Grain.CYCLE and place.grain is not Grain.CYCLE:
            wanted = None
        elif wanted is not None and grain is not place.grain and place.grain is not Grain.CYCLE:
            wanted = Period.containing(wanted.start, grain)
        if fact.kind is ValueKind.FLAG:
            return self._flag(fact, subject, wanted)
        figure = context.number(subject, fact.name, wanted)
        return Term(figure._replace(unit=unit_of(fact.unit))) if figure else None

    def _comparable(self, place: Place, fact: KnownFact) -> Grain:
        """The grain of a place: of the whole cycle, the one of the fact that is just as long."""
        if place.grain is not Grain.CYCLE:
            return place.grain
        cycle = self.context.cycle.period
        same = (
            one
            for one in fact.grains
            if one is not Grain.CYCLE and Period.containing(cycle.start, one) == cycle
        )
        return Grain.CYCLE if Grain.CYCLE in fact.grains else next(same, Grain.CYCLE)

    def _flag(self, fact: KnownFact, subject: str, wanted: Period | None) -> Term | None:
        context = self.context
        yes = context.flag_of(subject, fact.name, wanted)
        if yes is None:
            return None
        entered = context.find(
            subject, fact.name, wanted or context.cycle.period, whole=wanted is None
        )
        label = f"{fact.label}（{wanted.key}）" if wanted else fact.label
        origin = entered.origin if entered else NO_ORIGIN
        return Term(given(int(yes), YES_NO, label, "", origin))

    def _parameter(self, text: str, name: Name) -> Term | None:
        parameter = self.context.parameters[text]
        value = self.context.setting(text)
        if isinstance(value, bool):
            return Term(given(int(value), YES_NO, parameter.label))
        if value == NONE:
            problem = f"参数“{parameter.label}”设为不设限，公式里没有数可用，请填写数字"
            raise FormulaError(name.at, problem)
        if isinstance(value, str):
            raise FormulaError(name.at, f"参数“{parameter.label}”是选项，不能用在公式里")
        unit = unit_of(parameter.unit)
        figure = self.context.amount(Ref(text), unit, parameter.label)
        return Term(figure) if figure else None

    def _metric(self, made: Metric, place: Place) -> Term | None:
        """A metric exactly, whatever the sheet shows of it: of the place, or of the whole cycle."""
        asked = (self.context.known[one] for one in facts_measured(made.measure))
        of_place = place.period and all(place.grain in one.grains for one in asked)
        with self.context.at(place.period) if place.period and of_place else nullcontext():
            figure = metric(made, place.subject, self.context)
        return Term(figure) if figure else None

    def _result(self, meaning: ResultNamed, place: Place) -> Term | None:
        results = self.use.board.results
        keys = [place.period.key] if place.period else []
        if place.period is None or self.context.cycle.period.covers(place.period):
            keys.append(CYCLE)
        found = next(
            (
                results[key]
                for one in keys
                if (key := (place.subject, meaning.name, one)) in results
            ),
            None,
        )
        if found is not None and isinstance(found.value, Figure):
            figure = found.value
            named = figure if found.period == CYCLE else figure.named(_dated(figure, found.period))
            return Term(named)
        if found is not None and isinstance(found.value, bool):
            basis = (found.basis,) if found.basis else ()
            op = Op.CHOSEN if basis else Op.GIVEN
            label = meaning.label or meaning.name
            return Term(Figure(Decimal(int(found.value)), YES_NO, op, basis, label))
        self.context.report(
            Code.MISSING_FACT,
            Effect.WITHHOLDS,
            f"“{self.use.label}”的公式要用“{meaning.label or meaning.name}”，它还没有算出，"
            "请先补齐它所缺的数据",
            subject=place.subject,
            name=meaning.name,
            period=keys[0] if keys else CYCLE,
        )
        return None


def _dated(figure: Figure, period: str) -> str:
    """The name of a result with its period."""
    return figure.label if period in figure.label else f"{figure.label}（{period}）"
