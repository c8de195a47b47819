"""What would mend a flaw: each a small record, applied by one pure function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias, assert_never

from kpidesk.core.aggregation import PointsSum
from kpidesk.core.explain import show
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.indicator import Indicator
from kpidesk.core.paying.rules import FormulaPay, PayRule
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Formula
from kpidesk.core.settings import SettingValue


@dataclass(frozen=True, slots=True)
class Reweigh:
    """Other weights (or full points) for some indicators."""

    worths: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Declare:
    """The header declares what the full points really add to."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Choose:
    """A parameter gets a value."""

    parameter: str
    label: str
    value: SettingValue
    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A fact or parameter that nothing uses goes."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class AskForBase:
    """The figures of an earlier period are asked for as well."""

    fact: str
    label: str
    before: bool = False
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Reword:
    """Another text for a formula; `name` is the result that it gives."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class Reorder:
    """Pay rules in an order in which each finds what it needs; the places as they are now."""

    places: tuple[int, ...]


Fix: TypeAlias = Reweigh | Declare | Choose | Drop | AskForBase | Reword | Reorder


def mended(scheme: Scheme, fix: Fix) -> Scheme:
    """The scheme with a fix applied."""
    match fix:
        case Reweigh(worths):
            by_name = dict(worths)
            after = replace(
                scheme, indicators=tuple(_reweighed(one, by_name) for one in scheme.indicators)
            )
            return settled(after, FlawKind.WEIGHTS, FlawKind.POINTS)
        case Declare(points):
            if not isinstance(scheme.aggregation, PointsSum):
                return scheme
            after = replace(scheme, aggregation=replace(scheme.aggregation, declared=points))
            return settled(after, FlawKind.POINTS)
        case Choose(parameter=name, value=value):
            return replace(
                scheme,
                parameters=tuple(
                    replace(one, default=value) if one.name == name else one
                    for one in scheme.parameters
                ),
            )
        case Drop(name):
            return replace(
                scheme,
                facts=tuple(one for one in scheme.facts if one.name != name),
                parameters=tuple(one for one in scheme.parameters if one.name != name),
            )
        case AskForBase():
            return replace(
                scheme,
                facts=tuple(
                    replace(
                        one,
                        base_before=one.base_before or fix.before,
                        base_last_year=one.base_last_year or fix.last_year,
                    )
                    if one.name == fix.fact
                    else one
                    for one in scheme.facts
                ),
            )
        case Reword():
            return replace(
                scheme,
                indicators=tuple(_reworded(one, fix) for one in scheme.indicators),
                pay=tuple(_repaid(one, fix) for one in scheme.pay),
            )
        case Reorder(places):
            return replace(scheme, pay=tuple(scheme.pay[place] for place in places))
        case _:
            assert_never(fix)


def fix_text(fix: Fix) -> str:
    """What a fix does, in Chinese."""
    match fix:
        case Reweigh(worths):
            return "改为：" + "，".join(f"{name} {show(worth)}" for name, worth in worths)
        case Declare(points):
            return f"把表头的满分改为 {show(points)} 分"
        case Choose(label=label, text=text):
            return f"把参数“{label}”定为{text}"
        case Drop(label=label):
            return f"删去“{label}”"
        case AskForBase(label=label, before=before):
            return f"同时填写“{label}”{'上一期' if before else '去年同期'}的数字"
        case Reword(expression=expression):
            return f"公式改为：{expression}"
        case Reorder():
            return "调整计算次序，使每一项用到的结果都先算出"
        case _:
            assert_never(fix)


def settled(scheme: Scheme, *kinds: FlawKind) -> Scheme:
    """The scheme without what its clauses told of flaws of these kinds: they are no more."""
    gone = {one.id for one in scheme.ambiguities if one.flaw in kinds}
    return replace(
        scheme,
        ambiguities=tuple(one for one in scheme.ambiguities if one.id not in gone),
        parameters=tuple(
            replace(one, ambiguity="") if one.ambiguity in gone else one
            for one in scheme.parameters
        ),
    )


def _reweighed(indicator: Indicator, worths: dict[str, Decimal]) -> Indicator:
    return replace(
        indicator,
        worth=worths.get(indicator.name, indicator.worth),
        children=tuple(_reweighed(one, worths) for one in indicator.children),
    )


def _reworded(indicator: Indicator, fix: Reword) -> Indicator:
    rule = indicator.rule
    if isinstance(rule, Formula) and fix.name == f"score.{indicator.name}":
        return replace(indicator, rule=replace(rule, expression=fix.expression))
    return replace(indicator, children=tuple(_reworded(one, fix) for one in indicator.children))


def _repaid(rule: PayRule, fix: Reword) -> PayRule:
    if isinstance(rule, FormulaPay) and rule.result == fix.name:
        return replace(rule, expression=fix.expression)
    return rule
