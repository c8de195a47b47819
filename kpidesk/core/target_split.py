"""Splitting targets over months and over people; locked figures stay, the sum is always exact."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core import exact
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO
from kpidesk.core.people import PersonId
from kpidesk.core.period import MONTHS_IN_YEAR, Period
from kpidesk.core.splits import split
from kpidesk.core.target_plan import TOTAL, PlanLine

_FEN_PLACES = 2


@dataclass(frozen=True, slots=True)
class Season:
    """How a year is spread over the calendar months, January first, in percent of it."""

    shares: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        """Twelve shares that are not negative and add to a hundred; none: evenly."""
        if not self.shares:
            return
        if len(self.shares) != MONTHS_IN_YEAR or any(one < 0 for one in self.shares):
            msg = "季节比例须是十二个月各一个不小于零的百分数"
            raise InvalidValueError(msg)
        if (total := sum(self.shares, ZERO)) != HUNDRED:
            msg = f"十二个月的比例合计为 {total:f}%，应为 100%"
            raise InvalidValueError(msg)

    def weights(self, months: Sequence[Period]) -> tuple[Decimal, ...]:
        """A weight for each of these months."""
        if not self.shares:
            return tuple(Decimal(1) for _ in months)
        return tuple(self.shares[one.start.month - 1] for one in months)


def apportion(total: Decimal, weights: Sequence[Decimal], places: int) -> tuple[Decimal, ...]:
    """Parts of a total by weights, with so many places (more where the total has more).

    They add to the total exactly: what rounding leaves goes to the largest remainders.
    """
    exponent = total.normalize().as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    shift = max(places, own) - _FEN_PLACES
    parts = split(total.scaleb(shift), weights)
    return tuple(_decimal(one).scaleb(-shift).quantize(_step(shift)) for one in parts)


def split_months(
    line: PlanLine, free: Collection[int], weights: Sequence[Decimal], places: int
) -> PlanLine:
    """The whole figure over the months at `free` that are not locked, by a weight for each month.

    Figures of other months count as given. InvalidValueError says why it cannot be done.
    """
    if line.total is None:
        msg = "还没有填全年目标"
        raise InvalidValueError(msg)
    wanted = [one for one in sorted(free) if one not in line.locked]
    others = [one for n, one in enumerate(line.months) if n not in wanted and one is not None]
    given = sum(others, ZERO)
    rest = line.total - given
    if rest < 0:
        msg = f"不参加分解的月份合计 {given:f}，已超过全年目标 {line.total:f}"
        raise InvalidValueError(msg)
    if not wanted:
        if not rest:
            return line
        msg = "没有可以分解的月份（都已锁定）"
        raise InvalidValueError(msg)
    parts = _parts(rest, [weights[one] for one in wanted], places)
    months = list(line.months)
    for place, part in zip(wanted, parts, strict=True):
        months[place] = part
    return replace(line, months=tuple(months))


def split_people(
    total: Decimal,
    lines: Sequence[PlanLine],
    fixed: Collection[PersonId],
    weights: Mapping[PersonId, Decimal],
    places: int,
) -> tuple[PlanLine, ...]:
    """A department's or the company's figure over its people, by a weight for each of them.

    Whoever is `fixed`, or whose whole figure is locked, keeps it.
    """
    free = [one for one in lines if one.person not in fixed and TOTAL not in one.locked]
    given = sum((one.whole or ZERO for one in lines if one not in free), ZERO)
    rest = total - given
    if rest < 0:
        msg = f"已签发或锁定的人合计 {given:f}，已超过要分解的 {total:f}"
        raise InvalidValueError(msg)
    if not free:
        if not rest:
            return tuple(lines)
        msg = "没有可以分解的人（都已签发或锁定）"
        raise InvalidValueError(msg)
    parts = _parts(rest, [weights.get(one.person, ZERO) for one in free], places)
    new = {one.person: part for one, part in zip(free, parts, strict=True)}
    return tuple(replace(one, total=new[one.person]) if one.person in new else one for one in lines)


def raised(figure: Decimal | None, percent: Decimal, places: int) -> Decimal | None:
    """A figure so many percent higher (lower when negative), rounded once."""
    if figure is None:
        return None
    factor = exact.add(HUNDRED, percent)
    if factor < ZERO:
        msg = f"不能降低 {-percent:f}%：最多降低 100%"
        raise InvalidValueError(msg)
    product = exact.divide(exact.multiply(figure, factor), HUNDRED)
    return exact.round_half_up(product, places)


def raised_line(line: PlanLine, percent: Decimal, places: int) -> PlanLine:
    """A line so many percent higher: its whole figure is rounded, its months follow exactly."""
    total = raised(line.whole, percent, places)
    if total is None or not line.has_months:
        return replace(line, total=total, locked=())
    known = [(place, one) for place, one in enumerate(line.months) if one is not None]
    weights = [one for _, one in known]
    months: list[Decimal | None] = [None] * len(line.months)
    parts = apportion(total, weights, places) if any(weights) else tuple(weights)
    for (place, _), part in zip(known, parts, strict=True):
        months[place] = part
    return replace(line, total=total, months=tuple(months), locked=())


def _parts(rest: Decimal, weights: Sequence[Decimal], places: int) -> tuple[Decimal, ...]:
    if any(weights):
        return apportion(rest, weights, places)
    if rest:
        msg = "没有可以参照的比例（都是零）"
        raise InvalidValueError(msg)
    return tuple(ZERO for _ in weights)


def _decimal(value: exact.Number) -> Decimal:
    return value if isinstance(value, Decimal) else exact.round_half_up(value, _FEN_PLACES)


def _step(shift: int) -> Decimal:
    return Decimal(1).scaleb(-_FEN_PLACES - shift)
