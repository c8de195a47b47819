"""Looks at a formula without any figures: what is wrong with it wherever it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kpidesk.core.figure import POINTS, RATIO, YES_NO, Figure, Unit, given
from kpidesk.core.formula.compute import Computer
from kpidesk.core.formula.meaning import finest_grain, meaning_of, read_grain, unit_of
from kpidesk.core.formula.parse import parse
from kpidesk.core.formula.place import Place
from kpidesk.core.formula.scope import (
    FactNamed,
    FullPoints,
    Meaning,
    MetricNamed,
    ParameterNamed,
    ResultNamed,
    Scope,
)
from kpidesk.core.formula.tree import FormulaError, Function, Name, Node, names_in
from kpidesk.core.formula.values import Term, fitted
from kpidesk.core.names import KnownFact, ValueKind, known_parameters
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import ParameterKind

_ONE = Decimal(1)


def problems_of(
    text: str, scope: Scope, scheme: Scheme, grain: Grain, wanted: Unit
) -> tuple[FormulaError, ...]:
    """Everything that is wrong with a formula, in reading order; empty when nothing is."""
    try:
        node = parse(text, scope.names)
    except FormulaError as problem:
        return (problem,)
    computer = Computer(_Probe(scope, scheme), probing=True)
    term = computer.run(node, Place("", grain))
    if term is not None and not computer.problems:
        try:
            fitted(term, wanted, node.at)
        except FormulaError as problem:
            computer.problems.append(problem)
    by_place = {(one.at, one.problem): one for one in computer.problems}
    return tuple(by_place[key] for key in sorted(by_place))


def meanings_in(text: str, scope: Scope) -> tuple[Meaning, ...]:
    """What a formula reads, in reading order, each once; empty where it cannot be read."""
    try:
        names = names_in(parse(text, scope.names))
    except FormulaError:
        return ()
    found = (scope.find(one.text) for one in names)
    return tuple(dict.fromkeys(one[0] for one in found if len(one) == 1))


@dataclass(frozen=True, slots=True)
class _Probe:
    """Gives 1 for every name, in its unit."""

    scope: Scope
    scheme: Scheme

    def value(self, name: Name, place: Place) -> Term | None:
        """One of whatever the name counts."""
        meaning = meaning_of(name, self.scope)
        match meaning:
            case FactNamed(fact):
                grain = self._comparable(place.grain, fact)
                read_grain(fact, grain, name.at, summed=self._fed(fact.name))
                flag = fact.kind is ValueKind.FLAG
                return Term(given(_ONE, YES_NO if flag else unit_of(fact.unit), fact.label))
            case ParameterNamed(text):
                return self._parameter(text, name)
            case ResultNamed() | MetricNamed():
                # What a result counts is only known when it is there.
                return Term(given(_ONE, RATIO, name.text), loose=True)
            case FullPoints():
                return Term(given(_ONE, POINTS, name.text))
            case _:
                assert_never(meaning)

    def months(self, node: Node, place: Place) -> Sequence[Place]:
        """One month stands for all."""
        return (Place(place.subject, finest_grain(node, self.scope)),)

    def shifted(self, place: Place, function: Function) -> Place:
        """The same place: a period is as good as another."""
        del function
        return place

    def group(self, node: Node, place: Place) -> Sequence[Place]:
        """One person stands for all."""
        del node
        return (place,)

    def no_divisor(self, divisor: Figure, text: str, place: Place) -> None:
        """Not asked while probing."""

    def _comparable(self, grain: Grain, fact: KnownFact) -> Grain:
        """The grain of a place; the whole cycle's is its length, which a parameter may decide."""
        if grain is not Grain.CYCLE or Grain.CYCLE in fact.grains:
            return grain
        return self.scheme.cycle if isinstance(self.scheme.cycle, Grain) else fact.grains[0]

    def _fed(self, fact: str) -> bool:
        return any(kind.amount and fact in kind.feeds for kind in self.scheme.events)

    def _parameter(self, text: str, name: Name) -> Term:
        parameter = known_parameters(self.scheme)[text]
        match parameter.kind:
            case ParameterKind.FLAG:
                return Term(given(_ONE, YES_NO, parameter.label))
            case ParameterKind.CHOICE:
                raise FormulaError(name.at, f"参数“{parameter.label}”是选项，不能用在公式里")
            case ParameterKind.NUMBER | ParameterKind.NUMBER_OR_NONE:
                return Term(given(_ONE, unit_of(parameter.unit), parameter.label))
            case _:
                assert_never(parameter.kind)
