"""The kinds of pay rule. Each is data; `kpidesk.core.paying.pay` computes with it, in order.

A rule names the facts and earlier results that it reads and the results that it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kpidesk.core.period import Grain
from kpidesk.core.settings import Amount


@dataclass(frozen=True, slots=True)
class FixedReimbursement:
    """固定报销: an amount per person of some roles and month, and the sum of the team.

    `result` is also the team's result of each month and of the cycle.
    """

    result: str
    label: str
    amounts: tuple[RoleAmount, ...]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class RoleAmount:
    """An amount in yuan for people of a role."""

    role: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class PayTotal:
    """应发合计: the sum of recorded lines of a period.

    Every line of `lines` must be there, except those that are no line of the person's role.
    """

    result: str
    label: str
    lines: tuple[PayLine, ...]
    grain: Grain = Grain.MONTH
    clause: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """A result that enters a total; of people of some roles only (none: of everybody)."""

    result: str
    roles: tuple[str, ...] = ()


PayRule: TypeAlias = FixedReimbursement | PayTotal
