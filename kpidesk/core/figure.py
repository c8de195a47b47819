"""Figure: a number that remembers how it was made.

Rules compute with figures, so the result *is* its derivation: there is no tracer to switch on
and nothing can forget to record itself. Values are exact (`kpidesk.core.exact`); units are
checked, so that points cannot be added to yuan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from kpidesk.core import exact
from kpidesk.core.exact import Number


class UnitError(TypeError):
    """Two figures of these units cannot be combined so; always a bug in a rule."""


class Unit(NamedTuple):
    """What a figure counts; `Unit("元", "件")` reads yuan per piece. The empty name is a ratio.

    A named tuple, because units are compared and looked up by for every number.
    """

    name: str
    per: str = ""

    def __str__(self) -> str:
        """As on the sheet: 元/件."""
        return f"{self.name}/{self.per}" if self.per else self.name


RATIO, PERCENT, POINTS, YUAN, DAYS = Unit(""), Unit("%"), Unit("分"), Unit("元"), Unit("天")
YES_NO = Unit("是否")
"""The unit of a condition: 1 where it holds, 0 where it does not."""


class Op(StrEnum):
    """How a figure came from its inputs."""

    GIVEN = "given"  # typed, imported, or stated by the scheme; no inputs
    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    PERCENT_OF = "percent_of"  # first ÷ second × 100 %
    SHARE = "share"  # first × second %
    WHOLE_OF = "whole_of"  # first ÷ second %: what the first is that share of
    OUT_OF_100 = "out_of_100"  # first ÷ second × 100, in the first's unit
    MEAN = "mean"
    AT_MOST = "at_most"  # first, but not above second
    AT_LEAST = "at_least"  # first, but not below second
    ROUND = "round"
    FLOOR = "floor"  # whole steps
    CEILING = "ceiling"  # any part of a step counts
    LOOKUP = "lookup"  # what a table, level or list gives for the inputs
    CHOSEN = "chosen"  # the input that a condition picks
    SPLIT = "split"  # the part of first that second gives; parts in whole fen that add exactly
    NEGATED = "negated"
    ABSOLUTE = "absolute"
    LESS = "less"  # this and the next five compare the first with the second: yes or no
    NOT_ABOVE = "not_above"
    ABOVE = "above"
    NOT_BELOW = "not_below"
    EQUAL = "equal"
    NOT_EQUAL = "not_equal"
    ALL = "all"  # yes where every input is
    ANY = "any"  # yes where one input is
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a given figure comes from: who entered it, when, from what sheet, file or clause."""

    source: str = ""
    entered_by: str = ""
    entered_on: date | None = None


NO_ORIGIN = Origin()


