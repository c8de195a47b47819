"""A figure's derivation in lines, for the screen and for paper.

One line for each named figure: its name, how it came about, its value, its clause, and where a
given figure was entered. Unnamed steps are written inside the line of the figure that uses them.
A constant of the clause itself (满分 25分) needs no line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from kpidesk.core import exact
from kpidesk.core.exact import Number
from kpidesk.core.figure import NO_ORIGIN, PERCENT, YES_NO, YUAN, Figure, Op, Origin

_SHOWN_PLACES = 6
"""A quotient that never ends is shown with so many decimals, after “≈”."""

_FEN_PLACES = 2
_MONEY = frozenset({YUAN.name, "万元", "亿元"})

_ADDING = frozenset({Op.SUM, Op.DIFFERENCE})
_MULTIPLYING = frozenset(
    {Op.PRODUCT, Op.SHARE, Op.QUOTIENT, Op.PERCENT_OF, Op.WHOLE_OF, Op.OUT_OF_100}
)

_SIGNS = {
    Op.LESS: "<",
    Op.NOT_ABOVE: "≤",
    Op.ABOVE: ">",
    Op.NOT_BELOW: "≥",
    Op.EQUAL: "=",
    Op.NOT_EQUAL: "≠",
}


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
        parts = (self.label, self.formula, self.value) if self.formula else (self.label, self.value)
        return " = ".join(parts).replace("= ≈", "≈ ")


def explain(figure: Figure, seen: set[Figure] | None = None) -> tuple[Line, ...]:
    """The derivation from the result down to what was entered; each named figure once.

    `seen` are figures that were explained before, and gets those explained now: several results
    in a row then explain each figure once.
    """
    return tuple(_lines(figure, 0, "", set() if seen is None else seen))


def show(value: Number) -> str:
    """A number as people write it: 95, 83.25, ≈33.333333; never in powers of ten."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    return f"≈{exact.round_half_up(value, _SHOWN_PLACES):f}"


def show_money(value: Number) -> str:
    """An amount with thousands separators and no half 角: 1,234.50, 600, ≈1,033.333333."""
    whole, dot, part = _grouped(value).partition(".")
    return f"{whole}.{part.ljust(_FEN_PLACES, '0')}" if dot else whole


def show_amount(value: Number, unit: str) -> str:
    """A number of a unit (元, 万元/户, 分), without it; that of money grouped."""
    match unit.partition("/")[0]:
        case YUAN.name:
            return show_money(value)
        case "万元" | "亿元":
            return _grouped(value)
        case _:
            return show(value)


def _grouped(value: Number) -> str:
    """A number as `show` writes it, with thousands separators."""
    if not isinstance(value, Decimal):
        return f"≈{exact.round_half_up(value, _SHOWN_PLACES):,f}"
    whole, dot, part = show(value).partition(".")
    return f"{Decimal(whole):,f}{dot}{part}"


def show_figure(figure: Figure) -> str:
    """Value and unit: 95%, 24分, 1,234.50元, 是. Rounded figures keep their decimals."""
    if figure.unit == YES_NO:
        return "是" if figure.value else "否"
    if figure.op is Op.ROUND:
        is_money = figure.unit.name in _MONEY
        value = f"{figure.value:,f}" if is_money else f"{figure.value:f}"
    else:
        value = show_amount(figure.value, figure.unit.name)
    return f"{value}{figure.unit}"


def _lines(figure: Figure, depth: int, clause: str, seen: set[Figure]) -> Iterator[Line]:
    """The lines of a figure below one of a clause; unnamed figures have none of their own."""
    exactly = _exactly(figure)
    if figure.label:
        if exactly in seen:
            if depth and not _rounds_anew(figure, exactly):
                return
        elif depth and _goes_without_saying(exactly, clause):
            return
        yield Line(
            depth,
            figure.label,
            _words(exactly) + _rounding(figure, exactly),
            show_figure(figure),
            figure.clause,
            exactly.origin,
        )
        depth += 1
        clause = figure.clause or clause
        if exactly in seen:
            return
        seen.add(exactly)
    for one in exactly.inputs:
        yield from _lines(one, depth, clause, seen)


def _exactly(figure: Figure) -> Figure:
    """The figure before it was rounded."""
    while figure.op is Op.ROUND:
        figure = figure.inputs[0]
    return figure


def _rounds_anew(figure: Figure, exactly: Figure) -> bool:
    """Whether a figure that was explained before is rounded here under another name."""
    return figure.label != exactly.label and figure.value != exactly.value


