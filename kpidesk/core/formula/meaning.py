"""Which meaning a name has, and at what grain a fact is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kpidesk.core.figure import Unit
from kpidesk.core.formula.scope import (
    FactNamed,
    FullPoints,
    Meaning,
    MetricNamed,
    ParameterNamed,
    ResultNamed,
    Scope,
)
from kpidesk.core.formula.tree import FormulaError, Name, Node, names_in
from kpidesk.core.formula.words import quoted
from kpidesk.core.names import KnownFact, ValueKind
from kpidesk.core.period import CYCLE, Cycle, Grain, Period

_ORDER = (Grain.MONTH, Grain.QUARTER, Grain.HALF_YEAR, Grain.YEAR, Grain.CYCLE)
_OF_GRAIN = {
    Grain.MONTH: "按月",
    Grain.QUARTER: "按季度",
    Grain.HALF_YEAR: "按半年",
    Grain.YEAR: "按年",
    Grain.CYCLE: "按全周期",
}


def meaning_of(name: Name, scope: Scope) -> Meaning:
    """The one meaning of a name; FormulaError where it has none or several."""
    found = scope.find(name.text)
    if len(found) == 1:
        return found[0]
    if not found:
        near = scope.near(name.text)
        hint = f"，是不是“{near}”？" if near else "，请核对名称；名称里含有运算符的请加引号“ ”"
        raise FormulaError(name.at, f"没有名为“{name.text}”的数据、参数或结果{hint}")
    others = "；".join(_otherwise(one, scope) for one in found)
    raise FormulaError(name.at, f"“{name.text}”有几种含义，请改写成：{others}")


def _otherwise(meaning: Meaning, scope: Scope) -> str:
    """How to write a meaning so that nothing else can be meant."""
    names = [quoted(one) for one in scope.others(meaning)]
    match meaning:
        case FactNamed(fact):
            what = f"数据“{fact.label}”"
        case ParameterNamed(name):
            what = f"参数 {name}"
        case MetricNamed(metric):
            what = f"计算结果“{metric.name}”"
        case ResultNamed(name, label):
            what = f"结果“{label or name}”"
        case FullPoints():
            what = "指标的满分"
        case _:
            assert_never(meaning)
    return f"{what}写 {names[0]}" if names else f"{what}（与别的重名，请先改名）"


def read_grain(fact: KnownFact, grain: Grain, at: int, *, summed: bool) -> Grain:
    """The grain at which a fact is read in a part computed by `grain`.

    FormulaError where it is finer, so that it has no single value there; `summed`: dated lines
    add up to it in any period.
    """
    if fact.kind is ValueKind.STATEMENTS:
        raise FormulaError(at, f"“{fact.label}”是文字，不能用在公式里")
    if grain in fact.grains:
        return grain
    coarser = [one for one in _ORDER[_ORDER.index(grain) :] if one in fact.grains]
    if coarser:
        return coarser[0]
    if summed:
        return grain
    finest = _OF_GRAIN[fact.grains[0]]
    text = quoted(fact.label)
    problem = f"“{fact.label}”是{finest}填写的，这里没有单一的值；请写 合计({text}) 或 平均({text})"
    raise FormulaError(at, problem)


def finest_grain(node: Node, scope: Scope) -> Grain:
    """The finest grain of the facts in a part of a formula, for a sum over its periods."""
    grains = [
        grain
        for name in names_in(node)
        for one in scope.find(name.text)
        if isinstance(one, FactNamed)
        for grain in one.fact.grains
        if grain is not Grain.CYCLE
    ]
    return min(grains, key=_ORDER.index, default=Grain.MONTH)


def unit_of(text: str) -> Unit:
    """A unit as a scheme writes it: 元, %, 元/件."""
    name, _, per = text.partition("/")
    return Unit(name, per)


def periods_read(known: KnownFact, cycle: Cycle, stage: str) -> Iterator[tuple[str, str]]:
    """The periods of a fact that a formula of the sheet may look at, each with its label.

    Those of the stage or the cycle, and the earlier ones that the fact is asked for.
    """
    if stage != CYCLE:
        parts: tuple[Period, ...] = (Period.parse(stage),)
    else:
        parts = cycle.parts(known.grains[0])
    earlier = [one.before() for one in parts[:1] if known.base_before]
    if known.base_last_year:
        earlier += [one.year_before() for one in parts]
    for one in dict.fromkeys(earlier):
        yield one.key, f"{known.label}（{one.key}）"
    if len(parts) == 1:
        yield stage if known.grains[0] is Grain.CYCLE else parts[0].key, known.label
        return
    for one in parts:
        yield one.key, f"{known.label}（{one.key}）"
