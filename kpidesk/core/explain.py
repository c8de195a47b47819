"""A figure's derivation in lines, for the screen and for paper.

One line for each named figure: its name, how it came about, its value, its clause, and where a
given figure was entered. Unnamed steps are written inside the line of the figure that uses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kpidesk.core import exact
from kpidesk.core.exact import Number
from kpidesk.core.figure import PERCENT, Figure, Op, Origin

_SHOWN_PLACES = 6
"""A quotient that never ends is shown with so many decimals, after “≈”."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a derivation: `depth` 0 is the result, deeper lines say where it comes from."""

    depth: int
    label: str
    formula: str
    value: str
    clause: str
    origin: Origin

    @property
    def text(self) -> str:
        """The line as one sentence, without clause and origin."""
        if self.formula:
            return f"{self.label} = {self.formula} = {self.value}"
        return f"{self.label} = {self.value}"


def explain(figure: Figure) -> tuple[Line, ...]:
    """The derivation from the result down to what was entered; each named figure once."""
    seen: set[Figure] = set()
    return tuple(_lines(figure, 0, seen))


def show(value: Number) -> str:
    """A number as people write it: 95, 83.25, ≈33.333333; never in powers of ten."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    return f"≈{exact.round_half_up(value, _SHOWN_PLACES):f}"


def show_figure(figure: Figure) -> str:
    """Value and unit: 95%, 24分, 76万元. Rounded figures keep their decimals."""
    value = f"{figure.value:f}" if figure.op is Op.ROUND else show(figure.value)
    return f"{value}{figure.unit}"


def _lines(figure: Figure, depth: int, seen: set[Figure]) -> Iterator[Line]:
    inputs: tuple[Figure, ...] = (figure,)
    if figure.label:
        if figure in seen:
            return
        seen.add(figure)
        below, formula = _formula(figure)
        if formula or figure.op is Op.GIVEN:
            yield Line(
                depth, figure.label, formula, show_figure(figure), figure.clause, figure.origin
            )
            depth += 1
        inputs = below
    else:
        inputs = figure.inputs
    for one in inputs:
        yield from _lines(one, depth, seen)


def _formula(figure: Figure) -> tuple[tuple[Figure, ...], str]:
    """The figures to explain next, and the right-hand side in words."""
    if figure.op is Op.ROUND:
        inner = figure.inputs[0]
        places = -int(figure.value.as_tuple().exponent) if isinstance(figure.value, Decimal) else 0
        below, formula = _formula(inner)
        if inner.value == figure.value:
            return below, formula
        how = f"{show_figure(inner)}，四舍五入保留{places}位小数"
        return below, f"{formula} = {how}" if formula else how
    return figure.inputs, _words(figure)


def _words(figure: Figure) -> str:  # noqa: C901, PLR0912 - one case for each operation
    """How an operation reads: 实际销售额 76万元 ÷ 计划销售额 80万元 × 100%."""
    parts = [_brief(one) for one in figure.inputs]
    match figure.op:
        case Op.GIVEN:
            return ""
        case Op.SUM:
            return " + ".join(parts)
        case Op.DIFFERENCE:
            return " − ".join(parts)
        case Op.PRODUCT | Op.SHARE:
            return " × ".join(parts)
        case Op.QUOTIENT:
            return " ÷ ".join(parts)
        case Op.PERCENT_OF:
            return f"{parts[0]} ÷ {parts[1]} × 100%"
        case Op.MEAN:
            return f"（{' + '.join(parts)}）÷ {len(parts)}" if len(parts) > 1 else parts[0]
        case Op.AT_MOST:
            return f"{parts[0]}，不超过 {parts[1]}"
        case Op.AT_LEAST:
            return f"{parts[0]}，不低于 {parts[1]}"
        case Op.FLOOR:
            return f"{parts[0]}，只计整数"
        case Op.CEILING:
            return f"{parts[0]}，不足一档按一档计"
        case Op.ROUND:
            return parts[0]
        case Op.LOOKUP:
            return f"按标准对照 {'、'.join(parts)}"
        case Op.CHOSEN:
            return "；".join(parts)
        case _:
            assert_never(figure.op)


def _brief(figure: Figure) -> str:
    """How an input is named in the line of the figure that uses it."""
    if figure.label:
        gap = "" if figure.unit == PERCENT and figure.label.endswith("%") else " "
        return f"{figure.label}{gap}{show_figure(figure)}"
    if figure.op is Op.GIVEN:
        return show_figure(figure)
    return f"（{_words(figure)}）"
