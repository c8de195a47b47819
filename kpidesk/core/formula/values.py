"""Arithmetic of formulas on figures: exact, with units where they are known, within a budget.

A number that is typed without a unit fits any unit (基本工资 − 50 × 迟到次数): its figures are
`loose`. What is entered under a name has its unit, and 元 + 天 or 元 × 元 is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from kpidesk.core import exact
from kpidesk.core.exact import HUNDRED, Number
from kpidesk.core.explain import show
from kpidesk.core.figure import PERCENT, POINTS, RATIO, YES_NO, YUAN, Figure, Op, Unit, given
from kpidesk.core.formula.tree import FormulaError, Sign

TEN_THOUSAND_YUAN: Final = Unit("万元")
_TEN_THOUSAND: Final = Decimal(10_000)
_MOST_OPERATIONS: Final = 5_000
_MOST_BITS: Final = 1_000
_SURELY_PERCENT: Final = Decimal(5)  # 0.9 beside a percentage means 90%, 90 means 90% as well

_COMPARED: Final = {
    Sign.LESS: Op.LESS,
    Sign.NOT_ABOVE: Op.NOT_ABOVE,
    Sign.ABOVE: Op.ABOVE,
    Sign.NOT_BELOW: Op.NOT_BELOW,
    Sign.EQUAL: Op.EQUAL,
    Sign.NOT_EQUAL: Op.NOT_EQUAL,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A figure in a formula; `loose` where its unit is not known for sure."""

    figure: Figure
    loose: bool = False
    scaled: bool = False  # typed with 万: it must not meet a figure in 万元


class BudgetError(FormulaError):
    """A formula asks for more steps or digits than any rule of pay needs."""


@dataclass(slots=True)
class Budget:
    """What one formula may spend; BudgetError when it is spent."""

    operations: int = _MOST_OPERATIONS

    def spend(self, value: Number, at: int) -> None:
        """Count one operation, and look at the size of what came out."""
        self.operations -= 1
        if self.operations < 0:
            problem = f"公式要算 {_MOST_OPERATIONS} 步以上，太多了，请分成几项来算"
            raise BudgetError(at, problem)
        top, bottom = value.as_integer_ratio()
        if max(top.bit_length(), bottom.bit_length()) > _MOST_BITS:
            raise BudgetError(at, "算出的数过大或过细(超过 300 位)，请核对公式")


def literal(value: Decimal, unit: str, *, scaled: bool) -> Term:
    """A number as typed; only 元 and % say a unit."""
    return Term(given(value, Unit(unit), ""), loose=not unit, scaled=scaled)


def truth(*, holds: bool, op: Op, inputs: tuple[Figure, ...]) -> Figure:
    """A condition as a figure: 1 where it holds."""
    return Figure(Decimal(int(holds)), YES_NO, op, inputs)


def add(left: Term, right: Term, at: int, *, minus: bool = False) -> Term:
    """The sum or difference of two of one unit; 1 + 20% is 1.2."""
    left, right, unit = _aligned(left, right, at)
    one, other = _plain(left, unit), _plain(right, unit)
    value = exact.subtract(one, other) if minus else exact.add(one, other)
    op = Op.DIFFERENCE if minus else Op.SUM
    figure = Figure(value, unit, op, (left.figure, right.figure))
    return Term(figure, left.loose and right.loose)


def compare(sign: Sign, left: Term, right: Term, at: int) -> Term:
    """Whether a comparison of two of one unit holds."""
    left, right, unit = _aligned(left, right, at)
    one, other = _plain(left, unit), _plain(right, unit)
    holds = _holds(sign, one, other)
    inputs = (left.figure, right.figure)
    return Term(truth(holds=holds, op=_COMPARED[sign], inputs=inputs))


