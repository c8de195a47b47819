"""Scheme: everything that decides a person's score, as one immutable, versioned value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from kpidesk.core.aggregation import (
    Aggregation,
    EnteredTotal,
    NoTotal,
    PointsSum,
    WeightedScaled,
    WeightedTree,
)
from kpidesk.core.contract_sections import ContractSection
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.event_kinds import EventKind
from kpidesk.core.exact import HUNDRED
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.grading import GradeScale
from kpidesk.core.indicator import Indicator
from kpidesk.core.measures import Metric
from kpidesk.core.paying.rules import PayRule
from kpidesk.core.period import Grain
from kpidesk.core.rating import Rater
from kpidesk.core.settings import Parameter, Ref


@dataclass(frozen=True, slots=True)
class Role:
    """Whom the scheme appraises: the name in files, and the Chinese title.

    `at_most`: how many people can have it in one month; 0 for any number.
    """

    name: str
    title: str
    at_most: int = 0


class FactKind(StrEnum):
    """What may be entered under a fact."""

    NUMBER = "number"  # not negative unless `signed`
    COUNT = "count"  # a whole number, not negative
    STATEMENTS = "statements"  # a list of printed statements
    FLAG = "flag"  # yes or no


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact that the scheme asks for. Score facts follow from the indicators, not from here.

    `grains`: how fine; the first is what a bare value means. `plan` marks what is agreed in the
    contract (a target); `base_before` that the period before is wanted as well, `base_last_year`
    the same one a year earlier: growth starts from them.
    `optional` facts are not missed. `adds_up`: months of a target add to its total. `roles`
    limits it to people of some roles; a fact `of_team` is one of the whole group. A negative
    figure of a `refund` fact is money paid back, and warned of.
    """

    name: str
    label: str
    unit: str
    kind: FactKind = FactKind.NUMBER
    grains: tuple[Grain, ...] = (Grain.CYCLE,)
    plan: bool = False
    base_before: bool = False
    base_last_year: bool = False
    optional: bool = False
    signed: bool = False
    adds_up: bool = True
    roles: tuple[str, ...] = ()
    of_team: bool = False
    refund: bool = False


@dataclass(frozen=True, slots=True)
class SourceRule:
    """One numbered rule of the source: what it says, and its original words."""

    id: str
    statement: str
    phrase: str


class OwnWeights(StrEnum):
    """Whose weights the company may set; a dimension that is not among them weighs its leaves."""

    NONE = "none"
    LEAVES = "leaves"
    ALL = "all"  # of dimensions and leaves


class Span(StrEnum):
    """How the days that one evaluation covers are found."""

    FIXED = "fixed"  # the length of the cycle says all
    OPEN_END = "open_end"  # whole months; the last day may be given, else the length says it
    CHAIN = "chain"  # from the period of the first day to that of the last with any figure


