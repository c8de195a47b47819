"""Targets of a contract: a total and its decomposition over the months, always adding exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError

_MEASURED_UNITS = frozenset({"元", "万元", "亿元", "%"})
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Target:
    """The agreed figure for one fact of the scheme (`sales_plan`, `target.销售额达成率`).

    `total` is the figure of the whole term, in `unit`. `months` are the figures of the term's
    months in order, or empty where the figure has no monthly part (a market share). When
    `adds_up`, the months add to the total; otherwise each month stands for itself.
    """

    fact: str
    label: str
    unit: str
    total: Decimal | None
    months: tuple[Decimal, ...] = ()
    adds_up: bool = True

    def __post_init__(self) -> None:
        """Refuse a negative target and months that do not add to the total."""
        for figure in (*self.months, *(() if self.total is None else (self.total,))):
            if figure < 0:
                msg = f"目标“{self.label}”不能为负数({figure:f})"
                raise InvalidValueError(msg)
        if self.adds_up and self.months and self.total is not None and self.unassigned:
            msg = (
                f"目标“{self.label}”的各月合计为 {sum(self.months):f}{self.unit}，"
                f"与全期目标 {self.total:f}{self.unit} 相差 {self.unassigned:f}{self.unit}，请调整"
            )
            raise InvalidValueError(msg)

    @property
    def unassigned(self) -> Decimal:
        """What the months leave of the total (未分配); zero when they add up."""
        return (self.total or Decimal(0)) - sum(self.months, Decimal(0))


def places_of(unit: str) -> int:
    """How many decimals a part of a figure may have: anything else (户, 件) is not divided."""
    return _PLACES if unit in _MEASURED_UNITS else 0


def split_target(total: Decimal, parts: int, places: int = 2) -> tuple[Decimal, ...]:
    """`parts` figures with `places` decimals that add to `total` exactly; the earlier get more."""
    step = Decimal(1).scaleb(-places)
    units = total / step
    if units != units.to_integral_value():
        msg = f"目标 {total:f} 的小数超过 {places} 位，无法平均分解"
        raise InvalidValueError(msg)
    each, rest = divmod(int(units), parts)
    return tuple((each + (1 if number < rest else 0)) * step for number in range(parts))