def extreme(left: Term, right: Term, at: int, *, most: bool) -> Term:
    """The larger or the smaller of two of one unit."""
    left, right, unit = _aligned(left, right, at)
    if left.figure.op is Op.GIVEN and not left.figure.label:
        left, right = right, left  # “the sum, at least 0” reads better than “0, at least the sum”
    one, other = _plain(left, unit), _plain(right, unit)
    value = (max if most else min)(one, other)
    op = Op.AT_LEAST if most else Op.AT_MOST
    return Term(Figure(value, unit, op, (left.figure, right.figure)), left.loose and right.loose)


def multiply(left: Term, right: Term, at: int) -> Term:
    """The product: of a percentage and anything else, that share of it."""
    one, other = left.figure, right.figure
    value = exact.multiply(one.value, other.value)
    loose = left.loose or right.loose
    inputs = (one, other)
    if PERCENT in (one.unit, other.unit):
        whole = other if one.unit == PERCENT else one
        loose = (right if one.unit == PERCENT else left).loose
        of_ratio = whole.unit == RATIO and not loose
        share = exact.divide(value, HUNDRED)
        if of_ratio:
            return Term(Figure(value, PERCENT, Op.PRODUCT, inputs))
        return Term(Figure(share, whole.unit, Op.PRODUCT, inputs), loose)
    unit = _product(one.unit, other.unit)
    if unit is None:
        if one.unit == other.unit and one.unit != POINTS and not loose:
            problem = f"{one.unit} × {other.unit} 没有意义，请核对公式"
            raise FormulaError(at, problem)
        unit, loose = _stronger(one.unit, other.unit), True
    return Term(Figure(value, unit, Op.PRODUCT, inputs), loose)


def divide(left: Term, right: Term) -> Term:
    """The quotient; the caller has looked for zero."""
    one, other = left.figure, right.figure
    inputs = (one, other)
    value = exact.divide(one.value, other.value)
    loose = left.loose or right.loose
    if one.unit == other.unit:
        return Term(Figure(value, RATIO, Op.QUOTIENT, inputs), loose)
    if other.unit == PERCENT:
        whole = exact.multiply(value, HUNDRED)
        return Term(Figure(whole, one.unit, Op.QUOTIENT, inputs), left.loose)
    if one.unit == PERCENT and other.unit != RATIO:
        ratio = exact.divide(value, HUNDRED)
        return Term(Figure(ratio, RATIO, Op.QUOTIENT, inputs), loose=True)
    if other.unit == RATIO:
        return Term(Figure(value, one.unit, Op.QUOTIENT, inputs), loose)
    if one.unit == RATIO or one.unit.per or other.unit.per:
        return Term(Figure(value, RATIO, Op.QUOTIENT, inputs), loose=True)
    return Term(Figure(value, Unit(one.unit.name, other.unit.name), Op.QUOTIENT, inputs), loose)


def fitted(term: Term, wanted: Unit, at: int) -> Figure:
    """The result of a formula in the unit that its place wants."""
    figure, unit = term.figure, term.figure.unit
    if unit == YES_NO:
        raise FormulaError(at, "公式算出的是“是”或“否”，这里应是数；请写 如果(条件，甲，乙)")
    if unit == wanted:
        return figure
    if {unit, wanted} == {RATIO, PERCENT}:
        value = _plain(term, RATIO) if wanted == RATIO else exact.multiply(figure.value, HUNDRED)
        return Figure(value, wanted, figure.op, figure.inputs, figure.label)
    if term.loose or (wanted == POINTS and unit == RATIO):
        return Figure(figure.value, wanted, figure.op, figure.inputs, figure.label)
    shown, due = str(unit) or "比率", str(wanted) or "比率"
    raise FormulaError(at, f"公式算出的单位是“{shown}”，这里应是“{due}”，请核对公式")


