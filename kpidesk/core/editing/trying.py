"""Trying a scheme on one person whose figures are typed: what is asked for, and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias, assert_never

from kpidesk.core.clauses import Prose
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exact import HUNDRED
from kpidesk.core.facts import TEAM, Appraisee, Fact, Facts, FactValue
from kpidesk.core.findings import Code
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import (
    KnownFact,
    ValueKind,
    known_facts,
    known_parameters,
    known_team_facts,
)
from kpidesk.core.period import CYCLE, Grain
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import facts_of, is_rated
from kpidesk.core.scoring.rules import Checklist, LevelSelect
from kpidesk.core.settings import ParameterKind

PERSON: Final = "试算"
PARAMETER: Final = "参数"
"""Stands for whose figure it is where a parameter that the scheme leaves blank is filled in."""
_NUMBERS: Final = (ParameterKind.NUMBER, ParameterKind.NUMBER_OR_NONE)
_SOME: Final = Decimal(10)
Key: TypeAlias = tuple[str, str, str]
"""Whose figure, its name, its period."""


@dataclass(frozen=True, slots=True)
class TrialField:
    """A figure that the scheme asks for; `statements` are those that may be met."""

    key: Key
    label: str
    unit: str
    kind: ValueKind
    value: FactValue | None
    statements: tuple[str, ...] = ()
    sample: FactValue = HUNDRED

    @property
    def period(self) -> str:
        """Of when it is."""
        return self.key[2]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a scheme gives for the figures that are there, and all that it asks for."""

    fields: tuple[TrialField, ...]
    evaluation: Evaluation


def tried(scheme: Scheme, role: str, year: int, values: Mapping[Key, FactValue]) -> Tried:
    """Try a scheme on somebody in a role; what is not typed is missing, never zero."""
    facts = [
        Fact(who, name, value, period)
        for (who, name, period), value in values.items()
        if who != PARAMETER
    ]
    settings = {
        name: value
        for (who, name, _), value in values.items()
        if who == PARAMETER and isinstance(value, Decimal)
    }
    outcome = evaluate(
        scheme,
        cycle=cycle_of(scheme, settings, date(year, 1, 1)),
        people=(Appraisee(PERSON, role),),
        facts=Facts.of(facts),
        settings=settings,
    )
    missing = {
        (one.subject, one.name, one.period)
        for one in outcome.findings
        if one.code is Code.MISSING_FACT
    }
    missing |= {
        (PARAMETER, one.name, CYCLE)
        for one in outcome.findings
        if one.code is Code.MISSING_PARAMETER
    }
    keys = (missing | _measured(scheme)) - _scores(scheme)
    return Tried(tuple(_fields(scheme, {*keys, *values}, values)), outcome)


def _measured(scheme: Scheme) -> set[Key]:
    """The figures of measured indicators that nobody misses, because a score may be given."""
    return {
        (PERSON, name, CYCLE)
        for leaf in _computed(scheme)
        for name in facts_of(leaf, scheme)
        if (spec := scheme.fact(name)) is not None
        and spec.optional
        and spec.grains[0] is Grain.CYCLE
    }


def _scores(scheme: Scheme) -> set[Key]:
    """The scores that rules compute from figures: the trial asks for the figures."""
    return {
        (PERSON, f"score.{leaf.name}", CYCLE)
        for leaf in _computed(scheme)
        if facts_of(leaf, scheme)
    }


def _computed(scheme: Scheme) -> Iterator[Indicator]:
    word = Prose(scheme, {}).word
    return (leaf for leaf in scheme.leaves() if not is_rated(leaf.rule, word))


def _fields(
    scheme: Scheme, keys: set[Key], values: Mapping[Key, FactValue]
) -> Iterator[TrialField]:
    """The blanks, then the figures in the order of the scheme and of time."""
    for parameter in known_parameters(scheme).values():
        key = (PARAMETER, parameter.name, CYCLE)
        if key in keys and parameter.kind in _NUMBERS:
            yield TrialField(
                key, parameter.label, parameter.unit, ValueKind.NUMBER, values.get(key),
                sample=_SOME,
            )  # fmt: skip
    for subject, known in ((PERSON, known_facts(scheme)), (TEAM, known_team_facts(scheme))):
        order = list(known)
        mine = [one for one in keys if one[0] == subject and one[1] in known]
        for key in sorted(mine, key=lambda one: (order.index(one[1]), one[2])):
            yield _field(scheme, known[key[1]], key, values.get(key))


def _field(scheme: Scheme, fact: KnownFact, key: Key, value: FactValue | None) -> TrialField:
    lists = (one.rule for one in scheme.leaves() if isinstance(one.rule, Checklist))
    found = next((one for one in lists if one.fact == fact.name), None)
    statements = tuple(one.text for one in found.items) if found else ()
    sample = _sample(scheme, fact, statements)
    return TrialField(key, fact.label, fact.unit, fact.kind, value, statements, sample)


def _sample(scheme: Scheme, fact: KnownFact, statements: tuple[str, ...]) -> FactValue:
    """A figure to begin with: full points, all met, a hundred of what is counted."""
    match fact.kind:
        case ValueKind.FLAG:
            return True
        case ValueKind.STATEMENTS:
            return statements
        case ValueKind.POINTS | ValueKind.POINTS_BY_RATERS:
            one = next(each for each in scheme.walk() if each.name == fact.indicator)
            if isinstance(one.rule, LevelSelect):
                return max(level.points for level in one.rule.levels)
            return scheme.full_points(one)
        case ValueKind.NUMBER | ValueKind.SIGNED | ValueKind.COUNT:
            return Decimal(100)
        case _:
            assert_never(fact.kind)
