"""Number lines: for each value at and beside a bound, which rule, level or grade applies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.context import Context
from kpidesk.core.exact import ZERO
from kpidesk.core.explain import show, show_money
from kpidesk.core.facts import Fact, Facts
from kpidesk.core.figure import YUAN
from kpidesk.core.grading import GradeScale
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Ratio
from kpidesk.core.scoring.rules import Attainment, Deduction, RangeTable, StepDeviation
from kpidesk.core.scoring.score import score
from kpidesk.core.settings import Amount, Ref

_CENT = Decimal("0.01")
_PLAN = Decimal(10_000)  # so that a hundredth of a percent is a whole figure
_STEPS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Point:
    """A value and what applies to it."""

    value: str
    applies: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The values at and beside every bound of one rule, rising."""

    title: str
    points: tuple[Point, ...]
    clause: str = ""


def number_lines(context: Context) -> Iterator[NumberLine]:
    """The lines of the grade scale, of printed tables and of rules by attainment."""
    scheme = context.scheme
    if scheme.grades is not None:
        yield _grades(scheme.grades, context)
    for leaf in scheme.leaves():
        match leaf.rule:
            case Deduction(items):
                for item in items:
                    if isinstance(item, RangeTable):
                        yield _table(item, leaf, context)
            case Attainment() as rule:
                yield from _attained(leaf, rule, rule.measure, context)
            case StepDeviation(measure=Ratio() as ratio) as rule:
                yield from _attained(leaf, rule, ratio, context)
            case _:
                pass


def _grades(scale: GradeScale, context: Context) -> NumberLine:
    whole = context.word(scale.gap_policy) == "round_integer"
    values = {scale.least, scale.most}
    for row in scale.bands.rows:
        values |= {row.at, row.at + _CENT} | ({row.at - _CENT} if row.at > scale.least else set())
        if whole and row.at > scale.least:
            values |= {row.at - Decimal("0.5"), row.at - Decimal("0.51")}
    points: list[Point] = []
    for value in sorted(values):
        judged = value.quantize(Decimal(1), "ROUND_HALF_UP") if whole else value
        band = scale.bands.find(judged)
        points.append(Point(f"{show(value)} 分", band.value if band else "没有等级"))
    return NumberLine("等级", tuple(points), scale.clause)


def _table(table: RangeTable, leaf: Indicator, context: Context) -> NumberLine:
    spec = context.known.get(table.fact)
    name, unit = (spec.label, spec.unit) if spec else (table.fact, "")
    bounds = {one.least for one in table.ranges} | {one.most for one in table.ranges}
    values = {value + step for value in bounds for step in (-1, 0, 1)}
    points: list[Point] = []
    for value in sorted(one for one in values if one >= 0):
        found = [one for one in table.ranges if one.least <= value <= one.most]
        below = value < min(one.least for one in table.ranges)
        text = "、".join(f"扣 {show(one.points)} 分" for one in found)
        other = "不扣分" if below else "没有规定"
        shown = show_money(value) if unit == YUAN.name else show(value)
        points.append(Point(f"{shown} {unit}".strip(), text or other))
    return NumberLine(f"{leaf.name}：{name}", tuple(points), table.clause or leaf.clause)


def _attained(
    leaf: Indicator, rule: Attainment | StepDeviation, measure: Ratio, context: Context
) -> Iterator[NumberLine]:
    """The points at and beside the bounds of attainment, by the rule itself; none if it can't."""
    if not {measure.actual, measure.plan} <= context.known.keys():
        return
    points: list[Point] = []
    for percent in sorted(_bounds(rule, context)):
        actual = Fact("", measure.actual, percent / 100 * _PLAN)
        given = Facts.of((actual, Fact("", measure.plan, _PLAN)))
        trial = Context(context.scheme, context.cycle, given, context.settings)
        figure = score(leaf, context.scheme.full_points(leaf), "", trial)
        if figure is None:
            return
        points.append(Point(f"{show(percent)}%", f"{show(figure.value)} 分"))
    yield NumberLine(f"{leaf.name}：完成率", tuple(points), leaf.clause)


def _bounds(rule: Attainment | StepDeviation, context: Context) -> set[Decimal]:
    values = {ZERO, Decimal(100)}
    if isinstance(rule, StepDeviation):
        values.add(rule.standard)
        down, up = _figure(rule.down.size, context), _figure(rule.up.size, context)
        values |= {rule.standard - down * step for step in range(1, _STEPS_SHOWN + 1)}
        values |= {rule.standard + up * step for step in range(1, _STEPS_SHOWN + 1)}
    else:
        values |= {rule.floor, _figure(rule.cap, context)}
    beside = {value + step for value in values for step in (-_CENT, ZERO, _CENT)}
    return {value for value in beside if value >= ZERO}


def _figure(amount: Amount | str, context: Context) -> Decimal:
    value = context.setting(amount.parameter) if isinstance(amount, Ref) else amount
    return value if isinstance(value, Decimal) else Decimal(100)
