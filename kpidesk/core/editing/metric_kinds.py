"""A figure made from others, to begin with: the kinds of measure and what each asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kpidesk.core.editing.begun import Begun, free
from kpidesk.core.measures import (
    Absence,
    Growth,
    GrowthBase,
    Increase,
    Measure,
    Metric,
    Proportion,
    Ratio,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec, Scheme

_NAME: Final = "新计算项"


def with_metric(scheme: Scheme, kind: type) -> Scheme:
    """One more figure that is made from others, with the figures that it is made from."""
    begun = Begun(scheme)
    result = free("metric", (one.result for one in scheme.metrics))
    taken = [one.name for one in scheme.metrics]
    name, number = _NAME, 2
    while name in taken:
        name, number = f"{_NAME} {number}", number + 1
    measure = _BEGIN[kind](begun, result, name)
    made = Metric(result, name, measure)
    return replace(begun.scheme, metrics=(*begun.scheme.metrics, made))


def measure_words(kind: type) -> str:
    """What a kind of measure is called."""
    return _WORDS[kind]


def _ratio(begun: Begun, result: str, name: str) -> Measure:
    actual = _fact(begun, result, "actual", f"{name}的实际")
    target = begun.fact(FactSpec(f"{result}.target", f"{name}的目标", "元", signed=True, plan=True))
    return Ratio(actual, target)


def _part(begun: Begun, result: str, name: str) -> Measure:
    part = _fact(begun, result, "part", f"{name}的部分")
    return Proportion(part, _fact(begun, result, "whole", f"{name}的全部"))


def _increase(begun: Begun, result: str, name: str) -> Measure:
    spec = FactSpec(
        f"{result}.quarter", f"{name}的数字", "元", grains=(Grain.QUARTER,), base_before=True,
        signed=True,
    )  # fmt: skip
    return Increase(begun.fact(spec))


def _growth(begun: Begun, result: str, name: str) -> Measure:
    spec = FactSpec(f"{result}.year", f"{name}的数字", "元", base_last_year=True, signed=True)
    return Growth(begun.fact(spec), GrowthBase.SAME_PERIOD_LAST_YEAR)


def _absence(begun: Begun, result: str, name: str) -> Measure:
    return Absence(begun.fact(FactSpec(f"{result}.days", f"{name}的出勤天数", "天")))


def _fact(begun: Begun, result: str, what: str, label: str) -> str:
    return begun.fact(FactSpec(f"{result}.{what}", label, "元", signed=True))


_BEGIN: Final[Mapping[type, Callable[[Begun, str, str], Measure]]] = {
    Ratio: _ratio,
    Proportion: _part,
    Growth: _growth,
    Increase: _increase,
    Absence: _absence,
}
_WORDS: Final = {
    Ratio: "完成率（实际 ÷ 目标）",
    Proportion: "比率（部分 ÷ 全部）",
    Growth: "增长率（比去年或上期）",
    Increase: "比上季增加",
    Absence: "缺勤天数",
}
NEW_METRIC: Final = tuple(_BEGIN)
"""The kinds of measure, in the order in which they are offered."""