class Aspect(StrEnum):
    """What can come up while a score is computed, for a clause that only then matters."""

    ABOVE_FULL = "above_full"  # more than the full points were earned
    NOTHING_ACHIEVED = "nothing_achieved"  # the actual figure is zero or less
    BELOW_PLAN = "below_plan"
    BEYOND_TABLE = "beyond_table"  # above the last printed range
    OUT_OF_RANGE = "out_of_range"  # a total outside the grade scale
    AT_FLOOR = "at_floor"  # a lowest score was reached
    BY_RATER = "by_rater"  # scores of several raters were mixed
    DECREASE = "decrease"  # a contribution fell, or nobody's rose
    BY_HAND = "by_hand"  # a score was entered in place of the rule
    FREE_QUARTER = "free_quarter"  # a new member's quarter without a task
    ABOVE_TARGET = "above_target"
    AT_LIMIT = "at_limit"  # an excess that is not below the printed limit
    ABOVE_TARGET_IN_DEBT = "above_target_in_debt"  # while shortfalls were open
    RELEASED = "released"  # a filled quarter was paid
    DEDUCTED = "deducted"  # fixed wage was withheld
    IMPLEMENTATION = "implementation"  # income that two rates could be applied to
    SERVICE_BELOW_BASE = "service_below_base"
    SECONDARY_DEVELOPMENT = "secondary_development"
    SHARED_LINE = "shared_line"  # a line divided among several people
    CROSSED_YEAR = "crossed_year"  # something was open or carried when a year ended
    LEFT_WITH_BALANCE = "left_with_balance"  # somebody left while something was open or carried
    REFUND = "refund"  # money went back


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A clause with more than one reading: the default, and the parameters that choose.

    `warns`: a result that rests on it carries a warning. `results` names those results
    ("score.销售完成率", "total"); empty when no computed result rests on it. With `aspects`, the
    result rests on the clause only where one of them came up (a value beyond the table, say).
    `pays`: the results are lines of pay, whose pay rules say what came up.
    `flaw` tells the check-up what is wrong with the clause; none: it is just unclear.
    """

    id: str
    phrase: str
    problem: str
    reading: str
    parameters: tuple[str, ...] = ()
    warns: bool = False
    results: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    pays: bool = False
    flaw: FlawKind | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One appraisal scheme. Two schemes with equal id and version are equal in every word.

    `cycle` is the length of one appraisal; with `calendar_cycle` it is the calendar month (…) of
    the day it starts on; `span` says whether that is all. `stages` are appraised inside it for
    information or roll-up.
    `own_weights`: whose `weight.<indicator>` the company may set; `weighting` names the parameter
    that asks for equal weights instead ("equal"; "entered" else). `lost` says in Chinese what the
    source has lost so that nothing can be computed: the scheme is shown, never used.
    """

    id: str
    version: int
    title: str
    contract_title: str
    source_lines: str
    roles: tuple[Role, ...]
    cycle: Grain | Ref
    aggregation: Aggregation
    indicators: tuple[Indicator, ...] = ()
    stages: Grain | None = None
    parameters: tuple[Parameter, ...] = ()
    facts: tuple[FactSpec, ...] = ()
    metrics: tuple[Metric, ...] = ()
    raters: tuple[Rater, ...] = ()
    grades: GradeScale | None = None
    rules: tuple[SourceRule, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    contract: tuple[ContractSection, ...] = ()
    calendar_cycle: bool = False
    own_weights: OwnWeights = OwnWeights.NONE
    weighting: Ref | None = None
    rated_dimensions: bool = False
    notes: tuple[str, ...] = ()
    span: Span = Span.FIXED
    events: tuple[EventKind, ...] = ()
    pay: tuple[PayRule, ...] = ()
    lost: str = ""

    def __post_init__(self) -> None:
        """Refuse names given twice and references to parameters that do not exist."""
        for what, names in (
            ("参数", [one.name for one in self.parameters]),
            ("数据项", [one.name for one in self.facts if not one.of_team]),
            ("团队数据项", [one.name for one in self.facts if one.of_team]),
            ("事项", [one.name for one in self.events]),
            ("指标", [one.name for one in self.walk()]),
            ("计算结果", [one.result for one in self.metrics]),
            ("条款", [one.id for one in self.rules]),
        ):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                msg = f"方案“{self.title}”的{what}名称重复：{'、'.join(twice)}"
                raise InvalidValueError(msg)

    def walk(self) -> Iterator[Indicator]:
        """Every indicator and dimension, in printed order."""
        for root in self.indicators:
            yield from root.walk()

    def leaves(self) -> Iterator[Indicator]:
        """The indicators that are scored, in printed order."""
        for root in self.indicators:
            yield from root.leaves()

    @property
    def is_weighted(self) -> bool:
        """Whether indicators count by weight in percent; else by their full points."""
        rule = self.aggregation
        by_points = isinstance(rule, NoTotal) and rule.by_points
        return not by_points and not isinstance(rule, PointsSum)

    @property
    def is_scored(self) -> bool:
        """Whether a total comes out, so that a scoring sheet can be finished."""
        return not isinstance(self.aggregation, NoTotal)

    def full_points(self, indicator: Indicator) -> Decimal:
        """The highest score that may be entered for an indicator or dimension."""
        match self.aggregation:
            case PointsSum() | NoTotal(by_points=True):
                return indicator.points
            case WeightedScaled():
                return self.aggregation.full
            case WeightedTree() | EnteredTotal() | NoTotal():
                return HUNDRED
            case _:
                assert_never(self.aggregation)

    def may_rate(self, indicator: Indicator) -> bool:
        """Whether raters may score it: every leaf, and dimensions where the scheme says so."""
        return self.rated_dimensions or not indicator.children

    def may_weigh(self, indicator: Indicator) -> bool:
        """Whether the company may set the weight of an indicator or dimension."""
        if indicator.inside is not None or indicator.supports:
            return False
        match self.own_weights:
            case OwnWeights.NONE:
                return False
            case OwnWeights.LEAVES:
                return not indicator.children or indicator.is_divided
            case OwnWeights.ALL:
                return True
            case _:
                assert_never(self.own_weights)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name."""
        return next((one for one in self.parameters if one.name == name), None)

    def fact(self, name: str) -> FactSpec | None:
        """The fact of a name that is entered for a person."""
        return next((one for one in self.facts if one.name == name and not one.of_team), None)

    def metric(self, result: str) -> Metric | None:
        """The metric that gives a result."""
        return next((one for one in self.metrics if one.result == result), None)

    def agreed(self, role: str) -> tuple[FactSpec, ...]:
        """The facts that a contract with somebody in a role agrees on: their targets."""
        return tuple(
            one
            for one in self.facts
            if one.plan and not one.of_team and (not one.roles or role in one.roles)
        )

    def event(self, kind: str) -> EventKind | None:
        """The kind of dated line of a name."""
        return next((one for one in self.events if one.name == kind), None)

    def rule(self, clause: str) -> SourceRule | None:
        """The source rule of a number (R02)."""
        return next((one for one in self.rules if one.id == clause), None)
