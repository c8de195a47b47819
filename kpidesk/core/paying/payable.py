"""What of all that the pay rules give is paid to a person, and at which settlement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget, TeamAttainment
from kpidesk.core.paying.department.rules import (
    CatchUp,
    Commission,
    ConditionalBase,
    DiscretionaryDistribution,
    OverTarget,
    Receipts,
    ShareOfSum,
)
from kpidesk.core.paying.pooling.rules import PartsSum, PerPointPenalty, PoolByShare, ScoreProduct
from kpidesk.core.paying.rules import (
    ComponentSplit,
    Deadline,
    EvenTarget,
    FixedReimbursement,
    FormulaPay,
    PayRule,
    PayTotal,
    TextOnly,
)
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import Word


@dataclass(frozen=True, slots=True)
class PayItem:
    """A result that is paid, for each period of a grain.

    A `total` is not paid itself, but says what its lines come to. `apart`: what was spent is paid
    back, no part of the sum. `lead`: a result of the team that its one leader is paid. `optional`:
    given only where somebody entered what it is made from.
    """

    result: str
    grain: Grain
    roles: tuple[str, ...] = ()
    total: bool = False
    apart: bool = False
    lead: bool = False
    optional: bool = False


def pay_items(scheme: Scheme, word: Callable[[Word], str]) -> tuple[PayItem, ...]:
    """What is paid under a scheme, in the order of its rules; `word` tells a parameter's choice."""
    lines = _lines(scheme)
    by_quarters = any(isinstance(one, QuarterlyBaseTarget) for one in scheme.pay)
    wages = frozenset({"base_pay", "variable_pay"} if by_quarters else ())
    used = frozenset(_used(scheme)) - lines
    found = [one for rule in scheme.pay for one in _items(rule, lines, wages, word)]
    return tuple({one.result: one for one in found if one.result not in used}.values())


def payable_lines(items: Iterable[PayItem]) -> tuple[str, ...]:
    """The results that are each rounded and paid by themselves."""
    return tuple(one.result for one in items if not one.total)


def _lines(scheme: Scheme) -> frozenset[str]:
    """The results that a total adds up."""
    totals = (rule for rule in scheme.pay if isinstance(rule, PayTotal))
    return frozenset(line.result for rule in totals for line in rule.lines)


def _used(scheme: Scheme) -> Iterator[str]:
    """The results that later rules work with: they are paid as part of these, not once more."""
    formulas = [rule for rule in scheme.pay if isinstance(rule, FormulaPay)]
    for rule in scheme.pay:
        match rule:
            case PartsSum():
                yield from (*rule.added, *rule.taken)
            case ScoreProduct():
                yield rule.amount
            case FormulaPay():
                yield from (
                    one.result
                    for one in formulas
                    if one is not rule
                    and (one.label in rule.expression or one.result in rule.expression)
                )
            case _:
                pass


def _items(  # noqa: C901 - one case for each kind of rule
    rule: PayRule,
    lines: frozenset[str],
    wages: frozenset[str],
    word: Callable[[Word], str],
) -> tuple[PayItem, ...]:
    match rule:
        case PayTotal():
            paid = {
                one.result: PayItem(one.result, rule.grain, one.roles, optional=one.result in wages)
                for one in reversed(rule.lines)
                if one.when is None or word(one.when) == str(True)
            }
            return (*reversed(paid.values()), PayItem(rule.result, rule.grain, total=True))
        case FixedReimbursement():
            return (PayItem(rule.result, Grain.MONTH, apart=True),)
        case ComponentSplit() | ConditionalBase() | Commission() | ShareOfSum():
            return _unless(lines, PayItem(rule.result, Grain.MONTH))
        case QuarterlyBaseTarget():
            return _unless(lines, PayItem("bonus", Grain.QUARTER))
        case FormulaPay():
            item = PayItem(rule.result, rule.grain, rule.roles)
            return _unless(lines, item) if rule.unit == "元" and not rule.of_team else ()
        case DiscretionaryDistribution():
            return (PayItem(rule.result, Grain.CYCLE, optional=True),)
        case CatchUp() | PartsSum() | ScoreProduct():
            return _unless(lines, PayItem(rule.result, Grain.CYCLE))
        case OverTarget():
            grain = Grain.MONTH if word(rule.period) == "running" else Grain.CYCLE
            return (PayItem(rule.leader, grain, lead=True),)
        case PoolByShare():
            return tuple(PayItem(f"pay.{one.name}", Grain.CYCLE) for one in rule.items)
        case Receipts() | EvenTarget() | Deadline() | PerPointPenalty():
            return ()
        case TeamAttainment() | TextOnly():
            return ()
        case _:
            assert_never(rule)


def _unless(lines: frozenset[str], item: PayItem) -> tuple[PayItem, ...]:
    """The item, where no total has it among its lines."""
    return () if item.result in lines else (item,)