def _goes_without_saying(figure: Figure, clause: str) -> bool:
    """Whether a line could say no more than the line of the figure that uses it."""
    plain = figure.op is Op.GIVEN and figure.origin == NO_ORIGIN
    return plain and figure.clause in ("", clause)


def _rounding(figure: Figure, exactly: Figure) -> str:
    """The rounding as the end of a formula; empty where it changed nothing."""
    if exactly.value == figure.value:
        return ""
    steps: list[str] = []
    while figure.op is Op.ROUND:
        before = figure.inputs[0]
        if before.value != figure.value:
            steps.append(f"{show_figure(before)}，{_rounded_to(figure)}")
        figure = before
    start = "" if exactly.op is Op.GIVEN else " = "
    return start + " = ".join(reversed(steps))


def _rounded_to(figure: Figure) -> str:
    """How a rounded figure was rounded."""
    places = -int(figure.value.as_tuple().exponent) if isinstance(figure.value, Decimal) else 0
    return f"四舍五入保留{places}位小数" if places else "四舍五入到整数"


def _words(figure: Figure) -> str:  # noqa: C901, PLR0912 - one case for each operation
    """How an operation reads: 实际销售额 76万元 ÷ 计划销售额 80万元 × 100%."""
    parts = [_brief(one, figure.op, place) for place, one in enumerate(figure.inputs)]
    match figure.op:
        case Op.GIVEN:
            return ""
        case Op.SUM:
            return " + ".join(parts)
        case Op.DIFFERENCE:
            return " − ".join(parts)
        case Op.PRODUCT | Op.SHARE:
            return " × ".join(parts)
        case Op.QUOTIENT | Op.WHOLE_OF:
            return " ÷ ".join(parts)
        case Op.PERCENT_OF:
            return f"{parts[0]} ÷ {parts[1]} × 100%"
        case Op.OUT_OF_100:
            return f"{parts[0]} ÷ {parts[1]} × 100"
        case Op.MEAN:
            return f"（{' + '.join(parts)}）÷ {len(parts)}"
        case Op.AT_MOST:
            return f"{parts[0]}，最高计 {parts[1]}"
        case Op.AT_LEAST:
            return f"{parts[0]}，最低计 {parts[1]}"
        case Op.FLOOR:
            return _whole(figure, parts[0], "只计整数")
        case Op.CEILING:
            return _whole(figure, parts[0], "不足一档按一档计")
        case Op.ROUND:
            return f"{parts[0]}，{_rounded_to(figure)}"
        case Op.LOOKUP:
            return f"按标准对照 {'、'.join(parts)}"
        case Op.CHOSEN:
            return f"{parts[0]}（{'，'.join(parts[1:])}）" if parts[1:] else parts[0]
        case Op.SPLIT:
            return f"{parts[0]} 按 {parts[1]} 分配（最大余数法，到分）"
        case Op.NEGATED:
            return f"−{parts[0]}"
        case Op.ABSOLUTE:
            return f"{parts[0]} 的绝对值"
        case Op.LESS | Op.NOT_ABOVE | Op.ABOVE | Op.NOT_BELOW | Op.EQUAL | Op.NOT_EQUAL:
            return f"{parts[0]} {_SIGNS[figure.op]} {parts[1]}"
        case Op.ALL:
            return " 且 ".join(parts)
        case Op.ANY:
            return " 或 ".join(parts)
        case Op.NOT:
            return f"不是 {parts[0]}"
        case _:
            assert_never(figure.op)


def _whole(figure: Figure, part: str, how: str) -> str:
    """Whole steps; the exact number is said where it differs."""
    exactly = figure.inputs[0]
    if exactly.value == figure.value:
        return part
    number = "" if exactly.label else f" = {show_figure(exactly)}"
    return f"{part}{number}，{how}"


def _brief(figure: Figure, above: Op, place: int) -> str:
    """How an input is named in the line of the figure that uses it."""
    if figure.label:
        gap = "" if figure.unit == PERCENT and figure.label.endswith("%") else " "
        return f"{figure.label}{gap}{show_figure(figure)}"
    if figure.op is Op.GIVEN:
        return show_figure(figure)
    words = _words(figure)
    if figure.unit == YES_NO:
        return f"{words} {'成立' if figure.value else '不成立'}"
    multiplied = above in _MULTIPLYING
    if figure.op in _MULTIPLYING:
        bare = not multiplied or place == 0
    elif figure.op in _ADDING:
        bare = not multiplied and (above not in _ADDING or place == 0)
    else:
        bare = above not in _ADDING and not multiplied
    return words if bare else f"（{words}）"
