"""What an improvement plan left to do, as indicators of one contract beside those of its scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kpidesk.core.added_item import Added
from kpidesk.core.aggregation import EnteredTotal, NoTotal, PointsSum
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import HUNDRED, ZERO, divide, round_half_up
from kpidesk.core.indicator import Indicator
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.rules import Manual
from kpidesk.core.settings import SettingValue

DIMENSION: Final = "改进事项"
_PLACES: Final = 2


def why_not(scheme: Scheme) -> str:
    """Why nothing can be added to a scheme's indicators; empty where it can."""
    if not scheme.indicators or isinstance(scheme.aggregation, EnteredTotal):
        return "这个方案没有逐项评分的指标"
    if scheme.pay:
        return "这个方案按全组核算薪酬，各份责任书的指标须一致"
    return ""


def with_added(scheme: Scheme, added: Sequence[Added]) -> Scheme:
    """The scheme of one contract: a dimension more, the weights of all others less in proportion.

    Full points of a sum are added to it. InvalidValueError where they cannot stand together.
    """
    if not added:
        return scheme
    if told := why_not(scheme):
        msg = f"{told}，改进事项不能作为考核指标，请写进特别约定"
        raise InvalidValueError(msg)
    together = total(added)
    taken = [DIMENSION, *(one.name for one in scheme.walk())]
    for place, one in enumerate(added):
        if one.name in taken or any(one.name == each.name for each in added[:place]):
            msg = f"已经有名为“{one.name}”的指标，请给改进事项换一个名称"
            raise InvalidValueError(msg)
    others = scheme.indicators
    aggregation = scheme.aggregation
    match aggregation:
        case PointsSum():
            aggregation = replace(aggregation, declared=aggregation.declared + together)
        case NoTotal():
            pass
        case _:
            if together >= HUNDRED:
                msg = f"改进事项的权重合计 {together:f}%，应小于 100%"
                raise InvalidValueError(msg)
            others = tuple(_less(one, HUNDRED - together) for one in others)
    leaves = tuple(
        Indicator(
            one.name,
            worth=one.weight,
            definition=f"承接改进计划，完成期限：{one.due}" if one.due else "承接改进计划",
            rule=Manual(one.standard),
        )
        for one in added
    )
    dimension = Indicator(DIMENSION, worth=together, children=leaves)
    return replace(scheme, aggregation=aggregation, indicators=(*others, dimension))


def weights_beside(
    settings: Mapping[str, SettingValue], scheme: Scheme, before: Decimal, after: Decimal
) -> dict[str, SettingValue]:
    """The weights that a contract set itself, in proportion to what `after` percent leave.

    `before` is what was added until now; the scheme is that without anything added.
    """
    if not scheme.is_weighted:
        return dict(settings)
    own = {f"weight.{one.name}" for one in scheme.walk()}
    return {
        name: _share(value, HUNDRED - before, HUNDRED - after)
        if name in own and isinstance(value, Decimal)
        else value
        for name, value in settings.items()
        if name in own or not name.startswith("weight.")
    }


def total(added: Sequence[Added]) -> Decimal:
    """What they weigh together."""
    return sum((one.weight for one in added), ZERO)


def _less(one: Indicator, left: Decimal) -> Indicator:
    """An indicator with so many percent of its weight, and what is below it, too."""
    worth = None if one.worth is None else _share(one.worth, HUNDRED, left)
    return replace(one, worth=worth, children=tuple(_less(each, left) for each in one.children))


def _share(value: Decimal, before: Decimal, after: Decimal) -> Decimal:
    exact = divide(value * after, before)
    if isinstance(exact, Decimal):
        return exact.normalize() + ZERO
    return round_half_up(exact, _PLACES).normalize() + ZERO
