"""What the names in a formula mean: facts, parameters, earlier results of the scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

from kpidesk.core.formula.scan import normal
from kpidesk.core.measures import Metric
from kpidesk.core.names import KnownFact, known_facts, known_parameters, known_team_facts
from kpidesk.core.scheme import Scheme

FULL_POINTS = "满分"
"""The name of the indicator's own full points, in a formula that scores it."""


@dataclass(frozen=True, slots=True)
class FactNamed:
    """A fact of the person, or of the whole group."""

    fact: KnownFact
    of_team: bool = False


@dataclass(frozen=True, slots=True)
class ParameterNamed:
    """A parameter of the scheme."""

    name: str


@dataclass(frozen=True, slots=True)
class ResultNamed:
    """A result that is computed before this formula."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class MetricNamed:
    """A figure that the scheme makes from facts: 客户投诉率."""

    metric: Metric


@dataclass(frozen=True, slots=True)
class FullPoints:
    """The indicator's full points."""


Meaning: TypeAlias = FactNamed | ParameterNamed | MetricNamed | ResultNamed | FullPoints


@dataclass(frozen=True, slots=True)
class Scope:
    """Every name that a formula may use, in its normal form; a name may mean several things."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """What the scanner has to know."""
        return frozenset(self.meanings)

    def find(self, name: str) -> tuple[Meaning, ...]:
        """What a name may mean; nothing where it is unknown."""
        return self.meanings.get(normal(name), ())

    def near(self, name: str) -> str:
        """The known name that is most like a wrong one; empty when none is."""
        close = get_close_matches(normal(name), list(self.meanings), n=1, cutoff=0.5)
        return self.texts[close[0]] if close else ""

    def others(self, meaning: Meaning) -> tuple[str, ...]:
        """The names that mean this and nothing else."""
        return tuple(
            self.texts[name] for name, found in self.meanings.items() if found == (meaning,)
        )


def scope_of(
    scheme: Scheme,
    results: Iterable[tuple[str, str]] = (),
    *,
    scores: bool = False,
    of_team: bool = False,
) -> Scope:
    """The names that a formula of the scheme may use; `results` are earlier ones with labels.

    `scores`: the formula scores an indicator. A name of a person's fact that is also one of the
    group's means the person's, unless the formula is computed for the group (`of_team`).
    """
    pairs = list(_facts(scheme, of_team=of_team))
    for parameter in known_parameters(scheme).values():
        by_name = ParameterNamed(parameter.name)
        pairs += [(parameter.name, by_name), (parameter.label, by_name)]
    for metric in scheme.metrics:
        by_facts = MetricNamed(metric)
        pairs += [(metric.result, by_facts), (metric.name, by_facts)]
    for name, label in results:
        result = ResultNamed(name, label)
        if scheme.metric(name) is None:
            pairs += [(one, result) for one in (name, label) if one]
    if scores:
        pairs.append((FULL_POINTS, FullPoints()))
    meanings: dict[str, tuple[Meaning, ...]] = {}
    texts: dict[str, str] = {}
    for text, one in pairs:
        key = normal(text)
        texts.setdefault(key, text)
        if one not in meanings.get(key, ()):
            meanings[key] = (*meanings.get(key, ()), one)
    return Scope(meanings, texts)


def _facts(scheme: Scheme, *, of_team: bool) -> Iterator[tuple[str, Meaning]]:
    """The names of facts; those that a metric gives ready-made are left to the metric."""
    known = known_facts(scheme).values()
    own = [one for one in known if not one.indicator and scheme.metric(one.name) is None]
    group = list(known_team_facts(scheme).values())
    taken: set[str] = set()
    for facts, team in ((group, True), (own, False)) if of_team else ((own, False), (group, True)):
        for fact in facts:
            meaning = FactNamed(fact, team)
            yield from ((one, meaning) for one in (fact.name, fact.label) if one not in taken)
            if team:
                yield from ((f"团队{fact.label}", meaning), (f"team.{fact.name}", meaning))
        taken = {one for fact in facts for one in (fact.name, fact.label)}