class Figure(NamedTuple):
    """A value with its unit, the name it has on the sheet, its clause, and what it came from.

    A named tuple, because an evaluation makes hundreds of thousands: it is as immutable as a
    frozen dataclass and takes a quarter of the time to make. It is never used as a tuple.
    """

    value: Number
    unit: Unit
    op: Op = Op.GIVEN
    inputs: tuple[Figure, ...] = ()
    label: str = ""
    clause: str = ""
    origin: Origin = NO_ORIGIN

    def named(self, label: str, clause: str = "") -> Figure:
        """The same figure under the name (and clause) that the sheet shows."""
        return Figure(
            self.value,
            self.unit,
            self.op,
            self.inputs,
            label,
            clause or self.clause,
            self.origin,
        )

    def __add__(self, other: Figure) -> Figure:  # type: ignore[override]
        """The sum; both of one unit."""
        return self._same(other, Op.SUM, exact.add(self.value, other.value))

    def __sub__(self, other: Figure) -> Figure:
        """The difference; both of one unit."""
        return self._same(other, Op.DIFFERENCE, exact.subtract(self.value, other.value))

    def __mul__(self, other: Figure) -> Figure:  # type: ignore[override]
        """The product: 元/件 × 件 = 元; 元 × 元 raises UnitError."""
        unit = _product(self.unit, other.unit)
        return Figure(exact.multiply(self.value, other.value), unit, Op.PRODUCT, (self, other))

    def __truediv__(self, other: Figure) -> Figure:
        """The quotient; ZeroDivisionError unless the caller has looked for zero."""
        if self.unit == other.unit:
            unit = RATIO
        elif other.unit == RATIO:
            unit = self.unit
        elif self.unit.per == "" and other.unit.per == "":
            unit = Unit(self.unit.name, other.unit.name)
        else:
            msg = f"cannot divide {self.unit} by {other.unit}"
            raise UnitError(msg)
        return Figure(exact.divide(self.value, other.value), unit, Op.QUOTIENT, (self, other))

    def percent_of(self, whole: Figure, label: str = "", clause: str = "") -> Figure:
        """This figure in percent of another of its unit; the other must not be zero."""
        _check_same(self.unit, whole.unit)
        value = exact.percent(self.value, whole.value)
        return Figure(value, PERCENT, Op.PERCENT_OF, (self, whole), label, clause)

    def share(self, percent: Figure, label: str = "", clause: str = "") -> Figure:
        """So many percent of this figure."""
        if percent.unit != PERCENT:
            msg = f"a share is given in percent, not in {percent.unit.name or 'a ratio'}"
            raise UnitError(msg)
        value = exact.share(self.value, percent.value)
        return Figure(value, self.unit, Op.SHARE, (self, percent), label, clause)

    def whole_of(self, percent: Figure) -> Figure:
        """What this figure is so many percent of; the percentage must not be zero."""
        value = exact.percent(self.value, percent.value)
        return Figure(value, self.unit, Op.WHOLE_OF, (self, percent))

    def out_of_100(self, full: Figure) -> Figure:
        """This figure rescaled to a full score of 100; the full score must not be zero."""
        _check_same(self.unit, full.unit)
        value = exact.percent(self.value, full.value)
        return Figure(value, self.unit, Op.OUT_OF_100, (self, full))

    def at_most(self, cap: Figure) -> Figure:
        """This figure, or the cap where it is above it."""
        return self._same(cap, Op.AT_MOST, min(self.value, cap.value))

    def at_least(self, least: Figure) -> Figure:
        """This figure, or the floor where it is below it."""
        return self._same(least, Op.AT_LEAST, max(self.value, least.value))

    def whole(self) -> Figure:
        """Its whole part: only full steps count."""
        return Figure(exact.floor(self.value), self.unit, Op.FLOOR, (self,))

    def next_whole(self) -> Figure:
        """The next whole number: any part of a step counts as one."""
        return Figure(exact.ceiling(self.value), self.unit, Op.CEILING, (self,))

    def rounded(self, places: int) -> Figure:
        """Rounded half up, visibly: under the same name, with the exact figure as its input."""
        value = exact.round_half_up(self.value, places)
        return Figure(value, self.unit, Op.ROUND, (self,), self.label, self.clause)

    def looked_up(self, value: Number, unit: Unit, clause: str = "") -> Figure:
        """What a table gives for this figure."""
        return Figure(value, unit, Op.LOOKUP, (self,), clause=clause)

    def allotted(self, part: Number, share: Figure) -> Figure:
        """The part of this figure that a share of it gives, whatever the share's unit."""
        return Figure(part, self.unit, Op.SPLIT, (self, share))

    def because(self, *reasons: Figure) -> Figure:
        """This figure, chosen by a condition on others: at plan, nothing is added or taken."""
        return Figure(self.value, self.unit, Op.CHOSEN, (self, *reasons), clause=self.clause)

    def walk(self) -> Iterator[Figure]:
        """This figure and everything it came from, depth first."""
        yield self
        for figure in self.inputs:
            yield from figure.walk()

    def _same(self, other: Figure, op: Op, value: Number) -> Figure:
        _check_same(self.unit, other.unit)
        return Figure(value, self.unit, op, (self, other))


def given(
    value: int | str | Number, unit: Unit, label: str, clause: str = "", origin: Origin = NO_ORIGIN
) -> Figure:
    """A figure that someone entered or the scheme states; a float raises TypeError."""
    number = value if isinstance(value, Number) else exact.decimal_of(value)
    return Figure(number, unit, Op.GIVEN, (), label, clause, origin)


def total(figures: Sequence[Figure], unit: Unit) -> Figure:
    """The sum of any number of figures of a unit; of none: zero."""
    value: Number = Decimal(0)
    for figure in figures:
        _check_same(figure.unit, unit)
        value = exact.add(value, figure.value)
    return Figure(value, unit, Op.SUM, tuple(figures))


def mean(figures: Sequence[Figure]) -> Figure:
    """The unrounded mean of one or more figures of a unit."""
    summed = total(figures, figures[0].unit)
    value = exact.divide(summed.value, Decimal(len(figures)))
    return Figure(value, summed.unit, Op.MEAN, summed.inputs)


def _check_same(left: Unit, right: Unit) -> None:
    if left is not right and left != right:
        msg = f"cannot combine {left.name or 'a ratio'} with {right.name or 'a ratio'}"
        raise UnitError(msg)


def _product(left: Unit, right: Unit) -> Unit:
    if RATIO in (left, right):
        return right if left == RATIO else left
    if left.per and left.per == right.name and not right.per:
        return Unit(left.name)
    if right.per and right.per == left.name and not left.per:
        return Unit(right.name)
    msg = f"cannot multiply {left} by {right}"
    raise UnitError(msg)
