"""What a contract's targets leave for the one that goes on after it: the months that are left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kpidesk.core.contract import Contract
from kpidesk.core.exact import divide, multiply, round_half_up
from kpidesk.core.period import Cycle, Period
from kpidesk.core.scheme import FactSpec
from kpidesk.core.target import Target, places_of


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A target of the months that are left; `how` says how it comes from the old one."""

    target: Target
    how: str


def left_over(contract: Contract, rest: Period, asked: Iterable[FactSpec]) -> Iterator[LeftOver]:
    """What of a contract's targets falls into the rest of its term, as far as it is asked for.

    Months are taken over; a total without months is divided by their number. A rest that goes
    beyond the term leaves nothing: nobody agreed on those months.
    """
    if not contract.term.covers(rest):
        return
    wanted = {one.name: one for one in asked}
    months = Cycle(contract.term).contract_months()
    inside = [rest.covers(one) for one in months]
    for old in contract.targets:
        spec = wanted.get(old.fact)
        if spec is None:
            continue
        target = replace(old, label=spec.label, unit=spec.unit)
        if target.months:
            kept = tuple(x for x, is_left in zip(target.months, inside, strict=True) if is_left)
            total = sum(kept, Decimal(0)) if target.adds_up else target.total
            yield LeftOver(replace(target, months=kept, total=total), "原责任书余下各月")
        elif not target.adds_up or target.total is None:
            yield LeftOver(target, "与原责任书相同")
        else:
            share = divide(multiply(target.total, Decimal(sum(inside))), Decimal(len(months)))
            part = round_half_up(share, places_of(target.unit))
            how = f"原全期 {target.total:,f} {target.unit} 的 {sum(inside)}/{len(months)}"
            yield LeftOver(replace(target, total=part), how)
