"""The kinds of scoring rule. Each is data; `kpidesk.core.scoring.score` computes with it.

Full points belong to the indicator, not to the rule: a rule says how much of them is earned.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kpidesk.core.measures import Absence, Growth, Increase, Measure, Ratio
from kpidesk.core.settings import Amount, Word


class Steps(StrEnum):
    """How a part of a step counts."""

    WHOLE = "whole"  # 满一档才计
    UP = "up"  # 不足一档按一档计
    PROPORTIONAL = "proportional"  # 按比例计


class ChecklistMode(StrEnum):
    """How the statements of a checklist are read."""

    CHECKLIST = "checklist"  # the sum of those met
    LEVEL_AS_WRITTEN = "level_as_written"  # the highest printed points among them
    LEVEL_REVERSED = "level_reversed"  # read as rising 1, 2, 3, 4


class CustomerMode(StrEnum):
    """Where the points for new customers start."""

    PLAN_BASED = "plan_based"  # full points at plan
    FROM_ZERO = "from_zero"  # one point per new customer


class Combine(StrEnum):
    """How two ratios make one."""

    MEAN = "mean"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Manual:
    """A rater gives points, 0 to full. `standard` says in Chinese what is looked at."""

    standard: str = ""


class Direction(StrEnum):
    """Whether more or less is better."""

    UP = "up"
    DOWN = "down"


class Method(StrEnum):
    """How an indicator gets its score."""

    MEASURED = "measured"
    RATED = "rated"


@dataclass(frozen=True, slots=True)
class Attainment:
    """完成率计分: full points × actual ÷ target, kept between floor and cap (percent of full).

    Where less is better ("down"), what is at or below target earns full points, and more than
    the target full points × target ÷ actual. With the method "rated" only an entered score counts.
    """

    measure: Ratio
    floor: Decimal = Decimal(0)
    cap: Amount | str = Decimal(100)
    direction: Word = Direction.UP
    method: Word = Method.MEASURED


@dataclass(frozen=True, slots=True)
class Step:
    """`points` for each `size` of the measure's unit."""

    size: Amount
    points: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class StepDeviation:
    """Full points at the standard; points off for each step below, on for each above."""

    measure: Measure
    standard: Decimal
    down: Step
    up: Step
    steps: Word = Steps.WHOLE
    floor: Amount = Decimal(0)
    cap: Amount | str = "none"


@dataclass(frozen=True, slots=True)
class StepGrowth:
    """Points from `start` upwards, one step's points for each step grown; a fall costs nothing."""

    measure: Increase
    up: Step
    steps: Word = Steps.WHOLE
    start: Amount = Decimal(0)
    cap: Amount | str = "none"


@dataclass(frozen=True, slots=True)
class NewCustomers:
    """New customers against a plan: one point each above, one off per full `down_step` below."""

    actual: str
    plan: str
    mode: Word = CustomerMode.PLAN_BASED
    down_step: Amount = Decimal(2)
    cap: Amount | str = "none"


@dataclass(frozen=True, slots=True)
class Level:
    """A printed level: its points and its description (分级描述)."""

    points: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class LevelSelect:
    """The rater chooses exactly one printed level."""

    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """Statements that are met or not; `fact` lists those met."""

    fact: str
    items: tuple[Level, ...]
    mode: Word = ChecklistMode.CHECKLIST


@dataclass(frozen=True, slots=True)
class PerUnit:
    """So many points off for each unit of a measure (each missing day)."""

    measure: Absence
    points: Decimal
    steps: Word = Steps.WHOLE


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, both included, `points` off."""

    least: Decimal
    most: Decimal
    points: Decimal


class Beyond(StrEnum):
    """What holds above the last printed range."""

    LAST_TIER = "last_tier"
    NEXT_TIER = "next_tier"
    ZERO = "zero"  # the whole indicator scores 0


@dataclass(frozen=True, slots=True)
class RangeTable:
    """Points off by the range that a count is in (late 1–3 times, 4–6 times).

    `clause` names the source rule of the table where it is another than the indicator's.
    """

    fact: str
    ranges: tuple[Range, ...]
    beyond: Word = Beyond.LAST_TIER
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """扣分法: full points less the deductions, not below zero."""

    items: tuple[PerUnit | RangeTable, ...]


class Decay(StrEnum):
    """How points fall below a target (不达标得分递减)."""

    LINEAR = "linear"  # in proportion to what was reached
    STEP = "step"  # so many points for each step missing


@dataclass(frozen=True, slots=True)
class ReachOrDecay:
    """达标得满分，不达标递减: full points at the target and above it, never more, never below 0.

    Linear: full points × growth ÷ target. By steps: `points` off for each `size` missing.
    """

    measure: Growth
    target: Amount
    decay: Word
    points: Amount
    size: Amount
    steps: Word = Steps.WHOLE


class TeamDecay(StrEnum):
    """What is left of the full points when not all requirements are met."""

    SHARE = "share"  # in proportion to the requirements met
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True, slots=True)
class AllConform:
    """各项符合要求得满分: `facts` say yes or no to each requirement."""

    facts: tuple[str, ...]
    decay: Word = TeamDecay.SHARE


@dataclass(frozen=True, slots=True)
class ProportionalClamped:
    """按比例得分: full points × this year ÷ last year of the facts, from `least` to `most` points.

    `combine` says how the ratios of several facts make one: "mean" or "lower".
    """

    facts: tuple[str, ...]
    least: Decimal
    most: Decimal
    combine: Word = Combine.MEAN


@dataclass(frozen=True, slots=True)
class Formula:
    """The points by a formula in the officer's own words (`kpidesk.core.formula`)."""

    expression: str


ScoringRule: TypeAlias = (
    Manual
    | Attainment
    | StepDeviation
    | StepGrowth
    | NewCustomers
    | LevelSelect
    | Checklist
    | Deduction
    | ReachOrDecay
    | AllConform
    | ProportionalClamped
    | Formula
)
