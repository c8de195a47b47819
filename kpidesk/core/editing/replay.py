"""Replaying what happened under one version of a scheme through another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.clauses import Prose
from kpidesk.core.evaluate import evaluate
from kpidesk.core.exact import ZERO, divide, multiply, round_half_up
from kpidesk.core.exemption import EXEMPT
from kpidesk.core.facts import TEAM, Appraisee, Event, Fact, Facts, FactValue
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import known_facts, known_parameters, known_team_facts
from kpidesk.core.period import Cycle
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.asked import is_rated
from kpidesk.core.scoring.rules import LevelSelect
from kpidesk.core.settings import SettingValue

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Replay:
    """From one version of a scheme to another."""

    before: Scheme
    after: Scheme

    def evaluate(
        self,
        cycle: Cycle,
        people: Sequence[Appraisee],
        facts: Facts,
        settings: Mapping[str, SettingValue],
    ) -> Evaluation:
        """What the other version makes of the same figures; people without a role in it go."""
        roles = {one.name for one in self.after.roles}
        flat = [one for by_period in facts.by_name.values() for one in by_period.values()]
        ledgers = {who: tuple(self.lines(lines)) for who, lines in facts.ledgers.items()}
        return evaluate(
            self.after,
            cycle=cycle,
            people=[one for one in people if one.role in roles],
            facts=Facts.of(self.facts(flat), ledgers),
            settings=self.settings(settings),
        )

    def settings(self, settings: Mapping[str, SettingValue]) -> dict[str, SettingValue]:
        """What contracts set otherwise, where the other version leaves it as it was.

        What was changed in the scheme holds for everybody: weights all together, for they add up.
        """
        known = known_parameters(self.after)
        weighs_alike = _weights(self.before) == _weights(self.after)
        return {
            name: value
            for name, value in settings.items()
            if name in known
            and (weighs_alike or not name.startswith("weight."))
            and self.before.parameter(name) == self.after.parameter(name)
        }

    def facts(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The figures that the other version knows; scores by raters out of its full points."""
        exempt = {f"{EXEMPT}{one.name}" for one in self.after.leaves()}
        own, team = known_facts(self.after).keys() | exempt, known_team_facts(self.after)
        scores = dict(self._scores())
        for one in facts:
            if one.name not in (team if one.subject == TEAM else own):
                continue
            leaf = next((name for name in scores if _is_score(one.name, name)), None)
            if leaf is None:
                yield one
            elif (value := self._value(*scores[leaf], one.value)) is not None:
                yield replace(one, value=value)

    def _scores(self) -> Iterator[tuple[str, tuple[Indicator, Indicator]]]:
        """The leaves of both versions, by name."""
        before = {one.name: one for one in self.before.leaves()}
        for one in self.after.leaves():
            if one.name in before:
                yield one.name, (before[one.name], one)

    def _value(self, old: Indicator, new: Indicator, value: FactValue) -> FactValue | None:
        """The same judgements in the other version's points; None where it computes them now."""
        was = is_rated(old.rule, Prose(self.before, {}).word)
        if was and not is_rated(new.rule, Prose(self.after, {}).word):
            return None
        if isinstance(value, Decimal):
            return self._points(old, new, value)
        if isinstance(value, tuple):
            each = [one for one in value if isinstance(one, Decimal)]
            return tuple(self._points(old, new, one) for one in each)
        return None

    def _points(self, old: Indicator, new: Indicator, value: Decimal) -> Decimal:
        """One judgement: of the same level where there are as many, else the same share of full."""
        if isinstance(old.rule, LevelSelect) and isinstance(new.rule, LevelSelect):
            levels = [one.points for one in old.rule.levels]
            if len(levels) == len(new.rule.levels) and value in levels:
                return new.rule.levels[levels.index(value)].points
        full, now = self.before.full_points(old), self.after.full_points(new)
        if full in (ZERO, now):
            return value
        return round_half_up(divide(multiply(value, now), full), _PLACES)

    def lines(self, lines: Iterable[Event]) -> Iterator[Event]:
        """The dated lines of the kinds that the other version knows."""
        kinds = {one.name for one in self.after.events}
        return (one for one in lines if one.kind in kinds)


def _weights(scheme: Scheme) -> list[tuple[str, Decimal | None]]:
    return [(one.name, one.worth) for one in scheme.walk()]


def _is_score(name: str, indicator: str) -> bool:
    return name == f"score.{indicator}" or name.startswith(f"score.{indicator}.")
