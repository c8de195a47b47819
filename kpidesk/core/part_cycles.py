"""Cycles that a contract holds only a part of: when a scheme can judge them, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.clauses import Prose
from kpidesk.core.paying.pooling.rules import PerPointPenalty, PoolByShare
from kpidesk.core.period import Cycle, Grain, Period
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue

_GRAINS = {
    Grain.MONTH: "月",
    Grain.QUARTER: "季度",
    Grain.HALF_YEAR: "半年",
    Grain.YEAR: "年度",
}


def why_not_in_part(
    scheme: Scheme, part: Period, settings: Mapping[str, SettingValue] | None = None
) -> str:
    """Why a scheme cannot judge or pay some months of a cycle by themselves; empty when it can."""
    return next(_hurdles(scheme, Cycle(part), settings or {}), "")


def _hurdles(scheme: Scheme, cycle: Cycle, settings: Mapping[str, SettingValue]) -> Iterator[str]:
    if any(isinstance(one, PoolByShare | PerPointPenalty) for one in scheme.pay):
        yield "奖金按整个周期在大家之间分配"
    if scheme.pay and any(one.of_team for one in scheme.facts):
        yield "薪酬按整个周期的团队业绩计算"
    for one in scheme.facts:
        grain = one.grains[0]
        if (one.base_before or one.base_last_year) and not _has(cycle, grain):
            yield f"“{one.label}”要和以前整个周期的数比较"
        elif not one.optional and not _has(cycle, grain, of_cycle=True):
            yield f"“{one.label}”按{_GRAINS[grain]}填，期限里没有一个完整的{_GRAINS[grain]}"
    staged = scheme.stages and _made_of_stages(scheme, settings)
    if scheme.stages and staged and not _has(cycle, scheme.stages, of_cycle=True):
        stage = _GRAINS[scheme.stages]
        yield f"得分由各{stage}汇总，期限里没有一个完整的{stage}"


def _made_of_stages(scheme: Scheme, settings: Mapping[str, SettingValue]) -> bool:
    """Whether the total needs the stages: not where that of the year's end stands by itself."""
    rule = scheme.aggregation
    if not isinstance(rule, WeightedTree) or rule.by_stage:
        return True
    return Prose(scheme, dict(settings)).word(rule.rollup) != "year_end"


def _has(cycle: Cycle, grain: Grain, *, of_cycle: bool = False) -> bool:
    """Whether a whole period of a grain lies inside; the cycle itself counts only where it may."""
    if grain is Grain.CYCLE:
        return of_cycle
    return bool(cycle.parts(grain))
