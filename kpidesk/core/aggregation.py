"""How the scores of indicators make a total: the closed family of ways."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from kpidesk.core.settings import Amount, Ref, Word


@dataclass(frozen=True, slots=True)
class PointsSum:
    """合计制: leaves' points are added; `declared` is what the header says they add to.

    `normalise` names the parameter that asks for the total rescaled to 100.
    """

    declared: Decimal
    normalise: Ref
    clause: str = ""


@dataclass(frozen=True, slots=True)
class WeightedTree:
    """加权制: leaves scored 0–100, absolute weights that add to their dimension and to 100.

    `rollup` says how the stages (quarters) enter the year's total: "year_end", "mean", "last",
    "mix"; a mix takes its shares in percent from the two parameters. With `by_stage` only the
    stages are scored, and the year has no score but what is rolled up.
    """

    rollup: Word = "year_end"
    year_end_share: Ref | None = None
    stage_share: Ref | None = None
    clause: str = ""
    by_stage: bool = False


@dataclass(frozen=True, slots=True)
class EnteredTotal:
    """The final score is computed outside the scheme and entered as a fact."""

    fact: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class NoTotal:
    """Indicators, where there are any, are scored each for itself; nothing is added up.

    `by_points`: each out of its own full points, not out of 100.
    """

    clause: str = ""
    by_points: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What to advise where an indicator scored low."""

    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class WeightedScaled:
    """加权换算: F = Σ score × weight ÷ 100 of leaves scored 0–`full`, shown on three scales.

    The scales are F itself, F out of `shown_full`, and F in percent, which is the total;
    `grade_scale` says which of them is graded: "raw", "fifty", "percent".
    """

    full: Decimal
    shown_full: Decimal
    grade_scale: Word = "percent"
    advice_threshold: Amount = Decimal(0)
    advice: tuple[Advice, ...] = ()
    clause: str = ""
    shown_clause: str = ""
    advice_clause: str = ""


Aggregation: TypeAlias = PointsSum | WeightedTree | WeightedScaled | EnteredTotal | NoTotal
