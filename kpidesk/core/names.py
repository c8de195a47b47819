"""The names that a scheme knows: of facts, with what may stand under them, and of parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from kpidesk.core.aggregation import EnteredTotal, NoTotal, PointsSum, WeightedScaled, WeightedTree
from kpidesk.core.exact import ZERO
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactKind, FactSpec, Scheme
from kpidesk.core.settings import Parameter, ParameterKind


class ValueKind(StrEnum):
    """What may be entered under a fact's name."""

    NUMBER = "number"
    SIGNED = "signed"  # may be negative
    COUNT = "count"
    POINTS = "points"
    POINTS_BY_RATERS = "points_by_raters"  # one score, or one of each rater of a kind
    STATEMENTS = "statements"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A name under which facts may be entered, how fine, and what they are."""

    name: str
    label: str
    unit: str
    kind: ValueKind
    grains: tuple[Grain, ...]
    base_before: bool = False
    base_last_year: bool = False
    indicator: str = ""
    roles: tuple[str, ...] = ()
    refund: bool = False


def known_team_facts(scheme: Scheme) -> dict[str, KnownFact]:
    """Every name of a fact of the whole group that the scheme knows."""
    return {spec.name: _declared(spec) for spec in scheme.facts if spec.of_team}


def known_facts(scheme: Scheme) -> dict[str, KnownFact]:
    """Every name of a fact of a person that the scheme knows."""
    known = [_declared(spec) for spec in scheme.facts if not spec.of_team]
    grains = scored_grains(scheme)
    for indicator in scheme.walk():
        known.append(_score(indicator, grains))
        if scheme.may_rate(indicator):
            known.extend(
                KnownFact(
                    f"score.{indicator.name}.{rater.name}",
                    f"{indicator.name}（{rater.label}）",
                    "分",
                    ValueKind.POINTS_BY_RATERS,
                    grains,
                    indicator=indicator.name,
                )
                for rater in scheme.raters
            )
    return {one.name: one for one in known}


def scored_grains(scheme: Scheme) -> tuple[Grain, ...]:
    """For what periods scores are given: the cycle, its stages, or both."""
    if scheme.stages is None:
        return (Grain.CYCLE,)
    rule = scheme.aggregation
    if isinstance(rule, WeightedTree) and rule.by_stage:
        return (scheme.stages,)
    return (Grain.CYCLE, scheme.stages)


def known_parameters(scheme: Scheme) -> dict[str, Parameter]:
    """Every parameter of the scheme, the weights among them where the company may set them."""
    known = {one.name: one for one in scheme.parameters}
    for indicator in scheme.walk():
        if scheme.may_weigh(indicator):
            name = f"weight.{indicator.name}"
            known[name] = Parameter(
                name=name,
                label=f"{indicator.name}的权重",
                kind=ParameterKind.NUMBER,
                meaning="权重(%)；下级指标合计等于上级，各维度合计 100%",
                default=indicator.worth,
                unit="%",
                least=ZERO,
                company_own=True,
            )
    return known


def result_names(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's totals, in the order of the sheet's foot."""
    match scheme.aggregation:
        case PointsSum():
            return ("full_points", "total", "total_of_100")
        case WeightedTree() | EnteredTotal():
            return ("total",)
        case WeightedScaled():
            return ("weighted_score", "score_of_50", "total")
        case NoTotal():
            return ()
        case _:
            assert_never(scheme.aggregation)


def _score(indicator: Indicator, grains: tuple[Grain, ...]) -> KnownFact:
    return KnownFact(
        f"score.{indicator.name}",
        f"{indicator.name}得分",
        "分",
        ValueKind.POINTS,
        grains,
        indicator=indicator.name,
    )


def _declared(spec: FactSpec) -> KnownFact:
    match spec.kind:
        case FactKind.NUMBER:
            kind = ValueKind.SIGNED if spec.signed else ValueKind.NUMBER
        case FactKind.COUNT:
            kind = ValueKind.COUNT
        case FactKind.STATEMENTS:
            kind = ValueKind.STATEMENTS
        case FactKind.FLAG:
            kind = ValueKind.FLAG
        case _:
            assert_never(spec.kind)
    return KnownFact(
        spec.name,
        spec.label,
        spec.unit,
        kind,
        spec.grains,
        spec.base_before,
        spec.base_last_year,
        roles=spec.roles,
        refund=spec.refund,
    )
