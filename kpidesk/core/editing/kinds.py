"""The kinds of scoring rule as the officer chooses among them, and a sound beginning of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from kpidesk.core.editing.needs import without_needs
from kpidesk.core.editing.places import put
from kpidesk.core.editing.tree import indicator_of, path_of
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.measures import Absence, Growth, GrowthBase, Increase, Ratio
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactKind, FactSpec, Scheme
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    CustomerMode,
    Decay,
    Deduction,
    Formula,
    Level,
    LevelSelect,
    Manual,
    NewCustomers,
    PerUnit,
    ProportionalClamped,
    Range,
    RangeTable,
    ReachOrDecay,
    ScoringRule,
    Step,
    StepDeviation,
    StepGrowth,
)

_FULL_PARTS = (Decimal(1), Decimal("0.8"), Decimal("0.6"), Decimal("0.4"))
_ANY_UNIT = "元"
"""The unit of a figure that may be of any: that which the officer will most likely want."""
_GRADES = ("优秀：", "良好：", "合格：", "不合格：")


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a kind is called, and when one takes it."""

    title: str
    meaning: str


def rule_words(  # noqa: C901, PLR0912 - one case for each kind of rule
    rule: ScoringRule,
) -> KindWords:
    """The words of a rule's kind."""
    match rule:
        case Manual():
            return KindWords("考核人打分", "没有数字，由考核人在 0 到满分之间打分")
        case LevelSelect():
            return KindWords("分级描述", "考核人从写好的几级里选一级，每级有固定的分")
        case Checklist():
            return KindWords("逐项勾选", "几条要求，达到一条得一条的分")
        case Attainment():
            return KindWords("完成率计分", "得分 = 满分 × 实际 ÷ 目标，可设最低和最高分")
        case StepDeviation():
            return KindWords("完成率分档加减分", "达到标准得满分，每高（低）若干百分点加（扣）分")
        case StepGrowth():
            return KindWords("增长分档加分", "比上季每增加若干加分，负增长不扣分")
        case ReachOrDecay():
            return KindWords("增长率达标", "增长率达到目标得满分，不到按比例或按档递减")
        case NewCustomers():
            return KindWords("新客户开发", "按户数与计划相比加减分")
        case Deduction(items) if all(isinstance(one, PerUnit) for one in items):
            return KindWords("缺勤扣分", "从满分扣起，每缺勤一天扣分，扣完为止")
        case Deduction():
            return KindWords("按次数扣分", "从满分扣起，次数在哪一档就扣多少分，扣完为止")
        case AllConform():
            return KindWords("各项符合要求", "几项是或否，全部符合得满分")
        case ProportionalClamped():
            return KindWords("与去年相比", "满分 × 今年 ÷ 去年，限定在最低和最高分之间")
        case Formula():
            return KindWords("自定公式", "用中文名称写公式，如 满分 × 实际 ÷ 目标")
        case _:
            assert_never(rule)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A rule to begin with, and the figures that it asks for."""

    rule: ScoringRule
    facts: tuple[FactSpec, ...] = ()


def beginnings(scheme: Scheme, name: str) -> Iterator[Beginning]:
    """A beginning of every kind for an indicator, in the order in which they are offered."""
    full = scheme.full_points(indicator_of(scheme, name)) or HUNDRED
    target, actual = _target(name), _fact(f"actual.{name}", f"{name}实际", _ANY_UNIT, signed=True)
    ratio = Ratio(actual.name, target.name)
    quarter = _fact(f"quarter.{name}", f"{name}（季度）", "万元", signed=True)
    quarter = replace(quarter, grains=(Grain.QUARTER,), base_before=True)
    years = replace(actual, base_last_year=True)
    levels = tuple(Level((full * part).normalize() + ZERO, text)
                   for part, text in zip(_FULL_PARTS, _GRADES, strict=True))  # fmt: skip
    yield Beginning(Manual())
    yield Beginning(LevelSelect(levels))
    yield Beginning(Attainment(ratio), (target, actual))
    one_in_five = Step(Decimal(5))
    yield Beginning(StepDeviation(ratio, HUNDRED, one_in_five, one_in_five), (target, actual))
    times = _fact(f"times.{name}", f"{name}次数", "次", kind=FactKind.COUNT)
    ranges = (Range(Decimal(1), Decimal(3), Decimal(1)), Range(Decimal(4), Decimal(6), Decimal(2)))
    yield Beginning(Deduction((RangeTable(times.name, ranges),)), (times,))
    days = _fact(f"days.{name}", "出勤天数", "天")
    absence = PerUnit(Absence(days.name), Decimal(1))
    yield Beginning(Deduction((absence,)), (days,))
    met = _fact(f"met.{name}", f"{name}达到的各项", "", kind=FactKind.STATEMENTS)
    items = tuple(Level((full / 2).normalize() + ZERO, text) for text in ("要求一", "要求二"))
    yield Beginning(Checklist(met.name, items), (met,))
    yield Beginning(
        ReachOrDecay(
            Growth(years.name, GrowthBase.SAME_PERIOD_LAST_YEAR),
            Decimal(10), Decay.LINEAR, Decimal(1), Decimal(1),
        ),
        (years,),
    )  # fmt: skip
    yield Beginning(StepGrowth(Increase(quarter.name), one_in_five, cap=full), (quarter,))
    planned = _fact(f"target.{name}", f"{name}计划", "户", plan=True)
    won = _fact(f"actual.{name}", f"{name}实际", "户", kind=FactKind.COUNT)
    customers = NewCustomers(won.name, planned.name, CustomerMode.PLAN_BASED)
    yield Beginning(customers, (planned, won))
    yield Beginning(ProportionalClamped((years.name,), ZERO, full), (years,))
    ok = _fact(f"ok.{name}", f"{name}符合要求", "", kind=FactKind.FLAG)
    yield Beginning(AllConform((ok.name,)), (ok,))
    yield Beginning(Formula(f"满分 × {actual.label} ÷ {target.label}"), (target, actual))


def with_rule(scheme: Scheme, name: str, beginning: Beginning) -> Scheme:
    """The indicator scored by another rule, with the figures that it asks for, less the others'.

    A figure that both rules ask for keeps its label and unit.
    """
    known = {one.name: one for one in scheme.facts}
    asked = [one if _is_other(known.get(one.name), one) else known[one.name]
             for one in beginning.facts]  # fmt: skip
    path = (*path_of(scheme, name), "rule")
    bare = replace(
        put(scheme, path, Manual()),
        metrics=tuple(one for one in scheme.metrics if one.indicator != name),
    )
    bare = without_needs(scheme, bare)
    left = {one.name for one in bare.facts}
    more = tuple(one for one in asked if one.name not in left)
    return put(replace(bare, facts=(*bare.facts, *more)), path, beginning.rule)


def _is_other(known: FactSpec | None, wanted: FactSpec) -> bool:
    """Whether a fact of the name is not there, or is one of another kind or of a fixed unit."""
    if known is None or wanted.unit not in (_ANY_UNIT, known.unit):
        return True
    shape = (known.kind, known.grains, known.base_before, known.base_last_year)
    return shape != (wanted.kind, wanted.grains, wanted.base_before, wanted.base_last_year)


def _target(name: str) -> FactSpec:
    return _fact(f"target.{name}", f"{name}目标", _ANY_UNIT, signed=True, plan=True)


def _fact(
    name: str,
    label: str,
    unit: str,
    *,
    kind: FactKind = FactKind.NUMBER,
    signed: bool = False,
    plan: bool = False,
) -> FactSpec:
    return FactSpec(name, label, unit, kind=kind, signed=signed, plan=plan)
