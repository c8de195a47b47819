"""Where formulas stand in a scheme, and the names that each of them may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from itertools import takewhile

from kpidesk.core.figure import POINTS, Unit
from kpidesk.core.formula.meaning import unit_of
from kpidesk.core.formula.scope import Scope, scope_of
from kpidesk.core.names import result_names
from kpidesk.core.paying.rules import FormulaPay, PayRule
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Formula

_TOTALS = {
    "full_points": "满分合计",
    "total": "总分",
    "total_of_100": "折算百分制",
    "weighted_score": "评定得分",
    "score_of_50": "绩效得分",
}


@dataclass(frozen=True, slots=True)
class FormulaPlace:
    """A formula of a scheme: what it is called, what it gives, and what it may use."""

    label: str
    name: str
    text: str
    unit: Unit
    grain: Grain
    scope: Scope
    clause: str = ""


def formulas_of(scheme: Scheme) -> Iterator[FormulaPlace]:
    """Every formula of a scheme, in the order in which they are computed."""
    for leaf in scheme.leaves():
        if isinstance(leaf.rule, Formula):
            yield FormulaPlace(
                leaf.name,
                f"score.{leaf.name}",
                leaf.rule.expression,
                POINTS,
                Grain.CYCLE,
                scoring_scope(scheme, leaf.name),
                leaf.clause,
            )
    for place, rule in enumerate(scheme.pay):
        if isinstance(rule, FormulaPay):
            yield FormulaPlace(
                rule.label,
                rule.result,
                rule.expression,
                unit_of(rule.unit),
                rule.grain,
                paying_scope(scheme, place),
                rule.clause,
            )


@lru_cache(maxsize=64)
def scoring_scope(scheme: Scheme, leaf: str) -> Scope:
    """What the formula of a leaf may use: facts, parameters, scores of the leaves before it."""
    before = takewhile(lambda one: one.name != leaf, scheme.leaves())
    earlier = [(f"score.{one.name}", f"{one.name}得分") for one in before]
    return scope_of(scheme, earlier, scores=True)


@lru_cache(maxsize=64)
def paying_scope(scheme: Scheme, place: int, more: tuple[tuple[str, str], ...] = ()) -> Scope:
    """What the pay rule at a place may use: facts, parameters, scores, totals, lines before it.

    `more` are results that only an evaluation knows, with their labels.
    """
    results = [(f"score.{one.name}", f"{one.name}得分") for one in scheme.walk()]
    results += totals_given(scheme)
    for rule in scheme.pay[:place]:
        results += results_given(rule)
    known = {name for name, _ in results}
    results += [(name, label) for name, label in more if name not in known]
    rule = scheme.pay[place]
    return scope_of(scheme, results, of_team=isinstance(rule, FormulaPay) and rule.of_team)


def totals_given(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """The totals of a scheme with their labels."""
    return tuple((name, _TOTALS[name]) for name in result_names(scheme))


def results_given(rule: PayRule) -> tuple[tuple[str, str], ...]:
    """The results that a pay rule states with a label: its own, and those of its parts."""
    return tuple(_given(rule))


def _given(record: object) -> Iterator[tuple[str, str]]:
    if isinstance(record, tuple):
        for one in record:
            yield from _given(one)
    elif is_dataclass(record):
        result, label = getattr(record, "result", None), getattr(record, "label", None)
        if isinstance(result, str) and isinstance(label, str):
            yield result, label
        for one in fields(record):
            yield from _given(getattr(record, one.name))
