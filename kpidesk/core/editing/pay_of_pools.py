"""Pools of pay shared by contribution, to begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from kpidesk.core.editing.begun import Begun
from kpidesk.core.exact import HUNDRED
from kpidesk.core.paying.pooling.rules import (
    Contribution,
    PartsSum,
    PerPointPenalty,
    PoolByShare,
    PoolItem,
    PoolScope,
    ScoreProduct,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import FactSpec

_PAY: Final = FactSpec("annual_pay", "全年薪酬", "元")
_YEARLY: Final = FactSpec("contribution", "业务量", "万元", grains=(Grain.YEAR,), base_before=True)
_SCORE: Final = FactSpec("pay_score", "考核百分", "分")


def _pool(begun: Begun) -> PoolByShare:
    pay, fact = begun.fact(_PAY), begun.fact(_YEARLY)
    taken = {item.name for one in begun.scheme.pay if isinstance(one, PoolByShare)
             for item in one.items}  # fmt: skip
    items = (
        PoolItem(_named("业务存量", taken), Decimal(60), Contribution(fact)),
        PoolItem(_named("业务增量", taken), Decimal(40), Contribution(fact, increase=True)),
    )
    rule = PoolByShare(pay, items, PoolScope.ALL)
    begun.add(rule)
    return rule


def _penalty(begun: Begun) -> None:
    fact, result = begun.fact(_YEARLY), begun.result("penalty")
    begun.add(PerPointPenalty(result, f"{result}.points", "下降扣款", fact, HUNDRED))


def _sum(begun: Begun) -> PartsSum:
    pool = begun.rule(PoolByShare) or _pool(begun)
    penalties = [one.result for one in begun.scheme.pay if isinstance(one, PerPointPenalty)]
    added = tuple(f"pay.{one.name}" for one in pool.items)
    rule = PartsSum(begun.result("parts"), "考核薪酬", added, tuple(penalties))
    begun.add(rule)
    return rule


def _product(begun: Begun) -> None:
    amount = begun.rule(PartsSum) or _sum(begun)
    score = begun.fact(_SCORE)
    floor = begun.flag("考核薪酬低于零的按零计", "算得负数时是否按零计", default=True)
    begun.add(
        ScoreProduct(
            begun.result("assessed"), "全年考核薪酬", amount.result, score, floor_zero=floor
        )
    )


def _named(stem: str, taken: set[str]) -> str:
    """A name that no item has yet."""
    number, name = 2, stem
    while name in taken:
        name, number = f"{stem} {number}", number + 1
    return name


POOLS: Final[Mapping[type, Callable[[Begun], object]]] = {
    PoolByShare: _pool,
    PerPointPenalty: _penalty,
    PartsSum: _sum,
    ScoreProduct: _product,
}
