"""The kinds of pay rule. Each is data; `kpidesk.core.paying.pay` computes with it, in order.

A rule names the facts and earlier results that it reads and the results that it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget, TeamAttainment
from kpidesk.core.paying.department.rules import DepartmentRule
from kpidesk.core.paying.pooling.rules import PoolRule
from kpidesk.core.period import Grain
from kpidesk.core.settings import NONE, Amount, Ref, Word


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
    """A result that enters a total; of people of some roles only (none: of everybody).

    With `when`, only where that parameter says yes.
    """

    result: str
    roles: tuple[str, ...] = ()
    when: Ref | None = None


@dataclass(frozen=True, slots=True)
class WagePart:
    """One part of the monthly wage: its share of the salary, and the coefficient it is paid by.

    `standard` is the result that gives the part before it is assessed. `coefficient` names the
    fact of the assessment; a part without one is fixed.
    """

    standard: str
    label: str
    share: Amount
    coefficient: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ComponentSplit:
    """月薪构成: a salary divided into parts that add to it exactly, each paid by its coefficient.

    `result` is the wage of the month, from unrounded parts. `cap` is the highest coefficient.
    `lost` says which table of the source would give the coefficients, where it is lost.
    """

    result: str
    label: str
    salary: str
    parts: tuple[WagePart, ...]
    cap: Amount | str = NONE
    lost: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class EvenTarget:
    """目标平均分解: the target of the cycle over its months, adding exactly.

    Only where `mode` says "even"; `target` is the parameter with the figure in yuan. With
    `among`, it is first divided over the people of these roles, whose parts are the result
    `part`, and the team's month is the sum of theirs; without anybody, the team's own. The
    months then stand in place of the fact `stands_for`.
    """

    result: str
    label: str
    target: Amount
    mode: Word
    clause: str = ""
    among: tuple[str, ...] = ()
    part: str = ""
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the month by which something about each month is due, `months` later (or earlier).

    `label` says what is to be done, seen from the day on which it is due.

    `shift` moves a day that is no working day: "none", "before" or "after".
    """

    result: str
    label: str
    day: int
    months: int
    shift: Word = "none"
    clause: str = ""


@dataclass(frozen=True, slots=True)
class FormulaPay:
    """A line by a formula in the officer's own words, for people of some roles (none: everybody).

    With `of_team` it is one figure of the whole group. `places`: decimals of the recorded figure.
    """

    result: str
    label: str
    expression: str
    roles: tuple[str, ...] = ()
    grain: Grain = Grain.MONTH
    unit: str = "元"
    places: int = 2
    of_team: bool = False
    clause: str = ""


@dataclass(frozen=True, slots=True)
class TextOnly:
    """A term that the contract states and nothing is computed from.

    `{}` in the text stands for the amount; `unlimited` is said where that is none.
    """

    text: str
    amount: Amount | str = NONE
    unlimited: str = ""
    clause: str = ""


PayRule: TypeAlias = (
    FixedReimbursement
    | PayTotal
    | ComponentSplit
    | EvenTarget
    | Deadline
    | QuarterlyBaseTarget
    | TeamAttainment
    | PoolRule
    | FormulaPay
    | TextOnly
    | DepartmentRule
)
