"""The kinds of pay rule for a department whose people are paid by task and commission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kpidesk.core.settings import Amount, Ref, Word


@dataclass(frozen=True, slots=True)
class Task:
    """任务: what was achieved beside what was to be achieved, month by month.

    `measure` is the fact compared, `target` the fact with the task. People of the roles `members`
    stand by their own figures, those of the roles `leaders` by the team's: the sum over the
    members.
    """

    measure: Word
    target: str
    members: tuple[str, ...]
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionalBase:
    """按业绩核发基本工资: the whole salary where the task is reached, else a part of it.

    Equal is reached. `span` says what is compared: the month ("single") or all months so far
    ("cumulative"). `met` and `withheld` are results too; what is withheld is also summed over the
    cycle. `team_clause` is the source rule for those who stand by the team's figures.
    """

    result: str
    label: str
    salary: str
    unmet: Amount
    task: Task
    met: str
    withheld: str
    span: Word = "single"
    clause: str = ""
    team_clause: str = ""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """年终补发: all that was withheld, where the task of the year was reached; else nothing.

    `window`: what counts is achieved in the "cycle", or in the "calendar_year" it starts in.
    `months`: the task is that of the "own_months" in service, or of the "full_year".
    `leavers`: who is paid, those "in_service_at_end" or "all".
    """

    result: str
    label: str
    withheld: str
    task: Task
    window: Word
    months: Word
    leavers: Word
    approval: Ref
    clause: str = ""
    team_clause: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What is taken out of a commission for another: `source` says whether it is ("deduct")."""

    rate: Amount
    source: Word
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commission:
    """提成: a rate of the money that came in, in the month in which it came.

    `negative` says what a refund does: "clawback" takes the commission back, "carry" sets it off
    against later commission, "floor_zero" lets it be. `before` names the exact line before
    anything was taken out of it, for rules that follow it. People of the roles `others` have a
    commission of their own selling where the parameter `others_too` says so; nothing is taken
    out of it.
    """

    result: str
    label: str
    rate: Amount
    of: str
    members: tuple[str, ...]
    negative: Word
    before: str
    taken_out: TakenOut
    others: tuple[str, ...]
    others_too: Ref
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ShareOfSum:
    """团队提成: a rate of the sum of exact lines `of` over people of the roles `members`.

    `fact` is what these lines are made from.
    """

    result: str
    label: str
    rate: Amount
    of: str
    fact: str
    members: tuple[str, ...]
    roles: tuple[str, ...]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Receipts:
    """回款合计: what came in during the cycle, of each of the members and of the team.

    The team's figure may be entered in place of the members'. Dated lines outside the cycle are
    summed under `outside`.
    """

    result: str
    label: str
    fact: str
    members: tuple[str, ...]
    outside: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class OverTarget:
    """超额奖励: rates of what the team's `of` is beyond the target, to a leader and to a pool.

    `period`: settled once for the cycle ("year"), or each month on the excess so far
    ("running"). `rounding`: the pool is what both rates give less the leader's part
    ("residual"), or its own rate rounded ("independent").
    """

    excess: str
    label: str
    of: str
    fact: str
    members: tuple[str, ...]
    target: Amount
    leader: str
    leader_label: str
    leader_rate: Amount
    pool: str
    pool_label: str
    pool_rate: Amount
    both: str
    period: Word
    rounding: Word
    clause: str = ""
    split_clause: str = ""


@dataclass(frozen=True, slots=True)
class DiscretionaryDistribution:
    """内部分配: the team's `pool` by shares in percent that a leader decided; they add to 100.

    People of the roles `others` take part only where the parameter `others_too` says so.
    """

    result: str
    label: str
    pool: str
    share: str
    roles: tuple[str, ...]
    others: tuple[str, ...]
    others_too: Ref
    clause: str = ""


DepartmentRule: TypeAlias = (
    ConditionalBase
    | CatchUp
    | Commission
    | ShareOfSum
    | Receipts
    | OverTarget
    | DiscretionaryDistribution
)