def _aligned(left: Term, right: Term, at: int) -> tuple[Term, Term, Unit]:
    """Two terms that can be added or compared, and the unit they then have."""
    one, other = left.figure.unit, right.figure.unit
    if one == other:
        return left, right, one
    if {one, other} == {YUAN, TEN_THOUSAND_YUAN} and not (left.loose or right.loose):
        return _in_ten_thousands(left, right, at)
    if PERCENT in (one, other):
        return _with_percent(left, right, at)
    strong, weak = (left, right) if right.loose else (right, left)
    if not weak.loose:
        raise FormulaError(at, _clash(one, other))
    if weak.scaled and strong.figure.unit.name.startswith("万"):
        unit = strong.figure.unit
        problem = f"“{strong.figure.label}”的单位是 {unit}，请把数字写成以 {unit} 计，不加 万"
        raise FormulaError(at, problem)
    unit = strong.figure.unit
    return left, right, weak.figure.unit if unit == RATIO and strong.loose else unit


def _with_percent(left: Term, right: Term, at: int) -> tuple[Term, Term, Unit]:
    """A percentage beside a plain ratio: 1 + 20%; beside 90 it must be said what 90 is."""
    other = right if left.figure.unit == PERCENT else left
    unit = other.figure.unit
    if unit == RATIO and (not other.loose or other.figure.value in (0, 1)):
        return left, right, RATIO
    if unit == RATIO and other.figure.op is Op.GIVEN:
        value = other.figure.value
        meant = exact.multiply(value, HUNDRED) if exact.less(value, _SURELY_PERCENT) else value
        problem = f"与百分数相比或相加减的数请也写成百分数，例如 {show(meant)}%"
        raise FormulaError(at, problem)
    raise FormulaError(at, _clash(left.figure.unit, right.figure.unit))


def _in_ten_thousands(left: Term, right: Term, at: int) -> tuple[Term, Term, Unit]:
    """Yuan beside ten thousands of yuan: only a typed amount is converted."""
    typed, other = (left, right) if left.figure.unit == YUAN else (right, left)
    if typed.figure.op is Op.GIVEN and not typed.figure.label:
        unit = other.figure.unit
        value = exact.divide(typed.figure.value, _TEN_THOUSAND)
        converted = Term(given(value, unit, ""))
        return (converted, right, unit) if typed is left else (left, converted, unit)
    problem = "万元与元不能直接相加减或比较，请把万元的一项 × 10000，或把元的一项 ÷ 10000"
    raise FormulaError(at, problem)


def _clash(one: Unit, other: Unit) -> str:
    shown = [str(unit) or "比率" for unit in (one, other)]
    return f"单位不同：{shown[0]} 与 {shown[1]} 不能相加减或比较，请核对公式"


def _plain(term: Term, unit: Unit) -> Number:
    """The value of a term, a percentage as a ratio where it meets one."""
    value = term.figure.value
    if term.figure.unit == PERCENT and unit == RATIO:
        return exact.divide(value, HUNDRED)
    return value


def _holds(sign: Sign, one: Number, other: Number) -> bool:
    match sign:
        case Sign.LESS:
            return exact.less(one, other)
        case Sign.NOT_ABOVE:
            return not exact.less(other, one)
        case Sign.ABOVE:
            return exact.less(other, one)
        case Sign.NOT_BELOW:
            return not exact.less(one, other)
        case Sign.EQUAL:
            return one == other
        case Sign.NOT_EQUAL:
            return one != other
        case _:
            assert_never(sign)


def _product(one: Unit, other: Unit) -> Unit | None:
    if RATIO in (one, other):
        return other if one == RATIO else one
    if one.per and one.per == other.name and not other.per:
        return Unit(one.name)
    if other.per and other.per == one.name and not one.per:
        return Unit(other.name)
    return None


def _stronger(one: Unit, other: Unit) -> Unit:
    """The unit of a product of two different ones: money before anything, points last."""
    for unit in (one, other):
        if unit.name in (YUAN.name, TEN_THOUSAND_YUAN.name):
            return Unit(unit.name)
    return other if one == POINTS else one
