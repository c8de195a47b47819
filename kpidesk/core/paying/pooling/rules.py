"""The kinds of pay rule for a pool of pay that is shared by contribution."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kpidesk.core.scoring.rules import Steps
from kpidesk.core.settings import NONE, Amount, Ref, Word


class PoolScope(StrEnum):
    """Whose annual pay makes one pool."""

    GRADE = "grade"  # 同一等级: people of one `group`
    TEAM = "team"  # 同一团队
    ALL = "all"  # 全体


class NegativeIncrease(StrEnum):
    """How a fall counts where an increase is shared by."""

    ZERO = "zero"
    SIGNED = "signed"


class PenaltyScope(StrEnum):
    """Whose decline takes pay away."""

    OWN = "own"
    GROUP = "group"  # that of everybody in the pool together


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a person contributes: a fact of this year, or what it rose over last year's.

    `without` is a part of it that does not count (of both years), where `leaves_out` says yes.
    """

    fact: str
    increase: bool = False
    without: str = ""
    leaves_out: Ref | None = None


@dataclass(frozen=True, slots=True)
class PoolItem:
    """So many percent of the pool, shared by a contribution.

    Gives the person's `pay.<name>`, and the team's `unallocated.<name>` where nobody contributed.
    """

    name: str
    percent: Amount
    contribution: Contribution
    clause: str = ""


@dataclass(frozen=True, slots=True)
class PoolByShare:
    """贡献度占比: the annual pay of a group makes a pool; each item shares its part of the pool.

    `pay` is the fact that feeds the pool. The percentages of the items add to 100.
    """

    pay: str
    items: tuple[PoolItem, ...]
    scope: Word = PoolScope.GRADE
    negative: Word = NegativeIncrease.ZERO


@dataclass(frozen=True, slots=True)
class PerPointPenalty:
    """每降低一个百分点扣款: so many yuan for each percentage point below last year.

    `points` is the result that gives the points that count, `result` the amount taken off.
    `group` says who is in the group where the `scope` is the group.
    """

    result: str
    points: str
    label: str
    fact: str
    amount: Amount
    steps: Word = Steps.WHOLE
    scope: Word = PenaltyScope.OWN
    group: Word = PoolScope.GRADE
    clause: str = ""


@dataclass(frozen=True, slots=True)
class PartsSum:
    """Earlier results of the year added, others taken off, all of them before rounding."""

    result: str
    label: str
    added: tuple[str, ...]
    taken: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ScoreProduct:
    """An earlier result × a score out of 100, before rounding; not below zero where so chosen.

    `score` is the fact, `cap` the highest score that counts. `lost` says which table of the
    source would give the score, where it is lost.
    """

    result: str
    label: str
    amount: str
    score: str
    cap: Amount | str = NONE
    floor_zero: Ref | None = None
    lost: str = ""
    clause: str = ""


PoolRule: TypeAlias = PoolByShare | PerPointPenalty | PartsSum | ScoreProduct
