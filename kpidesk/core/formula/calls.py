"""The functions of formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import assert_never

from kpidesk.core import exact
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.figure import PERCENT, Figure, Op
from kpidesk.core.formula.place import Place, Working
from kpidesk.core.formula.tree import Call, FormulaError, Function, Literal, Node
from kpidesk.core.formula.values import Term, add, extreme
from kpidesk.core.formula.words import printed

_MOST_PLACES = 6


ARGUMENTS = {
    Function.IF: (3, 3),
    Function.LEAST: (2, 50),
    Function.MOST: (2, 50),
    Function.ABSOLUTE: (1, 1),
    Function.FLOOR: (1, 1),
    Function.CEILING: (1, 1),
    Function.ROUND: (1, 2),
    Function.BEFORE: (1, 1),
    Function.YEAR_BEFORE: (1, 1),
    Function.SUM: (1, 1),
    Function.MEAN: (1, 1),
    Function.TEAM_SUM: (1, 1),
    Function.SHARE: (1, 1),
}


def call_function(  # noqa: C901 - one case for each function
    work: Working, call: Call, place: Place
) -> Term | None:
    """The value of a function; None where something is missing or wrong."""
    least, most = ARGUMENTS[call.function]
    if not least <= len(call.arguments) <= most:
        wanted = f"{least}" if least == most else f"{least} 到 {most}"
        problem = f"{call.function}(…) 要写 {wanted} 项，现有 {len(call.arguments)} 项"
        raise FormulaError(call.at, problem)
    first = call.arguments[0]
    match call.function:
        case Function.IF:
            return _choose(work, call, place)
        case Function.LEAST | Function.MOST:
            return _extreme(work, call, place, most=call.function is Function.MOST)
        case Function.ABSOLUTE:
            return _changed(work, first, place, Op.ABSOLUTE)
        case Function.FLOOR:
            return _changed(work, first, place, Op.FLOOR)
        case Function.CEILING:
            return _changed(work, first, place, Op.CEILING)
        case Function.ROUND:
            return _round(work, call, place)
        case Function.BEFORE | Function.YEAR_BEFORE:
            return work.term(first, work.source.shifted(place, call.function))
        case Function.SUM | Function.MEAN:
            places = work.source.months(first, place)
            return _total(work, call, places, mean=call.function is Function.MEAN)
        case Function.TEAM_SUM:
            return _total(work, call, work.source.group(first, place), named=True)
        case Function.SHARE:
            return _share(work, call, place)
        case _:
            assert_never(call.function)


def _choose(work: Working, call: Call, place: Place) -> Term | None:
    test, if_so, if_not = call.arguments
    held = work.condition(test, place)
    if work.probing:
        one, other = work.number(if_so, place), work.number(if_not, place)
        if held is None or one is None or other is None:
            return None
        both = extreme(one, other, if_not.at, most=True)
        return Term(both.figure, one.loose and other.loose)
    if held is None:
        return None
    chosen = work.number(if_so if held.value else if_not, place)
    if chosen is None:
        return None
    return Term(chosen.figure.because(held), chosen.loose, chosen.scaled)


def _extreme(work: Working, call: Call, place: Place, *, most: bool) -> Term | None:
    terms = [work.number(one, place) for one in call.arguments]
    there = [one for one in terms if one is not None]
    if len(there) < len(terms):
        return None
    return reduce(lambda one, other: extreme(one, other, call.at, most=most), there)


def _round(work: Working, call: Call, place: Place) -> Term | None:
    places = call.arguments[1] if len(call.arguments) > 1 else Literal(ZERO)
    if not (
        isinstance(places, Literal)
        and not places.unit
        and places.value == int(places.value) <= _MOST_PLACES
    ):
        problem = f"保留的小数位数请写 0 到 {_MOST_PLACES} 的整数，例如 四舍五入(甲，2)"
        raise FormulaError(places.at, problem)
    first = call.arguments[0]
    term = work.number(first, place)
    if term is None:
        return None
    figure = term.figure if term.figure.label else term.figure.named(printed(call))
    return Term(figure.rounded(int(places.value)), term.loose)


def _total(
    work: Working, call: Call, places: Sequence[Place], *, mean: bool = False, named: bool = False
) -> Term | None:
    """The sum (or mean) of a part of the formula over months or people."""
    first = call.arguments[0]
    terms = [_named(work, first, one, named=named) for one in places]
    there = [one for one in terms if one is not None]
    if len(there) < len(terms):
        return None
    if not there:
        problem = f"{call.function}(…) 没有可算的：没有在职的完整自然月，或组里没有人"
        raise FormulaError(call.at, problem)
    summed = reduce(lambda one, other: add(one, other, call.at), there)
    inputs = tuple(one.figure for one in there)
    value, op = summed.figure.value, Op.SUM
    if mean:
        value, op = exact.divide(value, Decimal(len(there))), Op.MEAN
    figure = Figure(value, summed.figure.unit, op, inputs, printed(call))
    return Term(figure, summed.loose)


def _named(work: Working, node: Node, place: Place, *, named: bool) -> Term | None:
    """A part at a place, with whose it is."""
    term = work.number(node, place)
    if term is None or not named:
        return term
    label = f"{place.subject}：{term.figure.label or printed(node)}"
    return Term(term.figure.named(label), term.loose)


def _share(work: Working, call: Call, place: Place) -> Term | None:
    first = call.arguments[0]
    own = work.number(first, place)
    whole = _total(
        work,
        Call(Function.TEAM_SUM, call.arguments, call.at),
        work.source.group(first, place),
        named=True,
    )
    if own is None or whole is None:
        return None
    whole = work.divisor(whole, f"团队合计({printed(first)})", place, share=True)
    if whole is None:
        return None
    value = exact.divide(exact.multiply(own.figure.value, HUNDRED), whole.figure.value)
    return Term(Figure(value, PERCENT, Op.PERCENT_OF, (own.figure, whole.figure)))


def _changed(work: Working, node: Node, place: Place, op: Op) -> Term | None:
    term = work.number(node, place)
    if term is None:
        return None
    figure = term.figure
    match op:
        case Op.FLOOR:
            return Term(figure.whole(), term.loose)
        case Op.CEILING:
            return Term(figure.next_whole(), term.loose)
        case _:
            size = max(figure.value, exact.subtract(ZERO, figure.value))
            return Term(Figure(size, figure.unit, op, (figure,)), term.loose)
